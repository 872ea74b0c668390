import { createHash } from 'node:crypto';
import { NO_STREAM, StateCache, WrongExpectedRevision, loadOnwards, readOrNothing, uuidv5 } from '#event-store';
import type { Actor, EventStore, RecordedEvent } from '#event-store';
import type { Clock } from '#platform';
import type { Classification } from '#workflow';
import { codeStream, foldCode } from '../official-code.js';
import { procedure } from '../procedure.js';
import { isWithdrawn } from '../state.js';
import type { Procedure } from '../state.js';

/** How long a reservation counts whose command has not appeared. */
const graceMs = 60_000;
const retries = 3;

/** What stands in the way of a code at one moment. */
interface Looked {
  readonly isTaken: boolean;
  /** Of the stream of reservations; null when nobody ever reserved it. */
  readonly revision: number | null;
}

/** Who would have the code, by which command. */
export interface Taking {
  /** The code as it is written; codes that fold alike are one. */
  readonly code: string;
  /** Procedure id. */
  readonly procedure: string;
  /** Of the procedure, where it is classified: the reservation stands in the log before it, and says so itself. */
  readonly classification?: Classification | undefined;
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId: string | undefined;
}

/**
 * Which procedure has which official code. Each code has a stream of reservations, by what codes fold to; the newest one
 * counts while its command is under way, and afterwards as long as its procedure has the code and was not withdrawn. So the
 * procedures' own streams say who has a code, and a new reservation conflicts with every other one that is made meanwhile.
 */
export class OfficialCodes {
  /** Somebody may ask for a code again and again whose holder has a long past. */
  private readonly holders = new StateCache<Procedure>({ mostBytes: 32_000_000 });

  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
    /** Ids of procedures that are registered with a code that folds to this, for those from before codes were folded. (Default: none) */
    private readonly registeredWith: (folded: string) => Promise<readonly string[]> = () => Promise.resolve([]),
  ) {}

  /** Whether another procedure has the code, or is about to. @throws Unavailable */
  async isTaken(code: string, by: string): Promise<boolean> {
    return (await this.look(foldCode(code), by)).isTaken;
  }

  /** Takes the code for the procedure; false when another one has it or was faster. @throws Unavailable */
  async take(taking: Taking): Promise<boolean> {
    for (let attempt = 0; ; attempt++) {
      const { isTaken, revision } = await this.look(foldCode(taking.code), taking.procedure);
      if (isTaken) return false;
      if (await this.reserve(taking, revision)) return true;
      if (attempt === retries) return false;
    }
  }

  private async look(folded: string, by: string): Promise<Looked> {
    const [newest] = await readOrNothing(this.store, codeStream(folded), { direction: 'backwards', limit: 1 });
    const revision = newest?.revision ?? null;
    const holder = newest && (newest.data as { readonly procedure: string }).procedure;
    if (newest && holder !== undefined && holder !== by && (await this.isHeld(newest, folded, holder))) return { isTaken: true, revision };
    const others = (await this.registeredWith(folded)).filter((id) => id !== by && id !== holder);
    const held = await Promise.all(others.map(async (id) => (await this.present(id, folded)).hasCode));
    return { isTaken: held.includes(true), revision };
  }

  private async isHeld({ metadata, recordedAt }: RecordedEvent, folded: string, holder: string): Promise<boolean> {
    const { hasCode, commands } = await this.present(holder, folded);
    if (hasCode) return true;
    // One that names no command but itself was made for a registration.
    const isDone = metadata.$causationId === metadata.commandId ? commands.size > 0 : commands.has(metadata.$causationId);
    return !isDone && this.clock.now().getTime() - Date.parse(recordedAt) < graceMs;
  }

  /** Whether the procedure has the code, by the log; and the commands that it took. */
  private async present(
    id: string,
    folded: string,
  ): Promise<{ readonly hasCode: boolean; readonly commands: ReadonlyMap<string, string> }> {
    const { state, commands } = await loadOnwards(this.store, procedure, `procedure-${id}`, this.holders);
    if (state.phase === 'unregistered') return { hasCode: false, commands };
    const hasCode = state.code !== undefined && foldCode(state.code) === folded && !isWithdrawn(state);
    return { hasCode, commands };
  }

  private async reserve(
    { code, procedure: id, classification = 'none', commandId: causation, actor, correlationId }: Taking,
    after: number | null,
  ): Promise<boolean> {
    const stream = codeStream(foldCode(code));
    const commandId = uuidv5(id, `${stream}@${String(after)}`);
    const requestHash = createHash('sha256').update(`${stream} ${id}`).digest('hex');
    const metadata = { commandId, requestHash, $correlationId: correlationId ?? commandId, $causationId: causation, actor };
    const data = { procedure: id, ...(classification !== 'none' && { classification }) };
    const reserved = { id: uuidv5(commandId, '0'), type: 'CodeReserved', schemaVersion: 1, data, metadata };
    try {
      await this.store.append(stream, [reserved], { expected: after ?? NO_STREAM });
      return true;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return false;
      throw error;
    }
  }
}
