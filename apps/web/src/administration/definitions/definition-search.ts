export const definitionViews = ['picture', 'edit', 'difference', 'publish', 'migrate'] as const;
export type DefinitionView = (typeof definitionViews)[number];

/** What of a lifecycle is looked at. */
export interface DefinitionSearch {
  /** (Default: the one that new procedures get) */
  readonly version?: number;
  /** The version that it is held against. (Default: the one before) */
  readonly with?: number;
  /** (Default: picture) */
  readonly view?: Exclude<DefinitionView, 'picture'>;
}

/** What the address says; what is unreadable counts as left out. */
export function readDefinitionSearch(search: Record<string, unknown>): DefinitionSearch {
  const version = readVersion(search.version);
  const other = readVersion(search.with);
  const view = definitionViews.find((one) => one === search.view);
  return {
    ...(version !== undefined && { version }),
    ...(other !== undefined && { with: other }),
    ...(view !== undefined && view !== 'picture' && { view }),
  };
}

function readVersion(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 && number < 1_000_000 ? number : undefined;
}
