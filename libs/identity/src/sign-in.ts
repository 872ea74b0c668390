import { randomBytes } from 'node:crypto';
import type { Database, Transaction } from '#platform';
import type { Directory, Person } from './directory.js';
import { addressBlock } from './address-block.js';
import { Devices, forgetDevices, rememberDevice } from './devices.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { forgetOldSecurityEvents, recordSecurityEvent } from './security-events.js';
import { Sessions } from './sessions.js';
import type { IssuedTokens, OpenSession, SessionHolder } from './sessions.js';
import { SignInThrottle, forgetWrongTries } from './sign-in-throttle.js';
import type { Trying } from './sign-in-throttle.js';

const hourMs = 60 * 60 * 1000;

/** The person who signed in, with their tokens. */
export interface SignedIn extends IssuedTokens {
  readonly person: Person;
}

/** As `SignedIn`, by a password. */
export interface SignedInHere extends SignedIn {
  /** What the device keeps, and sends along at the next sign-in: then nobody who guesses from elsewhere shuts it out. */
  readonly device: string;
}

/** Where a sign-in or a change of the password comes from. */
export interface From {
  readonly address: string;
  /** What the device was given to keep. (Default: nothing) */
  readonly device?: string | undefined;
}

/** The person, and the session that they act in. */
export interface InSession {
  readonly person: Person;
  /** Session id. */
  readonly session: string;
}

interface Account {
  readonly person: string;
  readonly password_hash: string | null;
  readonly demo: boolean;
}

/** Local accounts: turns a password into a session and a token into a person. */
export class SignIn {
  private readonly throttle: SignInThrottle;
  private readonly devices: Devices;
  /** Verified for unknown usernames, so that the time taken does not tell who exists. */
  private dummyHash: Promise<string> | undefined;
  private readonly cleaning: NodeJS.Timeout;

