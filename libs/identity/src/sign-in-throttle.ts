/** Too many wrong passwords for this username. */
export class SignInThrottled extends Error {
  override readonly name = 'SignInThrottled';
  constructor(readonly retryAfterMs: number) {
    super(`Too many wrong attempts; try again in ${String(Math.ceil(retryAfterMs / 1000))} s.`);
  }
}

interface Attempts {
  wrongInARow: number;
  blockedUntilMs: number;
  /** Attempts of the same username are looked at one after the other, so that parallel ones count too. */
  tail: Promise<unknown>;
  waiting: number;
}

const freeTries = 10;
const longestPauseMs = 60_000;
const mostWaiting = 100;
const mostUsernames = 20_000;

/** Slows down guessing: after ten wrong passwords in a row a username pauses, longer each time; others are not disturbed. */
export class SignInThrottle {
  private readonly byUsername = new Map<string, Attempts>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Runs the attempt when the username's turn comes; `attempt` answers whether the password was right. @throws SignInThrottled */
  async attempt<Result>(username: string, attempt: () => Promise<Result | null>): Promise<Result | null> {
    const attempts = this.attemptsOf(username);
    this.refuseWhileBlocked(attempts);
    if (attempts.waiting >= mostWaiting) throw new SignInThrottled(1000);
    attempts.waiting++;
    const turn = attempts.tail.then(async () => {
      this.refuseWhileBlocked(attempts);
      const result = await attempt();
      if (result === null) this.countWrong(attempts);
      else attempts.wrongInARow = 0;
      return result;
    });
    attempts.tail = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      attempts.waiting--;
      if (attempts.waiting === 0 && attempts.wrongInARow === 0) this.byUsername.delete(username);
    }
  }

  private refuseWhileBlocked({ blockedUntilMs }: Attempts): void {
    const remainingMs = blockedUntilMs - this.now();
    if (remainingMs > 0) throw new SignInThrottled(remainingMs);
  }

  private countWrong(attempts: Attempts): void {
    attempts.wrongInARow++;
    const over = attempts.wrongInARow - freeTries;
    if (over >= 0) attempts.blockedUntilMs = this.now() + Math.min(longestPauseMs, 1000 * 2 ** Math.min(over, 10));
  }

  private attemptsOf(username: string): Attempts {
    const found = this.byUsername.get(username) ?? { wrongInARow: 0, blockedUntilMs: 0, tail: Promise.resolve(), waiting: 0 };
    this.byUsername.delete(username);
    this.byUsername.set(username, found);
    if (this.byUsername.size > mostUsernames) this.forgetOldest();
    return found;
  }

  private forgetOldest(): void {
    for (const [username, { waiting }] of this.byUsername) {
      if (waiting > 0) continue;
      this.byUsername.delete(username);
      return;
    }
  }
}
