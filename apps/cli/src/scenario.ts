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

/** What shall be reached in a period; `targets` are bodies of the call that sets one. */
interface ScenarioProgramme {
  readonly code: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly targets: readonly object[];
}

interface ScenarioIndicator {
  readonly code: string;
  readonly title: string;
  readonly unitOfMeasure: string;
  readonly value: number;
  /** The whole; null where it is not stated. */
  readonly of: number | null;
}

export interface ScenarioInspection {
  readonly title: string;
  /** Levels of the unit that inspects and of the one that is inspected. */
  readonly by: Level;
  readonly of: Level;
  /** The day of all of it, YYYY-MM-DD. */
  readonly on: string;
  /** Of the paper that concludes it. */
  readonly number: string;
  /** When what it asks for is due. */
  readonly dueOn: string;
  /** In words, or how many there are. */
  readonly requests: readonly string[] | number;
}

/** The figures of a report, as a file states them. */
export interface Scenario {
  readonly id: string;
  /** The last one of the programme, for what is reported without one. */
  readonly year: string;
  /** Null where the file says too little of it. */
  readonly programme: ScenarioProgramme | null;
  readonly indicators: readonly ScenarioIndicator[];
  readonly inspection: ScenarioInspection | null;
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

/** Reads a scenario file, a sheet of its figures (`report-sheet.ts`), or the bundled one of that name. Throws one sentence that names everything wrong in it. */
export async function readScenario(fileOrName: string): Promise<Scenario> {
  const content = await scenarioContent(fileOrName);
  const findings: string[] = [];
  const scenario = parse(content, (path, message) => findings.push(`${path} ${message}`));
  if (findings.length > 0) {
    const more = findings.length > 8 ? `; and ${findings.length - 8} more` : '';
    throw new Error(`The scenario ${fileOrName} cannot be played: ${findings.slice(0, 8).join('; ')}${more}.`);
  }
  return scenario;
}

/** What the file says, right or wrong. Throws one sentence where it cannot be read. */
export async function scenarioContent(fileOrName: string): Promise<Readonly<Record<string, unknown>>> {
  const path = bundled.includes(fileOrName) ? new URL(`../scenarios/${fileOrName}.json`, import.meta.url) : fileOrName;
  const bytes = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`The scenario ${fileOrName} cannot be read (${code}); bundled ones: ${bundled.join(', ')}.`);
  });
  if (bytes.length > mostBytes) throw new Error(`The scenario ${fileOrName} is larger than ${mostBytes} bytes.`);
  const [, format] = /\.(csv|xlsx)$/.exec(fileOrName.toLowerCase()) ?? [];
  if (format === 'csv' || format === 'xlsx') return (await import('./report-sheet.js')).readReportSheet(bytes, format);
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(`The scenario ${fileOrName} is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const file = record(content);
  if (!file) throw new Error(`The scenario ${fileOrName} cannot be played: the file must hold an object.`);
  return file;
}

type Complain = (path: string, message: string) => void;

function parse(file: Readonly<Record<string, unknown>>, complain: Complain): Scenario {
  const id = record(file['programme'])?.['id'];
  if (!isText(id, 200)) complain('programme.id', 'must be a text of 1 to 200 characters');
  const listed = file['procedures'];
  if (!Array.isArray(listed) || listed.length === 0) complain('procedures', 'must be a list with at least one row');
  const rows = Array.isArray(listed) ? listed.map((row: unknown, index) => parseRow(row, `procedures[${index}]`, complain)) : [];
  if (rows.reduce((sum, { count }) => sum + count, 0) > mostProcedures) complain('procedures', `must be at most ${mostProcedures} in all`);
  const programme = parseProgramme(record(file['programme']) ?? {}, complain);
  const year = (programme?.to ?? '').slice(0, 4);
  return {
    ...{ id: String(id), year, programme, rows },
    indicators: year === '' ? [] : parseIndicators(file['indicators'], complain),
    inspection: programme && parseInspection(file['inspection'], { year, dueOn: programme.to }, complain),
    expect: parseExpect(file['expect'], complain),
  };
}

/** A period without days begins and ends with its years. */
function parseProgramme(programme: Readonly<Record<string, unknown>>, complain: Complain): ScenarioProgramme | null {
  const { id, period, title = 'Chương trình đơn giản hóa thủ tục hành chính (mẫu)', targets = [] } = programme;
  const [, first, last] = typeof period === 'string' ? (/^(\d{4})(?:\D(\d{4}))?$/.exec(period) ?? []) : [];
  const from = programme['from'] ?? (first === undefined ? null : `${first}-01-01`);
  const to = programme['to'] ?? (first === undefined ? null : `${last ?? first}-12-31`);
  if (from === null || to === null || !isText(id, 200)) return null;
  if (!isDay(from)) complain('programme.from', 'must be a date YYYY-MM-DD');
  if (!isDay(to)) complain('programme.to', 'must be a date YYYY-MM-DD');
  if (!isText(title, 500)) complain('programme.title', 'must be a text of 1 to 500 characters');
  if (!Array.isArray(targets) || targets.some((one) => !record(one))) complain('programme.targets', 'must be a list of objects');
  if (!isDay(from) || !isDay(to) || !isText(title, 500) || !Array.isArray(targets)) return null;
  return { code: id.slice(0, 50), title, from, to, targets: targets.filter((one): one is object => record(one) !== null) };
}

function parseIndicators(listed: unknown, complain: Complain): readonly ScenarioIndicator[] {
  if (listed === undefined) return [];
  if (!Array.isArray(listed) || listed.length > 100) {
    complain('indicators', 'must be a list of at most 100');
    return [];
  }
  return listed.flatMap((content: unknown, index) => {
    const { name, value, of = null, code = `CT-${index + 1}`, title = name, unitOfMeasure = 'đơn vị' } = record(content) ?? {};
    const isRight = isText(title, 500) && isText(code, 50) && isText(unitOfMeasure, 50) && isCount(value, 1_000_000) && (of === null || isCount(of, 1_000_000));
    if (!isRight) complain(`indicators[${index}]`, 'must have a name, and whole numbers as value and of, or null');
    return isRight ? [{ code, title, unitOfMeasure, value, of }] : [];
  });
} // prettier-ignore

/** One without a year is of the programme's last. */
function parseInspection(content: unknown, { year, dueOn }: { readonly year: string; readonly dueOn: string }, complain: Complain): ScenarioInspection | null {
  if (content === undefined) return null;
  const { monthDay, year: stated, by, of, recommendations, title = 'Kiểm tra công tác cải cách hành chính (mẫu)', number = 'KL (mẫu)' } = record(content) ?? {};
  const on = `${isCount(stated, 9999) ? stated : year}-${typeof monthDay === 'string' ? monthDay : ''}`;
  const [inspecting, inspected] = [by, of].map((level) => levels.find((one) => one === level));
  const requests = Array.isArray(recommendations) ? recommendations.filter((text) => isText(text, 5_000)) : recommendations;
  const isRight = isDay(on) && isText(title, 500) && isText(number, 200) && (Array.isArray(requests) || isCount(requests, 200));
  if (!isRight || !inspecting || !inspected) complain('inspection', 'must have monthDay as MM-DD, by and of as levels, and recommendations as a number or texts');
  return isRight && inspecting && inspected ? { title, by: inspecting, of: inspected, on, number, dueOn: dueOn < on ? on : dueOn, requests } : null;
} // prettier-ignore

const levels = ['ministry', 'service', 'unit'] as const satisfies readonly Level[];
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
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
