import { Problem } from './problem.js';

/** Places that everybody shares: so many in all, and so many for one person or address, so that nobody keeps others out. */
export class SharedPlaces {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(
    private readonly options: {
      readonly most: number;
      readonly mostOfOne: number;
      /** What they have too many of, as the end of "That many of your …". */
      readonly of: string;
      readonly retryAfterSeconds: number;
    },
  ) {}

  /** Takes a place, and answers with what gives it back. @throws Problem when there is none */
  take(holder: string): () => void {
    const { most, mostOfOne, of, retryAfterSeconds } = this.options;
    const headers = { 'retry-after': String(retryAfterSeconds) };
    const own = this.taken.get(holder) ?? 0;
    if (own >= mostOfOne)
      throw new Problem('too-many-requests', { headers, detail: `${String(mostOfOne)} of your ${of}; try again after them.` });
    if (this.all >= most) throw new Problem('unavailable', { headers });
    this.taken.set(holder, own + 1);
    this.all++;
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      this.all--;
      const left = (this.taken.get(holder) ?? 1) - 1;
      if (left > 0) this.taken.set(holder, left);
      else this.taken.delete(holder);
    };
  }
}
