/** Whether the caller has the answer of that tag, by its `If-None-Match`. */
export const isKnown = (sent: string | undefined, tag: string): boolean =>
  sent !== undefined && sent.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
