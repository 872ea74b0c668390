/** Has the whole process read another clock; `now` is given what the real one says, in ms. */
export function replaceClock(now: (realMs: number) => number): void {
  const RealDate = Date;
  const read = (): number => Math.round(now(RealDate.now()));
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget) => Reflect.construct(target, given.length === 0 ? [read()] : given, newTarget) as Date,
    get: (target, name, receiver) => (name === 'now' ? read : (Reflect.get(target, name, receiver) as unknown)),
  });
}
