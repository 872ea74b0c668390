import { setImmediate as turn } from 'node:timers/promises';
import { nodeSha256 } from '#audit';
import { canonicalJson, hex, utf8 } from '#audit/verifier';
import { foldingOf, stateShape } from './states.js';
import type { StateEvent } from './states.js';
import { mostSteps, statedText } from './stated.js';
import type { Stated } from './stated.js';

/** Characters of all states whose digests are stated: those of a long life with large states are stated at its end alone. */
const mostCharacters = 64_000_000;

/** States what a stream has come to, event by event as they go into a bundle. A procedure is bounded, so its history is held. */
export class StateClaim {
  private readonly events: StateEvent[] = [];
  private hasGap = false;

  constructor(readonly stream: string) {}

  /** The next event of the stream that is shown. */
  take({ revision, ...event }: StateEvent & { readonly revision: number }): void {
    this.hasGap ||= revision !== this.events.length;
    this.events.push(event);
  }

  /** The text of `state.json`; `null` where what is shown comes to no state. */
  async finish(): Promise<string> {
    const folding = this.hasGap || this.events.length === 0 ? null : foldingOf(this.stream);
    if (!folding) return statedText(null);
    const { length } = this.events;
    const step = Math.ceil(length / mostSteps);
    const steps: { revision: number; sha256: string }[] = [];
    let [json, characters] = ['null', 0];
    for (let from = 0; from < length;) {
      const to = Math.min(length, characters > mostCharacters ? length : from + step);
      folding.add(this.events.slice(from, to));
      json = canonicalJson(folding.shown());
      steps.push({ revision: to - 1, sha256: hex(nodeSha256(utf8(json))) });
      [from, characters] = [to, characters + json.length];
      await turn();
    }
    const state = JSON.parse(json) as Stated['state'] | null;
    return statedText(state && { shape: stateShape, stream: this.stream, revision: length - 1, steps, state });
  }
}
