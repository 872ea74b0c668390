/** A rule set as three pure functions: where it starts, what a command leads to, what an event changes. */
export interface Decider<Command, State, Event> {
  readonly initial: State;
  /** Events that follow from the command, or a thrown `Rejected`. */
  readonly decide: (command: Command, state: State) => readonly Event[];
  /** Never refuses: history is fact. */
  readonly evolve: (state: State, event: Event) => State;
  /** The same as to evolve by one event after the other, where many can be taken faster. (Default: one after the other) */
  readonly fold?: (state: State, events: readonly Event[]) => State;
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
  constructor(readonly unmet: readonly [Unmet, ...Unmet[]]) {
    super(unmet[0].message);
  }
}
