import type { components } from '../../api/schema';

export type Costs = components['schemas']['ComplianceCostDto'];
type Side = Costs['before'];

/** Both costs of an option as far as they are typed; null until they are whole enough to be counted. */
export function costsIn(body: Readonly<Record<string, unknown>>): Costs | null {
  const { before, after } = objectIn(body.option);
  const wage = objectIn(before).hourlyWage;
  const [one, other] = [sideIn(before), sideIn(after)];
  return typeof wage === 'number' && one && other ? { hourlyWage: wage, before: one, after: other } : null;
}

function sideIn(cost: unknown): Side | null {
  const { lines, timesPerYear, everyYears, subjectsPerYear } = objectIn(cost);
  if (!Array.isArray(lines) || lines.length === 0 || typeof subjectsPerYear !== 'number') return null;
  const read = lines.map(lineIn);
  if (read.some((line) => line === null)) return null;
  const often = typeof everyYears === 'number' ? { everyYears } : typeof timesPerYear === 'number' ? { timesPerYear } : null;
  return often && { lines: read.filter((line) => line !== null), ...often, subjectsPerYear };
}

function lineIn(line: unknown): Side['lines'][number] | null {
  const { hours, fee, service } = objectIn(line);
  return typeof hours === 'string' && typeof fee === 'number' && typeof service === 'number' ? { hours, fee, service } : null;
}

const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
