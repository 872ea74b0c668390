import { effectiveValues, isProcedureStream, procedure } from '#procedures';
import { programme } from '#programmes';

/**
 * Of the JSON of states. Raise it whenever the same events come to another JSON, because rules read more of them or a field has another
 * name: a bundle with states of another shape is not replayed, instead of being called wrong.
 */
export const stateShape = 1;

/** What of an event a state is folded from. */
export interface StateEvent {
  readonly type: string;
  readonly data: object;
  readonly metadata: object;
}

/** What a stream has come to so far. */
export interface Folding {
  add(events: readonly StateEvent[]): void;
  /** As plain data; null where there is nothing yet. */
  shown(): object | null;
}

/** Folds the stream from its first event on, by the rules that the product itself decides by; null where these know no such stream. */
export function foldingOf(stream: string): Folding | null {
  if (isProcedureStream(stream))
    return new Folded(procedure, (state) => {
      if (state.phase === 'unregistered') return null;
      // The records are the events once more.
      return without({ ...state, ...effectiveValues(state) }, 'records');
    });
  if (stream.startsWith('programme-')) return new Folded(programme, (state) => state && without(state, 'stored'));
  return null;
}

/** The part of a decider that a history needs. */
interface Rules<State, Event> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  readonly fold?: (state: State, events: readonly Event[]) => State;
}

class Folded<State, Event> implements Folding {
  private state: State;

  constructor(
    private readonly rules: Rules<State, Event>,
    private readonly show: (state: State) => object | null,
  ) {
    this.state = rules.initial;
  }

  add(given: readonly StateEvent[]): void {
    // What another version of the product wrote changes nothing: the rules know that.
    const events = given as readonly unknown[] as readonly Event[];
    const { evolve, fold = (state, more) => more.reduce(evolve, state) } = this.rules;
    this.state = fold(this.state, events);
  }

  shown(): object | null {
    return this.show(this.state);
  }
}

function without(state: object, field: string): object {
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== field));
}
