// Loaded before a program: its clock then jumps within an hour back and forth, several times a second.

const hourMs = 3_600_000;
const RealDate = Date;
let offsetMs = 0;
setInterval(() => (offsetMs = (Math.random() * 2 - 1) * hourMs), 300).unref();

const now = (): number => Math.round(RealDate.now() + offsetMs);
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
  get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
});
