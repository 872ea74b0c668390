import type { Person } from '#identity';
import { Problem } from './problem.js';

/** Who takes places: a person, a program, or an address, which nobody keeps. */
export type Holder = Pick<Person, 'id' | 'keepers'>;

/** Whoever is not signed in, by their address. */
export const anonymous = (id: string): Holder => ({ id, keepers: [] });

/** Under which name all programs of the people who can use a holder's keys are counted together. */
export const programsOf = ({ keepers }: Holder): readonly string[] => keepers.map((keeper) => `programs of ${keeper}`);

/** Under which names the turns of whoever works on something are counted: their own; of a program those of the people behind it, however many keys they make. */
export function partiesOf(holder: Holder): readonly [string, ...string[]] {
  const [first, ...others] = programsOf(holder);
  return first === undefined ? [holder.id] : [first, ...others];
}

/**
 * Places that everybody shares: so many in all, so many for one person, program or address, and so many for all programs of one person together, so
 * that nobody keeps others out, and no program its person.
 */
export class SharedPlaces {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(
    private readonly options: {
      readonly most: number;
      readonly mostOfOne: number;
      /** Of all programs whose keys one person can use. */
      readonly mostOfPrograms: number;
      /** What they have too many of, as the end of "That many of your …". */
      readonly of: string;
      readonly retryAfterSeconds: number;
    },
  ) {}

  /** How many are taken. */
  get inUse(): number {
    return this.all;
  }

  /**
   * Takes a place, or as many as the amount says, and answers with what gives it back. Whoever has none gets what they ask for where there is
   * room in all. @throws Problem when there is none
   */
  take(holder: Holder, amount = 1): () => void {
    const { most, mostOfOne, mostOfPrograms, of, retryAfterSeconds } = this.options;
    const headers = { 'retry-after': String(retryAfterSeconds) };
    const places = [[holder.id, mostOfOne, 'your'], ...programsOf(holder).map((name) => [name, mostOfPrograms, 'your programs’'] as const)] as const; // prettier-ignore
    for (const [name, mostOfThese, whose] of places) {
      const own = this.taken.get(name) ?? 0;
      if (own > 0 && own + amount > mostOfThese)
        throw new Problem('too-many-requests', { headers, detail: `${String(mostOfThese)} of ${whose} ${of}; try again after them.` });
    }
    if (this.all > 0 && this.all + amount > most) throw new Problem('unavailable', { headers });
    for (const [name] of places) this.add(name, amount);
    this.all += amount;
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      this.all -= amount;
      for (const [name] of places) this.add(name, -amount);
    };
  }

  private add(name: string, amount: number): void {
    const left = (this.taken.get(name) ?? 0) + amount;
    if (left > 0) this.taken.set(name, left);
    else this.taken.delete(name);
  }
}
