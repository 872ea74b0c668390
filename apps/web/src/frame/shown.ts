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

interface AsOf {
  readonly at: string;
  readonly lagMs: number;
}

/** How fresh an answer says that it is; of a list in pages, its first one. */
function asOfIn(data: unknown): AsOf | null {
  const { pages, asOf } = (typeof data === 'object' && data !== null ? data : {}) as { readonly pages?: unknown; readonly asOf?: unknown };
  if (Array.isArray(pages)) return asOfIn(pages[0]);
  if (typeof asOf !== 'object' || asOf === null) return null;
  const { at, lagMs } = asOf as Partial<AsOf>;
  return typeof at === 'string' && typeof lagMs === 'number' ? { at, lagMs } : null;
}
