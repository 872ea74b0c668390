/** Does an act, but not again while it is under way: whoever asks for it then has what comes of the first. */
export function oneAtATime(): (act: () => Promise<unknown>) => Promise<unknown> {
  let underWay: Promise<unknown> | null = null;
  return (act) =>
    (underWay ??= act().finally(() => {
      underWay = null;
    }));
}
