const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long sending goes on. */
export interface DeliveryPlan {
  /** From a failed attempt to the next, in ms, with up to a fifth more; after the last of them a message has failed. */
  readonly retryAfterMs: readonly number[];
  /** A webhook is disabled when nothing was delivered for so long. */
  readonly disableAfterMs: number;
  /** Messages are forgotten so long after they were queued. */
  readonly keepMs: number;
}

/** What `docs/webhooks.md` says. */
export const deliveryPlan: DeliveryPlan = {
  retryAfterMs: [...[5 * secondMs, 5 * minuteMs, 30 * minuteMs], ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hourMs)],
  disableAfterMs: 5 * dayMs,
  keepMs: 30 * dayMs,
};
