import { readFile } from 'node:fs/promises';
import { groups, kinds, type Group, type Kind, type Level } from '#workflow';

/** A row of a scenario: so many procedures of one kind that came so far. */
export interface ScenarioRow {
  readonly kind: Kind;
  readonly group: Group | null;
  readonly count: number;
  /** The stage that each of them reached. */
  readonly reached: string;
  readonly field: string | null;
  /** Whose authority published them, where it is not the one that the kind or group asks for. */
  readonly authority: Level | null;
  /** Over how many units they are spread. */
  readonly units: number | null;
}

/** The figures of a report, as a file states them. */
export interface Scenario {
  readonly id: string;
  readonly rows: readonly ScenarioRow[];
  /** What must be counted afterwards: `procedures`, a kind, or a kind with a stage, such as `internalPublished`. */
  readonly expect: Readonly<Record<string, number>>;
}

/** The actions that carry a procedure of each kind forward, with the stage that each leads to. */
export const paths = {
  internal: [
    ['register', 'registered'], ['review', 'reviewed'], ['propose', 'proposed'], ['publish', 'published'],
    ['propose-option', 'optionProposed'], ['check-quality', 'qualityChecked'], ['approve-option', 'optionApproved'], ['implement-option', 'simplified'],
  ], // prettier-ignore
  public: [
    ['register', 'registered'], ['review', 'reviewed'], ['propose', 'proposed'], ['publish', 'published'], ['disclose', 'disclosed'],
    ['propose-option', 'optionProposed'], ['check-quality', 'qualityChecked'], ['approve-option', 'optionApproved'], ['implement-option', 'simplified'],
  ], // prettier-ignore
  quality: [['register', 'registered'], ['build', 'built'], ['publish', 'published'], ['apply', 'applied']],
} as const; // prettier-ignore

export type PlayedAction = (typeof paths)[Kind][number][0];

const bundled = ['navy-2022-2025'];
const mostProcedures = 10_000;
const mostBytes = 1_000_000;

/** Reads a scenario file, or the bundled one of that name. Throws one sentence that names everything wrong in it. */
export async function readScenario(fileOrName: string): Promise<Scenario> {
  const path = bundled.includes(fileOrName) ? new URL(`../scenarios/${fileOrName}.json`, import.meta.url) : fileOrName;
  const bytes = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`The scenario ${fileOrName} cannot be read (${code}); bundled ones: ${bundled.join(', ')}.`);
  });
  if (bytes.length > mostBytes) throw new Error(`The scenario ${fileOrName} is larger than ${mostBytes} bytes.`);
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(`The scenario ${fileOrName} is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const findings: string[] = [];
  const scenario = parse(content, (path, message) => findings.push(`${path} ${message}`));
  if (findings.length > 0) {
    const more = findings.length > 8 ? `; and ${findings.length - 8} more` : '';
    throw new Error(`The scenario ${fileOrName} cannot be played: ${findings.slice(0, 8).join('; ')}${more}.`);
  }
  return scenario;
}

type Complain = (path: string, message: string) => void;

function parse(content: unknown, complain: Complain): Scenario {
  const file = record(content);
  if (!file) {
    complain('the file', 'must hold an object');
    return { id: '', rows: [], expect: {} };
  }
  const id = record(file['programme'])?.['id'];
  if (!isText(id, 200)) complain('programme.id', 'must be a text of 1 to 200 characters');
  const listed = file['procedures'];
  if (!Array.isArray(listed) || listed.length === 0) complain('procedures', 'must be a list with at least one row');
  const rows = Array.isArray(listed) ? listed.map((row: unknown, index) => parseRow(row, `procedures[${index}]`, complain)) : [];
  if (rows.reduce((sum, { count }) => sum + count, 0) > mostProcedures) complain('procedures', `must be at most ${mostProcedures} in all`);
  return { id: String(id), rows, expect: parseExpect(file['expect'], complain) };
}

function parseRow(content: unknown, path: string, complain: Complain): ScenarioRow {
  const row = record(content) ?? {};
  if (!record(content)) complain(path, 'must be an object');
  for (const key of Object.keys(row))
    if (!['kind', 'group', 'count', 'reached', 'field', 'authority', 'units'].includes(key)) complain(`${path}.${key}`, 'is not known');

  const kind = kinds.find((known) => known === row['kind']);
  if (!kind) complain(`${path}.kind`, `must be one of ${kinds.join(', ')}`);
  const group = groups.find((known) => known === row['group']) ?? null;
  if (kind === 'internal' && !group) complain(`${path}.group`, `must be one of ${groups.join(', ')} for an internal procedure`);
  if (kind !== 'internal' && (row['group'] ?? null) !== null) complain(`${path}.group`, 'must be null unless the procedure is internal');

  const count = row['count'];
  if (!isCount(count, mostProcedures) || count === 0) complain(`${path}.count`, `must be a whole number from 1 to ${mostProcedures}`);
  const stages: readonly string[] = paths[kind ?? 'internal'].map(([, stage]) => stage);
  const reached = stages.find((stage) => stage === row['reached']);
  if (kind && !reached) complain(`${path}.reached`, `must be one of ${stages.join(', ')}`);

  const { field = null, authority = null, units = null } = row;
  if (field !== null && !isText(field, 200)) complain(`${path}.field`, 'must be a text of 1 to 200 characters');
  const level = (['ministry', 'service'] as const).find((known) => known === authority) ?? null;
  if (authority !== null && !level) complain(`${path}.authority`, 'must be ministry or service');
  if (units !== null && (!isCount(units, 1000) || units === 0)) complain(`${path}.units`, 'must be a whole number from 1 to 1000');

  return {
    kind: kind ?? 'internal',
    group,
    count: isCount(count, mostProcedures) ? count : 0,
    reached: reached ?? '',
    field: typeof field === 'string' ? field : null,
    authority: level,
    units: isCount(units, 1000) ? units : null,
  };
}

function parseExpect(content: unknown, complain: Complain): Readonly<Record<string, number>> {
  if (content === undefined) return {};
  const expect = record(content);
  if (!expect) complain('expect', 'must be an object');
  const known = new Set(['procedures', ...kinds.flatMap((kind) => [kind, ...paths[kind].map(([, stage]) => expectation(kind, stage))])]);
  const counts: Record<string, number> = {};
  for (const [key, value] of Object.entries(expect ?? {})) {
    if (!known.has(key)) complain(`expect.${key}`, 'is not a kind, nor a kind with a stage, such as internalPublished');
    else if (!isCount(value, mostProcedures)) complain(`expect.${key}`, 'must be a whole number, not negative');
    else counts[key] = value;
  }
  return counts;
}

/** The key under which `expect` states the count of a kind at a stage. */
export function expectation(kind: Kind, stage: string): string {
  return `${kind}${stage.charAt(0).toUpperCase()}${stage.slice(1)}`;
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest && !/[\u0000-\u001f]/.test(value);
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}
