const kept = 'tinhgon-acting-for';

/** What can be read or done for somebody else; everything else one reads and does in one's own name. */
const forOthers: Readonly<Record<string, readonly RegExp[]>> = {
  GET: [
    /^\/worklist(\/counts)?$/,
    /^\/tasks$/,
    /^\/(programmes|indicators)(\/[^/]+)?$/,
    /^\/(inspections|steering-boards)(\/[^/]+)?$/,
    /^\/periods$/,
    /^\/procedures\/[^/]+(\/(tasks|claims))?$/,
  ],
  POST: [
    /^\/(procedures|bulk|periods)$/,
    /^\/procedures\/[^/]+\/(actions\/[^/]+|claim|assign|release|consultations|obstacles|measurements)$/,
    /^\/tasks\/[^/]+\/(answer|close|remind)$/,
    /^\/programmes(\/[^/]+\/(targets(\/[^/]+\/(withdraw|published-figure))?|close))?$/,
    /^\/(inspections|steering-boards)(\/[^/]+\/actions\/[^/]+)?$/,
    /^\/indicators(\/[^/]+\/(remind|reports(\/[^/]+\/[^/]+\/(verify|return))?))?$/,
  ],
  PATCH: [/^\/procedures\/[^/]+\/parts$/],
};
const notProcedures = /^\/procedures\/(export|similar)$/;

/** Whether such a call takes the header `Acting-For`. */
export function takesActingFor(method: string, path: string): boolean {
  const call = path.replace(/^\/api\/v1/, '');
  return !notProcedures.test(call) && (forOthers[method]?.some((pattern) => pattern.test(call)) ?? false);
}

/** Whom the person acts for in this tab, under a delegation: every page reads and does it for them. Another tab may act for another. */
class Acting {
  private kept: string | null = sessionStorage.getItem(kept);
  private named: string | null = null;
  private readonly listeners = new Set<() => void>();

  /** Person id, for what is asked now; null for oneself. What the address names goes before. */
  readonly now = (): string | null => this.named ?? this.kept;
  /** Person id, for all pages whose address names nobody; null for oneself. */
  readonly chosen = (): string | null => this.kept;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** On every page from now on. @param person Person id; null for oneself */
  choose(person: string | null): void {
    this.kept = person;
    this.named = null;
    if (person === null) sessionStorage.removeItem(kept);
    else sessionStorage.setItem(kept, person);
    for (const listener of this.listeners) listener();
  }

  /** On the page that is being opened. @param person Person id; null where the address names nobody */
  name(person: string | null): void {
    this.named = person;
  }
}

export const acting = new Acting();
