/** Loads each thing once, however often it is asked for; to be kept no longer than for one answer. @param keyOf What tells things apart. (Default: the text that is asked with) */
export function loadedOnce<Asked, Thing>(
  load: (asked: Asked) => Promise<Thing>,
  keyOf: (asked: Asked) => string = String,
): (asked: Asked) => Promise<Thing> {
  const loading = new Map<string, Promise<Thing>>();
  return (asked) => {
    const key = keyOf(asked);
    const begun = loading.get(key) ?? load(asked);
    loading.set(key, begun);
    return begun;
  };
}
