import { randomUUID } from 'node:crypto';
import { Rejected, RevisionConflict, StreamNotFound, uuidv5 } from '#event-store';
import type { Unmet } from '#event-store';
import type { Database } from '#platform';
import { sees } from '#workflow';
import type { Sent, Sight } from '#workflow';
import type { MigrationPlan } from '../commands.js';
import { proceduresKeeping } from '../views/queries.js';
import type { ProcedureDesk } from './procedure-desk.js';

/** Which procedures get another version of their lifecycle, and how. */
export interface MigrationRequest {
  readonly plan: MigrationPlan;
  /** What is outside of it is not touched, not counted and not named. */
  readonly sight: Sight;
  /** Nothing is changed; the answer says what would be. */
  readonly dryRun: boolean;
  /** These alone, whatever version they keep. (Default: all that keep the old version) */
  readonly procedures?: readonly string[] | undefined;
  /** Of those that keep the old version, what these units own. (Default: all) */
  readonly units?: readonly string[] | undefined;
  /** Most procedures migrated. (Default: all) */
  readonly limit?: number | undefined;
}

/** What became of the procedures, or would; each refusal with its cause. */
export interface MigrationResult {
  readonly outcomes: readonly { readonly outcome: 'migrated' | 'refused'; readonly count: number }[];
  /** At most 1,000, those that have ended last; `outcomes` counts all. */
  readonly refused: readonly { readonly procedure: string; readonly unmet: readonly Unmet[] }[];
}

type Candidate = { readonly id: string; readonly revision: number };

const inFlight = 8;
const pageSize = 500;
const mostRefusals = 1_000;

/**
 * Migrates procedures one by one, each by a command of its own, while others go on being worked with. The id of each command
 * comes from the key of the whole and the procedure, so after a crash the same request goes on where it was.
 */
export class ProcedureMigration {
  constructor(
    private readonly database: Database,
    private readonly desk: ProcedureDesk,
  ) {}

  /** The register must hold what is to be migrated. @throws KeyReused, Unavailable */
  async run(request: MigrationRequest, sent: Sent): Promise<MigrationResult> {
    const key = sent.idempotencyKey ?? randomUUID();
    const refused: { procedure: string; unmet: readonly Unmet[] }[] = [];
    let migrated = 0;
    let refusals = 0;
    let left = request.limit ?? Infinity;
    const candidates = this.candidates(request);
    const work = async (): Promise<void> => {
      while (left > 0) {
        left--;
        const next = await candidates.next();
        if (next.done === true) return;
        const unmet = await this.migrate(next.value, request, { ...sent, idempotencyKey: uuidv5(key, next.value.id), ifMatch: undefined });
        if (unmet.length === 0) migrated++;
        else {
          left++;
          refusals++;
          keep(refused, { procedure: next.value.id, unmet });
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: inFlight }, work));
    } finally {
      // When one has failed, the others begin nothing more.
      left = 0;
    }
    refused.sort((one, other) => Number(hasEnded(one)) - Number(hasEnded(other)) || (one.procedure < other.procedure ? -1 : 1));
    return {
      outcomes: [
        { outcome: 'migrated', count: migrated },
        { outcome: 'refused', count: refusals },
      ],
      refused,
    };
  }

  private async migrate({ id, revision }: Candidate, { plan, dryRun, sight }: MigrationRequest, sent: Sent): Promise<readonly Unmet[]> {
    const request = { action: 'migrate', body: plan } as const;
    const notFound = [{ code: 'not-found', message: 'There is no such procedure.' }];
    const found = await this.desk.find(id, revision);
    if (!found || !sees(sight, found.state)) return notFound;
    if (dryRun) return (await this.desk.unmetBy(id, request, sent.by, revision)) ?? notFound;
    try {
      await this.desk.act(id, request, sent);
      return [];
    } catch (error) {
      if (error instanceof Rejected) return error.unmet;
      if (error instanceof StreamNotFound) return notFound;
      if (error instanceof RevisionConflict) return [{ code: 'revision-conflict', message: 'Others were working on it; try again.' }];
      throw error;
    }
  }

  /** Page by page; a procedure that was migrated meanwhile is no longer there. */
  private async *candidates({ plan, procedures, units, sight }: MigrationRequest): AsyncGenerator<Candidate, void, undefined> {
    if (procedures) {
      for (const id of procedures) yield { id, revision: 0 };
      return;
    }
    const definition = { id: plan.to.id, version: plan.from };
    let after: string | undefined;
    do {
      const page = await proceduresKeeping(this.database, { definition, sight, units, after, limit: pageSize });
      yield* page;
      after = page.at(-1)?.id;
    } while (after !== undefined);
  }
}

type Refused = { readonly procedure: string; readonly unmet: readonly Unmet[] };

const hasEnded = ({ unmet }: Refused): boolean => unmet.some(({ code }) => code === 'procedure-ended');

/** What has ended is of least interest, so it gives way when there is no more room. */
function keep(refused: Refused[], one: Refused): void {
  if (refused.length < mostRefusals) {
    refused.push(one);
    return;
  }
  const ended = hasEnded(one) ? -1 : refused.findIndex(hasEnded);
  if (ended !== -1) refused[ended] = one;
}
