import { SingleBar } from 'cli-progress';
import { uuidv5 } from '#event-store';
import type { Kind, Level, Role } from '#workflow';
import { playBesideProcedures } from './beside-procedures.js';
import { Refused } from './client.js';
import type { ApiClient, CommandAnswer } from './client.js';
import { Interrupted, tellingWhatWasDone } from './interruption.js';
import type { People, UnitRef } from './people.js';
import { isMinistry, sampleBody, sampleTitle, type Sample } from './samples.js';
import { expectation, paths, type PlayedAction, type Scenario, type ScenarioRow } from './scenario.js';
import { table } from './table.js';
import { say } from './terminal.js';

/** Every key of an import is derived from this, the scenario's id, the row, the sample and the action. */
const keyNamespace = '6f1d6a0e-7a53-5c0b-9d0e-3f0a51c2b7e4';
const inFlight = 8;
/** A server that refuses this many procedures will refuse the rest as well. */
const mostFailures = 10;

interface Played {
  readonly sample: Sample;
  readonly last: CommandAnswer;
  readonly alreadyThere: boolean;
}

/**
 * Plays a scenario through the API, as the people that each step needs. Safe to repeat and to resume: each command carries a key
 * that depends on the scenario alone, so the server answers those that it has as it did the first time. Throws one sentence when anything is amiss.
 */