  private constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly demo: boolean,
  ) {
    this.throttle = new SignInThrottle(database);
    this.devices = new Devices(database);
    this.cleaning = setInterval(() => void this.clean(), hourMs).unref();
  }

  /** @param options.demo Whether sample people may sign in. */
  static async open(database: Database, directory: Directory, options: { readonly demo: boolean }): Promise<SignIn> {
    return new SignIn(database, directory, await Sessions.open(database), options.demo);
  }

  async close(): Promise<void> {
    clearInterval(this.cleaning);
    await this.sessions.close();
  }

  /** A session for whom the password is right, null otherwise. @throws SignInThrottled */
  async signIn(username: string, password: string, { address, device = '' }: From): Promise<SignedInHere | null> {
    const key = username.normalize('NFC').toLowerCase();
    const account = await this.account('username', key);
    const known = await this.devices.known(device, account?.person ?? null);
    const trying: Trying = known
      ? { by: `device ${known.toString('hex')}`, username: null, isTaken: true }
      : { by: `address ${addressBlock(address)} ${key}`, username: key, isTaken: account !== undefined };
    return this.tryPassword(trying, password, account, async (transaction, person) => ({
      ...(await this.begin(transaction, person)),
      device: await rememberDevice(transaction, person.id, device, known),
    }));
  }

  /** A session for somebody whom the issuer vouches for; null when they may not sign in. */
  async enter(id: string): Promise<SignedIn | null> {
    const person = await this.mayEnter(id);
    return person && this.database.transaction((transaction) => this.begin(transaction, person));
  }

  /**
   * The next tokens of the session; null when it is over, or the token is not good or was used before, which ends the session; a moment ago,
   * from a cookie, it may have been.
   */
  async refresh(refreshToken: string, from: 'body' | 'cookie' = 'body'): Promise<SignedIn | null> {
    const issued = await this.sessions.refresh(refreshToken, from);
    const person = issued && (await this.mayEnter(issued.person));
    return person ? { ...issued, person } : null;
  }

  /** Who the token stands for, null when it is not good or the person may not sign in. */
  async whoIs(token: string): Promise<InSession | null> {
    const holder = await this.sessions.holder(token);
    const person = holder && (await this.mayEnter(holder.person));
    return person ? { person, session: holder.session } : null;
  }

  /** The person's open sessions, the newest first. */
  sessionsOf({ id }: Person): Promise<readonly OpenSession[]> {
    return this.sessions.of(id);
  }

  /** Ends the session; false when the person has no such session that is open. */
  signOut({ person, session }: InSession): Promise<boolean> {
    return this.sessions.end({ person: person.id, session });
  }

  /** Ends all sessions of the person and forgets their devices. (Default of `by`: the person) */
  signOutEverywhere(person: Person, by: Person = person): Promise<void> {
    return this.sessions.endAll(person.id, by.id === person.id ? null : by.id, (transaction) => forgetDevices(transaction, person.id));
  }

  /**
   * Gives the caller another password, and ends their other sessions and forgets their other devices. False when the present one is
   * wrong; whether the new one can be taken, `passwordFault` says. (Default of `device`: none) @throws SignInThrottled
   */
  async changePassword({ person, session }: InSession, present: string, next: string, device = ''): Promise<boolean> {
    // Counted by the session: whoever guesses at the name elsewhere keeps nobody from changing it.
    const trying: Trying = { by: `session ${session}`, username: null, isTaken: true };
    const right = await this.tryPassword(trying, present, await this.account('person', person.id), () => Promise.resolve(true));
    if (right === null) return false;
    const kept = await this.devices.known(device, person.id);
    const passwordHash = await hashPassword(next);
    const holder: SessionHolder = { person: person.id, session };
    await this.sessions.endOthers(holder, async (transaction) => {
      await transaction.query('UPDATE identity.accounts SET password_hash = $2 WHERE person = $1', [person.id, passwordHash]);
      await forgetDevices(transaction, person.id, kept);
      await recordSecurityEvent(transaction, { type: 'PasswordChanged', person: person.id });
    });
    return true;
  }

  /** The person of that id; null when there is none, or they may not sign in. */
  async mayEnter(id: string): Promise<Person | null> {
    const person = await this.directory.find(id);
    return person && (!person.demo || this.demo) ? person : null;
  }

  private async begin(transaction: Transaction, person: Person): Promise<SignedIn> {
    await recordSecurityEvent(transaction, { type: 'SignedIn', person: person.id });
    return { ...(await this.sessions.start(transaction, person.id)), person };
  }

  /** Runs the work for whose password it is, null when it is wrong, which is counted. @throws SignInThrottled */
  private async tryPassword<Result>(
    trying: Trying,
    password: string,
    account: Account | undefined,
    work: (transaction: Transaction, person: Person) => Promise<Result>,
  ): Promise<Result | null> {
    const { result, locks } = await this.throttle.attempt(trying, async () => {
      this.dummyHash ??= hashPassword(randomBytes(16).toString('hex'));
      const right = await verifyPassword(account?.password_hash ?? (await this.dummyHash), password);
      const person = account?.password_hash && right ? await this.mayEnter(account.person) : null;
      if (!person) return null;
      return this.database.transaction(async (transaction) => {
        await forgetWrongTries(transaction, trying);
        return work(transaction, person);
      });
    });
    if (result === null) await this.recordFailure(account?.person ?? null, locks);
    return result;
  }

  private recordFailure(person: string | null, locks: boolean): Promise<void> {
    return this.database.transaction(async (transaction) => {
      await recordSecurityEvent(transaction, { type: 'SignInFailed', person });
      if (locks) await recordSecurityEvent(transaction, { type: 'SignInLocked', person });
    });
  }

  private async account(by: 'username' | 'person', value: string): Promise<Account | undefined> {
    const { rows } = await this.database.pool.query<Account>(`SELECT person, password_hash, demo FROM identity.accounts WHERE ${by} = $1`, [
      value,
    ]);
    return rows[0];
  }

  private async clean(): Promise<void> {
    await Promise.allSettled([
      this.sessions.forgetEnded(),
      this.throttle.forgetOld(),
      this.devices.forgetOld(),
      forgetOldSecurityEvents(this.database),
    ]);
  }
}
