interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const mostBuckets = 50_000;

/** Lets each key through so often a second, and a burst at once. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number = performance.now.bind(performance),
  ) {}

  /** Whether there is one left for the key, which it then takes. */
  take(key: string): boolean {
    const nowMs = this.now();
    const bucket = this.buckets.get(key) ?? this.add(key, nowMs);
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((nowMs - bucket.filledAtMs) * this.perSecond) / 1000);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  private add(key: string, nowMs: number): Bucket {
    if (this.buckets.size >= mostBuckets) {
      const oldest = this.buckets.keys().next();
      if (!oldest.done) this.buckets.delete(oldest.value);
    }
    const bucket = { tokens: this.burst, filledAtMs: nowMs };
    this.buckets.set(key, bucket);
    return bucket;
  }
}
