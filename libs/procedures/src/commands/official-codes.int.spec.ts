import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_STREAM, Rejected } from '#event-store';
import type { EventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import { SystemClock } from '#platform';
import { Definitions, UnitTree } from '#workflow';
import { openFollowed } from '../../../../test/support/log-installation.js';
import type { FollowedInstallation } from '../../../../test/support/log-installation.js';
import { codeStream } from '../official-code.js';
import { newlyClassified } from '../stream.js';
import { proceduresWithCode } from '../views/queries.js';
import { register } from '../views/register.js';
import { OfficialCodes } from './official-codes.js';
import { ProcedureDesk } from './procedure-desk.js';
import type { Sent } from '#workflow';

const unit = randomUUID();
const units = new UnitTree([{ id: unit, name: 'Service', level: 'service', parent: null }]);
const person = { id: randomUUID(), version: 1, commitment: '', roles: [{ role: 'officer', unit }], unit } as const;
const body = { title: 'T', kind: 'internal', group: 'D', field: 'f', owningUnit: unit } as const;

describe('Official codes', () => {
  let installation: FollowedInstallation;
  let definitions: Definitions;
  const sent = (): Sent => ({ by: person, requestHash: 'a'.repeat(64), idempotencyKey: randomUUID() });
  /** As another process would have it. */
  const aDesk = (store: EventStore = installation.store): ProcedureDesk => {
    const clock = new SystemClock();
    const codes = new OfficialCodes(store, clock, (folded) => proceduresWithCode(installation.database, folded));
    return new ProcedureDesk(store, definitions, () => units, clock, codes);
  };
  const codesOf = (work: Promise<unknown>): Promise<readonly string[]> =>
    work.then(
      () => [],
      (error: unknown) => {
        if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
        throw error;
      },
    );
  const registered = async (desk: ProcedureDesk, code?: string): Promise<string> => (await desk.register({ ...body, code }, sent())).id;
  const correct = (desk: ProcedureDesk, id: string, code: string | null): Promise<readonly string[]> =>
    codesOf(desk.act(id, { action: 'correct', body: { revision: 0, changes: { code }, reason: 'x' } }, sent()));
  const registers = (desk: ProcedureDesk, code: string): Promise<readonly string[]> => codesOf(desk.register({ ...body, code }, sent()));

  beforeAll(async () => {
    installation = await openFollowed('embedded', [register]);
    definitions = new Definitions(installation.store);
    await definitions.publishInitial();
  });
  afterAll(() => installation.close());

  it('are one where they differ only in what is not seen, in case and in width', async () => {
    const desk = aDesk();
    await registered(desk, '1.012753.H19');
    for (const code of ['1.012753.h19', '１.012753.H19', '1.012753\u200b.H19', '1.012753. H19'])
      expect([code, await registers(aDesk(), code)]).toEqual([code, ['code-taken']]);
  });

  it('are taken once, however many ask at the same time, to register or to correct', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => registered(aDesk())));
    const answers = await Promise.all([
      ...ids.map((id) => correct(aDesk(), id, '2.000001.H01')),
      ...Array.from({ length: 4 }, () => registers(aDesk(), '2.000001.h01')),
    ]);
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(answers.filter((codes) => codes[0] === 'code-taken')).toHaveLength(7);
  });

  it('are free again once their procedure was withdrawn, or has another one, at once and in every process', async () => {
    const [here, there] = [aDesk(), aDesk()];
    const first = await registered(here, '3.000001');
    await there.find(first);
    await here.act(first, { action: 'withdraw', body: { reason: 'nhầm' } }, sent());
    const second = await registered(there, '3.000001');
    expect(await registers(here, '3.000001')).toEqual(['code-taken']);
    expect(await correct(there, second, '3.000002')).toEqual([]);
    expect(await registers(here, '3.000001')).toEqual([]);
    expect(await correct(there, second, '3.000001')).toEqual(['code-taken']);
    expect(await correct(there, second, null)).toEqual([]);
    expect(await registers(here, '3.000002')).toEqual([]);
  });

  it('have the past of whoever has them read once, however often others ask for them', async () => {
    const holder = await registered(aDesk(), '7.000001');
    const { store } = installation;
    const reads: (number | undefined)[] = [];
    const read: EventStore['read'] = (stream, options) => {
      if (stream === `procedure-${holder}`) reads.push(options?.from);
      return store.read(stream, options);
    };
    const desk = aDesk(Object.create(store, { read: { value: read } }) as EventStore);
    for (let round = 0; round < 3; round++) expect(await registers(desk, '7.000001')).toEqual(['code-taken']);
    expect(reads.filter((from) => from === 0)).toHaveLength(1);
    expect(reads.length).toBeGreaterThanOrEqual(3);
  });

  it('are not reserved for a correction that is refused anyway', async () => {
    const id = await registered(aDesk());
    await aDesk().act(id, { action: 'withdraw', body: { reason: 'x' } }, sent());
    expect(await correct(aDesk(), id, '4.000001')).toEqual(['wrong-stage']);
    expect(await registers(aDesk(), '4.000001')).toEqual([]);
  });

  it('of before codes were folded are found by the register', async () => {
    const { store, processors } = installation;
    const { definition } = { definition: { id: 'internal', version: 1 } };
    const data = { ...body, code: '5.000001\u200b', parts: {}, definition, occurredOn: '2025-01-01', stage: 'registered' };
    const id = randomUUID();
    await store.append(`code-${encodeURIComponent('5.000001\u200b')}`, [{ ...anEvent({ procedure: id }), type: 'CodeReserved' }], { expected: NO_STREAM });
    const { position } = await store.append(`procedure-${id}`, [{ ...anEvent(data), type: 'ProcedureRegistered' }], { expected: NO_STREAM });
    expect(await processors.waitFor(position, 10_000)).toBe(true);
    expect(await registers(aDesk(), '5.000001')).toEqual(['code-taken']);
    await aDesk().act(id, { action: 'withdraw', body: { reason: 'x' } }, sent());
    expect(await registers(aDesk(), '5.000001')).toEqual([]);
  }); // prettier-ignore

  it('are reserved for something classified by an event that says so itself, for it stands in the log before', async () => {
    const reserved = async (code: string): Promise<readonly unknown[]> =>
      (await installation.store.read(codeStream(code))).map((event) => [event.data, newlyClassified(event)]);
    const id = await registered(aDesk(), '8.000001');
    expect(await reserved('8.000001')).toEqual([[{ procedure: id }, null]]);
    const cleared = (): Sent => ({ ...sent(), by: { ...person, clearance: 'confidential' } });
    const secret = (await aDesk().register({ ...body, code: '8.000002', classification: 'confidential' }, cleared())).id;
    await aDesk().act(secret, { action: 'correct', body: { revision: 0, changes: { code: '8.000003' }, reason: 'x' } }, cleared());
    for (const code of ['8.000002', '8.000003'])
      expect(await reserved(code)).toEqual([[{ procedure: secret, classification: 'confidential' }, secret]]);
  });

  it('stay with a command that is sent again', async () => {
    const desk = aDesk();
    const id = await registered(desk);
    const once = sent();
    const request = { action: 'correct', body: { revision: 0, changes: { code: '6.000001' }, reason: 'x' } } as const;
    const first = await desk.act(id, request, once);
    expect(await aDesk().act(id, request, once)).toEqual(first);
    expect(await registers(desk, '6.000001')).toEqual(['code-taken']);
  });
});
