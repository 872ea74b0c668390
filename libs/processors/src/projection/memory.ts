import { Recent } from './recent.js';

/** What one call of `apply` may do with what is remembered. */
export interface Call<State> {
  /** Remembers what the subject is after the call, unless it is too large for that: then it is looked up again. */
  keep(subject: string, state: State): void;
  /** All that the call had to write is handed over. */
  end(): void;
}

/**
 * What subjects were after the events that were computed last. Who forgets after a lost transaction may have a later call that was
 * computed from what is forgotten now and is still to be written. What is computed meanwhile may be older than that, so nothing is
 * remembered until every call from before has ended. A build sees to it that none is left; this holds whoever calls.
 */
export class Memory<State> {
  private readonly recent: Recent<string, State>;
  private generation = 0;
  private running = 0;
  private runningBefore = 0;

  /** @param capacity Subjects. */
  constructor(
    capacity: number,
    private readonly isTooLarge: (state: State) => boolean,
  ) {
    this.recent = new Recent(capacity);
  }

  begin(): Call<State> {
    const { generation } = this;
    this.running++;
    return {
      keep: (subject, state) => {
        if (this.isTooLarge(state)) this.recent.delete(subject);
        else if (generation === this.generation && this.runningBefore === 0) this.recent.set(subject, state);
      },
      end: () => {
        if (generation === this.generation) this.running--;
        else this.runningBefore--;
      },
    };
  }

  get(subject: string): State | undefined {
    return this.recent.get(subject);
  }

  forget(): void {
    this.recent.clear();
    this.generation++;
    this.runningBefore += this.running;
    this.running = 0;
  }
}
