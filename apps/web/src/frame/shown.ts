/** Views are behind by less than a second as a rule, and by some while they catch up after a start. */
const lateMs = 15_000;

/** Up to when the oldest of what is on the screen is true, as the server says, where that is too long ago. @param answers Of the server. @returns ISO 8601 */
export function shownLag(answers: readonly unknown[]): string | null {
  const late = answers.flatMap((data) => {
    const asOf = asOfIn(data);
    return asOf !== null && asOf.lagMs >= lateMs ? [asOf.at] : [];
  });
  return late.toSorted()[0] ?? null;
}

/** Between which positions of the log, decimal, what is on the screen was read, as the server says; null where no answer says. @param answers Of the server */
export function shownBetween(answers: readonly unknown[]): { readonly from: string; readonly to: string } | null {
  const positions = answers.flatMap((data) => asOfIn(data)?.position ?? []).map(BigInt);
  const [first, ...others] = positions;
  if (first === undefined) return null;
  const least = others.reduce((one, other) => (other < one ? other : one), first);
  const most = others.reduce((one, other) => (other > one ? other : one), first);
  return { from: String(least), to: String(most) };
}

interface AsOf {
  readonly position: string;
  readonly at: string;
  readonly lagMs: number;
}

/** How fresh an answer says that it is; of a list in pages, its first one. */
function asOfIn(data: unknown): AsOf | null {
  const { pages, asOf } = (typeof data === 'object' && data !== null ? data : {}) as { readonly pages?: unknown; readonly asOf?: unknown };
  if (Array.isArray(pages)) return asOfIn(pages[0]);
  if (typeof asOf !== 'object' || asOf === null) return null;
  const { position, at, lagMs } = asOf as Partial<AsOf>;
  return typeof position === 'string' && typeof at === 'string' && typeof lagMs === 'number' ? { position, at, lagMs } : null;
}
