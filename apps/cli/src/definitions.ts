import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ApiClient } from './client.js';
import { tellingWhatWasDone } from './interruption.js';
import type { People } from './people.js';
import { segment } from './segment.js';
import { table } from './table.js';
import { say } from './terminal.js';

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly current: number | null;
  readonly versions: readonly { readonly version: number; readonly state: string; readonly title: { readonly vi?: string } }[];
}
interface Changed {
  readonly version: number;
  readonly state: string;
}
interface Findings {
  readonly ok: boolean;
  readonly findings: readonly { readonly code: string; readonly severity: string; readonly path: string; readonly message: string }[];
}
interface Migrated {
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly refused: readonly {
    readonly procedure: string;
    readonly unmet: readonly { readonly code: string; readonly message: string }[];
  }[];
}

/** What a migration needs besides the lifecycle. */
export interface MigrationOptions {
  readonly from: string;
  readonly to: string;
  /** `old=new`. */
  readonly stage: readonly string[];
  readonly clocks: string;
  readonly reason: string;
  readonly unit?: readonly string[];
  readonly procedure?: readonly string[];
  readonly limit?: string;
  readonly dryRun?: true;
  /** The same key goes on with what was interrupted. */
  readonly key?: string;
}

const mostRefusalsShown = 50;
const migrationMs = 60 * 60_000;
const definitions = '/api/v1/definitions';
const versionOf = (id: string, version: string): string => `${definitions}/${segment(id)}/versions/${segment(version)}`;

/** What administrators do with lifecycle definitions, each as one call of the API. */
export class DefinitionCommands {
  constructor(
    private readonly api: ApiClient,
    private readonly people: People,
  ) {}

  /** Prints every lifecycle with its versions. */
  async list(): Promise<void> {
    const { items } = await this.api.get<{ items: readonly Listed[] }>(definitions, await this.asAdministrator());
    const rows = items.flatMap(({ id, kind, current, versions }) =>
      versions.map(({ version, state, title }) => [
        id,
        kind,
        String(version),
        version === current ? `${state}, current` : state,
        title.vi ?? '',
      ]),
    );
    say(table([['lifecycle', 'kind', 'version', 'state', 'title'], ...rows]));
  }

  /** Prints a version: as JSON that `draft` takes, or as a Mermaid diagram. */
  async show(id: string, version: string, format: string, language: string): Promise<void> {
    const at = `${versionOf(id, version)}?format=${encodeURIComponent(format)}&lang=${encodeURIComponent(language)}`;
    const who = await this.asAdministrator();
    if (format === 'mermaid') say((await this.api.text(at, who)).trimEnd());
    else say(JSON.stringify(await this.api.get<object>(at, who), null, 2));
  }

  /** Drafts the next version from a file. */
  async draft(id: string, file: string): Promise<void> {
    const document = await readDocument(file);
    const at = `${definitions}/${segment(id)}/versions`;
    const { version } = await this.api.post<Changed>(at, document, await this.asAdministrator(randomUUID()));
    say(`${id} version ${version} is drafted.`);
  }

  /** Prints what is amiss with a version; fails when there are errors. */
  async validate(id: string, version: string): Promise<void> {
    const { ok, findings } = await this.api.post<Findings>(`${versionOf(id, version)}/validate`, {}, await this.asAdministrator());
    if (findings.length > 0)
      say(table([['severity', 'code', 'path', 'what'], ...findings.map((one) => [one.severity, one.code, one.path, one.message])]));
    if (!ok) throw new Error(`${id} version ${version} cannot be published: ${findings.filter(({ severity }) => severity === 'error').length} errors were found.`); // prettier-ignore
    const doubts = [...new Set(findings.flatMap(({ code, severity }) => (severity === 'doubt' ? [code] : [])))];
    say(`${id} version ${version} can be published${doubts.length === 0 ? '' : `, if that is right, with --confirm ${doubts.join(',')}`}.`);
  }

  /** Publishes a version; doubts about it are confirmed by their codes. */
  async publish(id: string, version: string, confirm: readonly string[]): Promise<void> {
    await this.change(id, version, 'publish', confirm.length === 0 ? {} : { confirm });
  }

  /** Retires a version. */
  async retire(id: string, version: string, reason?: string): Promise<void> {
    await this.change(id, version, 'retire', reason === undefined ? {} : { reason });
  }

  /** Migrates running procedures, or prints what would become of them. Fails when one is refused that has not ended, unless it was a preview. */
  async migrate(id: string, { from, to, stage, clocks, reason, unit, procedure, limit, dryRun, key }: MigrationOptions): Promise<void> {
    const plan = {
      from: Number(from), to: Number(to), stages: stageMap(stage), clocks, reason, dryRun: dryRun ?? false,
      ...(unit && { units: unit }), ...(procedure && { procedures: procedure }), ...(limit !== undefined && { limit: Number(limit) }),
    }; // prettier-ignore
    const at = `${definitions}/${segment(id)}/migrations`;
    const name = key ?? randomUUID();
    const call = { ...(await this.asAdministrator(name)), timeoutMs: migrationMs, mayBeCut: true };
    const { outcomes, refused } = await tellingWhatWasDone(
      () => this.api.post<Migrated>(at, plan, call),
      () =>
        dryRun
          ? 'Interrupted. Nothing was changed.'
          : `Interrupted. The server may go on with it; the same command with --key ${name} goes on, and tells what became of all.`,
    );
    const heading = dryRun ? 'would be' : 'outcome';
    say(table([[heading, 'procedures'], ...outcomes.map(({ outcome, count }) => [outcome, String(count)])]));
    if (refused.length > 0) {
      const rows = refused.slice(0, mostRefusalsShown).map((one) => [one.procedure, one.unmet.map(({ message }) => message).join(' ')]);
      say(`\n${table([['refused', 'why'], ...rows])}`);
    }
    const isLeft = refused.some(({ unmet }) => unmet.every(({ code }) => code !== 'procedure-ended'));
    if (isLeft && !dryRun) throw new Error(`Procedures that have not ended keep version ${from}; the table says why.`);
  }

  private async change(id: string, version: string, change: 'publish' | 'retire', body: object): Promise<void> {
    const { state } = await this.api.post<Changed>(`${versionOf(id, version)}/${change}`, body, await this.asAdministrator(randomUUID()));
    say(`${id} version ${version} is ${state}.`);
  }

  private async asAdministrator(idempotencyKey?: string): Promise<{ readonly token: string; readonly idempotencyKey?: string }> {
    const token = await this.people.token('administrator', 'service');
    return { token, ...(idempotencyKey !== undefined && { idempotencyKey }) };
  }
}

function stageMap(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [old = '', stage = '', ...more] = pair.split('=');
      if (old === '' || stage === '' || more.length > 0) throw new Error(`--stage takes old=new, such as reviewed=assessed, not ${pair}.`);
      return [old, stage];
    }),
  );
}

async function readDocument(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`The file ${file} cannot be read.`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The file ${file} is not JSON.`);
  }
}
