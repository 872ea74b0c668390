/** About as many characters as the value has as JSON, counted without writing it; what is deep or long takes as long as it has values. */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = 2;
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) weight += weightOf(item) + 1;
  else for (const [name, item] of Object.entries(value)) weight += name.length + 4 + weightOf(item);
  return weight;
}
