/** Advice for production that oidc-provider takes no setting for; to be imported before it. */
const advice = /oidc-provider WARNING: (Unsupported runtime|a quick start development-only in-memory adapter)/;

const warn = console.warn.bind(console);
console.warn = (...said: unknown[]) => {
  if (!advice.test(String(said[0]))) warn(...said);
};
