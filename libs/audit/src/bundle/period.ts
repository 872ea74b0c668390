const hour = 3_600_000;
/** Vietnam keeps one time all year. */
const vietnam = 7 * hour;

/** The instants between which a period of Vietnam lies, the second exclusive; null where it is none. @param text `YYYY`, `YYYY-Hn`, `YYYY-Qn` or `YYYY-MM` */
export function instantsOf(text: string): { readonly from: Date; readonly to: Date } | null {
  const [, year = '', half, quarter, month] = /^(\d{4})(?:-H([12])|-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(text) ?? [];
  if (year === '') return null;
  const [first, months] =
    half !== undefined
      ? [(Number(half) - 1) * 6, 6]
      : quarter !== undefined
        ? [(Number(quarter) - 1) * 3, 3]
        : month !== undefined
          ? [Number(month) - 1, 1]
          : [0, 12];
  const at = (added: number): Date => new Date(Date.UTC(Number(year), first + added, 1) - vietnam);
  return { from: at(0), to: at(months) };
}
