import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import type { Directory, Person } from '#identity';
import type { Import, ImportProgress, ImportState, Imports, RefusedCell } from '#imports';
import { SheetRefused } from '#sheets';
import { problems } from '../http/problem.js';
import type { Entrances } from '../jobs/entrances.js';
import { Findings, mostPassedOver } from './findings.js';
import { faultsOf } from './kind.js';
import type { Finding, ImportKind } from './kind.js';
import { SeenRows } from './seen-rows.js';
import { HeaderRefused, SheetReading } from './sheet-reading.js';
import type { GoodRow, RowRead } from './sheet-reading.js';

/** Rows that are checked, or entered, together. */
const atOnce = 32;
/** How often it is said how far it has come. */
const saidEveryMs = 250;
/** How often it is looked at whether whoever imports may still be in. */
const lookedEveryMs = 100;
/** Refusals of rows that were good when they were checked; the rules or the rights have changed meanwhile. */
const mostLate = 100;

interface On {
  readonly imports: Imports;
  readonly store: EventStore;
  readonly directory: Directory;
  readonly entrances: Entrances;
}

/** Whoever imports is not known any more, or would not be let in any more by what let them in. */
class GoneAway extends Error {}

/** It was cancelled, or another process has it. */
class Stopped extends Error {}

/** One import, from where it stands to its end. */
export class ImportRun {
  private said = 0;
  private looked = 0;
  /** How many faults were kept when it was last said; -1 before. */
  private keptFaults = -1;
  private findings = new Findings();
  private doneTo = 0;
  private isEntering = false;

  constructor(
    private readonly on: On,
    private readonly kind: ImportKind,
    private readonly imported: Import,
    private readonly owner: string,
  ) {}

  /** Works until it ends, or the signal says that this process does. @throws what nobody expected, such as an outage */
  async work(signal: AbortSignal): Promise<void> {
    try {
      if (this.imported.state === 'checking') await this.check(signal);
      else await this.enter(signal, this.imported);
    } catch (error) {
      if (!(error instanceof Stopped || error instanceof GoneAway)) throw error;
      // What was only checked until then was not entered.
      if (!this.isEntering && !this.imported.dryRun) Object.assign(this.findings, { accepted: 0, repeated: 0 });
      if (error instanceof Stopped) {
        await this.on.imports.tally(this.imported.id, this.owner, this.findings);
        return;
      }
      this.findings.tellFirst(signedOut);
      await this.end('failed', this.findings, this.doneTo);
    }
  }

  private async check(signal: AbortSignal): Promise<void> {
    const { imports, store } = this.on;
    const { dryRun, partial } = this.imported;
    const findings = new Findings();
    this.findings = findings;
    const reading = this.reading();
    const seen = new SeenRows();
    try {
      for await (const batch of reading.batches(this.bytes(), this.kind.oneByOne ? 1 : atOnce)) {
        await this.mustBeIn();
        await this.checkBatch(batch, { reading, seen, findings });
        await this.say(findings, 0, signal);
      }
    } catch (error) {
      const refused = error instanceof HeaderRefused ? error.refused : error instanceof SheetRefused ? [fileRefused(error)] : null;
      if (!refused) throw error;
      for (const cell of [...refused].reverse()) findings.tellFirst(cell);
      findings.accepted = 0;
      return this.end('refused', findings);
    }
    const isRefused = findings.refusedRows > (partial ? mostPassedOver : 0);
    if (isRefused && !dryRun) findings.accepted = 0;
    if (dryRun || isRefused) return this.end(isRefused ? 'refused' : 'done', findings);
    await this.say(findings, 0, signal, true);
    const passedOver = findings.passedOver;
    const beganAt = (await store.head()) ?? 0n;
    if (!(await imports.run(this.imported.id, this.owner, { beganAt, passedOver }))) throw new Stopped();
    findings.accepted = 0;
    findings.repeated = 0;
    await this.enter(signal, { ...this.imported, ...told(findings), passedOver, beganAt, doneTo: 0 });
  }

  private async checkBatch(batch: readonly RowRead[], { reading, seen, findings }: Checking): Promise<void> {
    const look = async (one: RowRead): Promise<Finding | null> => {
      await turn();
      return 'refused' in one || seen.has(one.key) ? null : one.prepared.check(one.key);
    };
    const checked = await Promise.all(batch.map(look));
    batch.forEach((one, index) => {
      findings.rows++;
      if ('refused' in one) {
        findings.refuse(one.row, one.refused);
        return;
      }
      const finding = seen.judge(one, checked[index] ?? null);
      if (finding.outcome === 'refused') findings.refuse(one.row, reading.refusedCells(one.row, finding.faults));
      else findings[finding.outcome]++;
      if (finding.outcome === 'accepted') reading.session.found?.(one.prepared, one.key);
    });
  }

