/** A rule set as three pure functions: where it starts, what a command leads to, what an event changes. */
export interface Decider<Command, State, Event> {
  readonly initial: State;
  /** Events that follow from the command, or a thrown `Rejected`. */
  readonly decide: (command: Command, state: State) => readonly Event[];
  /** Never refuses: history is fact. */
  readonly evolve: (state: State, event: Event) => State;
  /** The same as to evolve by one event after the other, where many can be taken faster. (Default: one after the other) */
  readonly fold?: (state: State, events: readonly Event[]) => State;
  /**
   * By which role whoever sends the command may send it; null when none lets them. The events name it, and so does a refusal.
   * (Default: the metadata names it)
   */
  readonly authority?: (command: Command, state: State) => Authority | null;
}

/** A role at a unit, by id, that lets somebody do something. */
export interface Authority {
  readonly role: string;
  readonly unit: string;
}

/** A condition that is not met. `path` names the field, where there is one. */
export interface Unmet {
  readonly code: string;
  /** English, for people; screens translate by `code`. */
  readonly message: string;
  readonly path?: string;
}

/** A rule said no. Names every unmet condition at once, the first being the one to show. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  constructor(
    readonly unmet: readonly [Unmet, ...Unmet[]],
    /** Which role lets the sender do it all the same; null where none does. (Default: the metadata says) */
    readonly authority?: Authority | null,
  ) {
    super(unmet[0].message);
  }
}

/** What a decision says no with; nothing where it says yes. @throws what else it throws */
export function unmetIn(decide: () => unknown): readonly Unmet[] {
  try {
    decide();
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.unmet;
    throw error;
  }
}