export async function importScenario(api: ApiClient, people: People, scenario: Scenario): Promise<void> {
  const before = await reportedPosition(api, people);
  const units = await people.knownUnits(api);
  const samples = spread(scenario, units);
  const failures: string[] = [];
  const played: Played[] = [];
  const progress = showProgress(samples.length);
  const waiting = samples.values();
  const work = async (): Promise<void> => {
    for (const sample of waiting) {
      if (failures.length >= mostFailures || api.signal.aborted) return;
      try {
        played.push(await play(api, people, { scenario, units, sample, before }));
      } catch (error) {
        if (error instanceof Interrupted) return;
        failures.push(`${sampleTitle(sample)}: ${error instanceof Error ? error.message : String(error)}`);
      }
      progress.done(played.length);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  progress.stop();
  if (api.signal.aborted)
    throw new Interrupted(
      `Interrupted. ${played.length} of ${samples.length} procedures are entered, and others may be half-way. Run the same command again to go on from here.`,
    );

  if (failures.length > 0) {
    const count = samples.length - played.length;
    throw new Error(
      `${count} of ${samples.length} procedures could not be entered. ${failures[0] ?? ''} Run the same command again to go on from here.`,
    );
  }
  await tellingWhatWasDone(
    async () => {
      await report(api, people, scenario, played);
      await playBesideProcedures(api, people, scenario, units);
    },
    () => `Interrupted. All ${played.length} procedures are entered; they were not counted to the end.`,
  );
}

/** Who does what: the role, and the level at which it is held. */
function performer(action: PlayedAction, row: ScenarioRow): readonly [Role, Level] {
  switch (action) {
    case 'publish':
    case 'approve-option':
      return ['authority', isMinistry(row) ? 'ministry' : 'service'];
    case 'check-quality':
      return ['checker', 'service'];
    case 'register':
    case 'review':
    case 'build':
    case 'propose':
    case 'disclose':
    case 'apply':
    case 'propose-option':
    case 'implement-option':
      return ['officer', 'service'];
  }
}

async function play(
  api: ApiClient,
  people: People,
  {
    scenario,
    units,
    sample,
    before,
  }: { readonly scenario: Scenario; readonly units: readonly UnitRef[]; readonly sample: Sample; readonly before: bigint },
): Promise<Played> {
  const { row, index } = sample;
  const path = paths[row.kind];
  const rowNumber = scenario.rows.indexOf(row);
  const send = async (action: PlayedAction, at: string, of = sample): Promise<CommandAnswer> =>
    api.post<CommandAnswer>(at, sampleBody(of, action), {
      token: await people.token(...performer(action, row)),
      idempotencyKey: uuidv5(keyNamespace, `${scenario.id}/${rowNumber}/${index}/${action}`),
    });

  let last = await entered(sample.owner, units, (owner) => send('register', '/api/v1/procedures', { ...sample, owner }));
  for (const [action, stage] of path) {
    if (action !== 'register') last = await send(action, `/api/v1/procedures/${last.id}/actions/${action}`);
    if (stage === row.reached) break;
  }
  return { sample, last, alreadyThere: BigInt(last.position) <= before };
}

/**
 * Registers it for its unit, where that was closed for the one that looks after it now. Units that were made, merged or closed since spread the samples
 * otherwise: a key that is used already stands for one of the others, and answers as it did where that one is named.
 */
async function entered(first: Sample['owner'], units: readonly UnitRef[], register: (owner: Sample['owner']) => Promise<CommandAnswer>): Promise<CommandAnswer> {
  const level = units.find(({ id }) => id === first.id)?.level;
  const owners = [first, openInstead(first.id, units) ?? first, ...units.filter((one) => one.level === level)];
  const refusals: Refused[] = [];
  for (const owner of new Map(owners.map((one) => [one.id, one])).values())
    try {
      return await register(owner);
    } catch (error) {
      if (!(error instanceof Refused) || !['unit-closed', 'key-reused'].includes(error.code)) throw error;
      refusals.push(error);
    }
  throw refusals[0] ?? new Error('No unit is known.');
} // prettier-ignore

/** What a closed unit has become part of, however often; else the first open unit of its level. */
function openInstead(id: string, units: readonly UnitRef[]): UnitRef | undefined {
  const owner = units.find((one) => one.id === id);
  let unit = owner;
  for (let steps = 0; unit?.mergedInto != null && steps < units.length; steps++) {
    const { mergedInto }: UnitRef = unit;
    unit = units.find((one) => one.id === mergedInto);
  }
  return unit && unit.closed !== true ? unit : units.find(({ level, closed }) => level === owner?.level && closed !== true);
}

/** Throws a sentence where none is open. */
export function serviceAmong(units: readonly UnitRef[]): UnitRef {
  const service = units.find(({ level, closed }) => level === 'service' && closed !== true);
  if (!service) throw new Error('No unit of the level service is known on this server.');
  return service;
}

/** Service-owned are the groups that the service proposes upward, C and public procedures; D and quality processes belong to the units. */
export function spread(scenario: Scenario, units: readonly UnitRef[]): readonly Sample[] {
  const service = serviceAmong(units);
  const below = units.filter(({ level }) => level === 'unit');
  let number = 0;
  return scenario.rows.flatMap((row) => {
    const owners = row.group === 'D' || row.kind === 'quality' ? below.slice(0, row.units ?? below.length) : [service];
    if (owners.length === 0 || owners.length < Math.min(row.units ?? 1, row.count))
      throw new Error(
        `The scenario spreads ${row.kind} procedures over ${row.units ?? 1} units, and only ${owners.length} are known on this server.`,
      );
    return Array.from({ length: row.count }, (_, index): Sample => ({
      row,
      index,
      number: ++number,
      owner: owners[index % owners.length] ?? service,
    }));
  });
}

interface Funnel {
  readonly asOf: { readonly position: string };
  readonly total: number;
}

async function reportedPosition(api: ApiClient, people: People): Promise<bigint> {
  const { asOf } = await api.get<Funnel>('/api/v1/reports/funnel', { token: await people.token('auditor', 'ministry') });
  return BigInt(asOf.position);
}

/** Reads back what stands in the log for each procedure at the revision that the import left it at, and holds it against what the scenario expects. */
async function report(api: ApiClient, people: People, scenario: Scenario, played: readonly Played[]): Promise<void> {
  const token = await people.token('auditor', 'ministry');
  const counts = new Map<string, number>();
  const count = (key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);
  const waiting = played.values();
  const read = async (): Promise<void> => {
    for (const { last } of waiting) {
      const { kind, stage } = await api.get<{ kind: Kind; stage: string }>(`/api/v1/procedures/${last.id}?asOf=${last.revision}`, {
        token,
      });
      for (const key of ['procedures', kind, expectation(kind, stage)]) count(key);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, read));

  const newest = played.reduce((highest, { last }) => (BigInt(last.position) > highest ? BigInt(last.position) : highest), 0n);
  const { total } = await api.get<Funnel>(`/api/v1/reports/funnel?minPosition=${newest}`, { token });
  const stated = Object.entries(scenario.expect);
  const rows = stated.map(([key, wanted]) => [
    key,
    String(wanted),
    String(counts.get(key) ?? 0),
    wanted === (counts.get(key) ?? 0) ? 'yes' : 'NO',
  ]);
  if (stated.length > 0) say(`\n${table([['count', 'expected', 'entered', 'agrees'], ...rows])}`);

  const already = played.filter(({ alreadyThere }) => alreadyThere).length;
  say(
    `\n${played.length} procedures: ${played.length - already} entered, ${already} were already there. The register now counts ${total}.`,
  );
  const wrong = rows.filter(([, , , agrees]) => agrees === 'NO').map(([key]) => key);
  if (wrong.length > 0) throw new Error(`The counts do not agree with what the scenario expects: ${wrong.join(', ')}.`);
}

/** A bar on a terminal, a line at each tenth elsewhere. */
function showProgress(total: number): { done(count: number): void; stop(): void } {
  if (process.stdout.isTTY) {
    const bar = new SingleBar({ format: 'procedures {bar} {value}/{total} ({eta} s left)', hideCursor: true });
    bar.start(total, 0);
    return { done: (count) => bar.update(count), stop: () => bar.stop() };
  }
  let tenth = 0;
  return {
    done(count) {
      const reached = Math.floor((count * 10) / total);
      if (reached > tenth) say(`${count}/${total} procedures`);
      tenth = Math.max(tenth, reached);
    },
    stop: () => undefined,
  };
}