  private async enter(signal: AbortSignal, from: Import): Promise<void> {
    const { doneTo, partial } = from;
    const findings = new Findings(from);
    this.findings = findings;
    this.doneTo = doneTo;
    this.isEntering = true;
    const reading = this.reading();
    const passedOver = new Set(from.passedOver);
    const keys = new Set<string>();
    let late = 0;
    for await (const batch of reading.batches(this.bytes(), this.kind.oneByOne ? 1 : atOnce)) {
      await this.mustBeIn();
      const toDo: GoodRow[] = [];
      for (const one of batch) {
        if ('refused' in one) {
          // It was good when it was checked: what it names has gone since.
          if (one.row > doneTo && !passedOver.has(one.row) && ++late) findings.refuse(one.row, one.refused);
          continue;
        }
        if (passedOver.has(one.row)) continue;
        const isTwice = keys.has(one.key);
        keys.add(one.key);
        if (one.row <= doneTo) continue;
        if (isTwice) findings.repeated++;
        else toDo.push(one);
      }
      await Promise.all(
        toDo.map(async (one) => {
          const outcome = await this.enterOne(one, from.beganAt ?? 0n);
          if (outcome.outcome !== 'refused') findings[outcome.outcome]++;
          else if (++late) findings.refuse(one.row, reading.refusedCells(one.row, outcome.faults));
        }),
      );
      const last = batch.at(-1)?.row ?? doneTo;
      if (last > doneTo) {
        this.doneTo = last;
        await this.say(findings, last, signal);
      }
      if (late > (partial ? mostLate : 0)) return this.end(partial ? 'failed' : 'refused', findings, last);
    }
    await this.end('done', findings);
  }

  private async enterOne({ prepared, key }: GoodRow, beganAt: bigint): Promise<Finding> {
    await turn();
    const by = this.person();
    const requestHash = createHash('sha256').update(this.kind.isPersonal ? `import ${key}` : JSON.stringify(prepared.content)).digest('hex'); // prettier-ignore
    try {
      const position = await prepared.enter({ by, idempotencyKey: key, requestHash, correlationId: this.imported.correlationId });
      return { outcome: BigInt(position) > beganAt ? 'accepted' : 'repeated' };
    } catch (error) {
      return { outcome: 'refused', faults: faultsOf(error) };
    }
  }

  private reading(): SheetReading {
    return new SheetReading(this.kind, this.imported, () => this.person(), this.on.imports.secret);
  }

  private bytes(): ReturnType<Imports['bytes']> {
    return this.on.imports.bytes(this.imported);
  }

  /** As they stand now: what is taken from them meanwhile counts. */
  private person(): Person {
    const person = this.on.directory.person(this.imported.person);
    if (!person) throw new GoneAway();
    return person;
  }

  /** @throws GoneAway */
  private async mustBeIn(): Promise<void> {
    const now = Date.now();
    if (now - this.looked < lookedEveryMs) return;
    this.looked = now;
    const { person, entrance } = this.imported;
    if (!(await this.on.entrances.isIn(person, entrance, this.kind.needs))) throw new GoneAway();
  }

  private async say(findings: Findings, doneTo: number, signal: AbortSignal, isNow = false): Promise<void> {
    const now = Date.now();
    if (!isNow && !signal.aborted && now - this.said < saidEveryMs) return;
    this.said = now;
    const { imports } = this.on;
    const isSame = findings.refused.length === this.keptFaults;
    // What is only checked was not entered, and is not said to be.
    const entered = this.isEntering || this.imported.dryRun ? {} : { accepted: 0, repeated: 0 };
    const advance = { ...told(findings), ...entered, ...(isSame && { refused: null }), doneTo };
    if (!(await imports.advance(this.imported.id, this.owner, advance))) throw new Stopped();
    this.keptFaults = findings.refused.length;
    if (!signal.aborted) return;
    await imports.release(this.imported.id, this.owner);
    throw new Stopped();
  }

  private async end(state: ImportState, findings: Findings, doneTo = 0): Promise<void> {
    const { imports } = this.on;
    findings.refused.sort((one, other) => one.row - other.row);
    if (!(await imports.advance(this.imported.id, this.owner, { ...told(findings), doneTo }))) return;
    await imports.end(this.imported.id, state, this.owner);
  }
}

interface Checking {
  readonly reading: SheetReading;
  readonly seen: SeenRows;
  readonly findings: Findings;
}

/** What is kept of how far it has come. */
export const told = ({ rows, accepted, repeated, refusedRows, refused, moreRefused }: Findings): ImportProgress => ({
  ...{ rows, accepted, repeated, refusedRows, refused, moreRefused },
});

const fileRefused = ({ row, code, message, vi }: SheetRefused) => ({ row, column: '', code, message, vi });

/** What is said of an import that ended because something went wrong here. */
export const somethingWrong = {
  row: 0,
  column: '',
  code: 'internal-error',
  message: problems['internal-error'].en,
  vi: problems['internal-error'].vi,
};

const signedOut: RefusedCell = {
  ...{ row: 0, column: '', code: 'not-signed-in' },
  message:
    'Whoever imports is signed in no more, or the key is good no more. What was entered stays; the same sheet again enters nothing twice.',
  vi: 'Người nhập không còn đăng nhập, hoặc khóa không còn dùng được. Những dòng đã nhập được giữ lại; gửi lại bảng này sẽ không nhập dòng nào hai lần.',
};
