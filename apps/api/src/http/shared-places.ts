import { Problem } from './problem.js';

/** Places that everybody shares: so many in all, and so many for one person, so that nobody keeps others out. */
export class SharedPlaces {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(
    private readonly options: {
      readonly most: number;
      readonly mostOfOnePerson: number;
      /** What the person has too many of, as the end of "That many of your …". */
      readonly of: string;
      readonly retryAfterSeconds: number;
    },
  ) {}

  /** Takes a place, and answers with what gives it back. @throws Problem when there is none */
  take(person: string): () => void {
    const { most, mostOfOnePerson, of, retryAfterSeconds } = this.options;
    const headers = { 'retry-after': String(retryAfterSeconds) };
    const own = this.taken.get(person) ?? 0;
    if (own >= mostOfOnePerson)
      throw new Problem('too-many-requests', { headers, detail: `${String(mostOfOnePerson)} of your ${of}; try again after them.` });
    if (this.all >= most) throw new Problem('unavailable', { headers });
    this.taken.set(person, own + 1);
    this.all++;
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      this.all--;
      const left = (this.taken.get(person) ?? 1) - 1;
      if (left > 0) this.taken.set(person, left);
      else this.taken.delete(person);
    };
  }
}
