import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY, noPerson } from '#event-store';
import type { Actor, NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { register } from '#procedures';
import { openFollowed } from '../../../../test/support/log-installation.js';
import type { FollowedInstallation } from '../../../../test/support/log-installation.js';
import { reviewTaskId } from '#worklist';
import { trail } from './trail.js';
import { trailPage } from './trail-page.js';
import type { TrailQuestion } from './trail-page.js';

const [an, binh] = [randomUUID(), randomUUID()];
const [service, unit] = [randomUUID(), randomUUID()];
const [open, secret] = [randomUUID(), randomUUID()];
const inquiry = randomUUID();
const actor = (id: string, at = service): Actor => ({ id, version: 1, commitment: 'c', role: 'officer', unit: at });
const told = (type: string, data: object, by: Actor = actor(an)): NewEvent => {
  const event = anEvent(data);
  return { ...event, type, metadata: { ...event.metadata, actor: by } };
};
const registered = (title: string, more: object = {}): NewEvent =>
  told('ProcedureRegistered', {
    ...{
      title,
      kind: 'internal',
      group: 'D',
      field: 'văn phòng',
      owningUnit: service,
      parts: {},
      stage: 'registered',
      occurredOn: '2026-01-05',
    },
    ...{ definition: { id: 'internal', version: 1 }, ...more },
  });

describe('The trail', () => {
  let installation: FollowedInstallation;
  const append = async (stream: string, ...events: readonly NewEvent[]): Promise<bigint> =>
    (await installation.store.append(stream, events, { expected: ANY })).position;
  const types = async (question: Partial<TrailQuestion> = {}): Promise<readonly string[]> => {
    const { items } = await trailPage(installation.database, { sight: { clearance: 'none' }, limit: 50, ...question });
    return items.map(({ type }) => type);
  };

  beforeAll(async () => {
    installation = await openFollowed('embedded', [register, trail]);
    await append(`procedure-${open}`, registered('Cấp giấy phép đóng quân'));
    await append(`procedure-${secret}`, registered('Kế hoạch tác chiến', { classification: 'confidential' }));
    await append(
      `inquiry-${inquiry}`,
      told('ConsultationOpened', { procedure: secret, by: service, units: [unit], question: 'Ý kiến về tác chiến?' }),
    );
    await append(`inquiry-${inquiry}`, told('InquiryAnswered', { unit, answer: 'Đồng ý với phương án tác chiến' }, actor(binh, unit)));
    const refused = {
      procedure: open,
      action: 'publish',
      revision: 0,
      stage: 'registered',
      unmet: [{ code: 'wrong-stage', message: 'Not open.' }],
    };
    await append('refusals-2026-01', told('CommandRefused', refused, { ...actor(binh, unit), onBehalfOf: an }));
    await append(
      'accesses-2026-01',
      told('SignInFailed', { at: '2026-01-05T00:00:00.000Z', person: binh }, { ...actor(noPerson), unit: '' }),
    );
    await append('accesses-2026-01', told('ReportExported', { subject: 'savings' }, actor(binh, unit)));
    await append('command-x', told('CommandReserved', { stream: 'x' }));
    const last = await append(`unit-${unit}`, told('UnitRenamed', { name: 'Phòng Tham mưu' }));
    expect(await installation.processors.waitFor(last, 20_000)).toBe(true);
  });
  afterAll(() => installation.close());

  it('has every event, the newest first, and of what is classified none for whoever is not cleared', async () => {
    const all = [
      'UnitRenamed',
      'ReportExported',
      'SignInFailed',
      'CommandRefused',
      'InquiryAnswered',
      'ConsultationOpened',
      'ProcedureRegistered',
      'ProcedureRegistered',
    ];
    expect(await types({ sight: { clearance: 'confidential' } })).toEqual(all);
    expect(await types()).toEqual(all.filter((_, index) => ![4, 5, 6].includes(index)));
  });

  it('says of each who did what, to what, with which result', async () => {
    const { items } = await trailPage(installation.database, { sight: { clearance: 'none' }, limit: 50 });
    expect(items[3]).toMatchObject({
      ...{ type: 'CommandRefused', action: 'publish', result: 'refused', unmet: ['wrong-stage'], about: 'Not open.' },
      ...{ actor: { id: binh, role: 'officer', unit, onBehalfOf: an }, procedure: { id: open, title: 'Cấp giấy phép đóng quân' } },
    });
    expect(items[2]).toMatchObject({ type: 'SignInFailed', action: 'sign-in-failed', result: 'failed', actor: { id: binh } });
    expect(items[0]).toMatchObject({ action: 'rename-unit', result: 'accepted', about: 'Phòng Tham mưu', procedure: null });
    expect(items[4]).toMatchObject({ action: 'register', about: 'Cấp giấy phép đóng quân', revision: 0 });
  });

  it('finds all that one person did, or another did for them', async () => {
    expect(await types({ actor: binh })).toEqual(['ReportExported', 'SignInFailed', 'CommandRefused']);
    expect(await types({ actor: an })).toEqual(['UnitRenamed', 'CommandRefused', 'ProcedureRegistered']);
  });

  it('is narrowed by unit, procedure, type, action, result and period, one and all', async () => {
    expect(await types({ units: [unit] })).toEqual(['ReportExported', 'CommandRefused']);
    expect(await types({ procedure: open })).toEqual(['CommandRefused', 'ProcedureRegistered']);
    expect(await types({ procedure: secret })).toEqual([]);
    expect(await types({ types: ['UnitRenamed', 'CommandRefused'] })).toEqual(['UnitRenamed', 'CommandRefused']);
    expect(await types({ types: ['UnitRenamed', 'ReportExported'] })).toEqual(['UnitRenamed', 'ReportExported']);
    expect(await types({ actions: ['publish'] })).toEqual(['CommandRefused']);
    expect(await types({ results: ['refused', 'failed'] })).toEqual(['SignInFailed', 'CommandRefused']);
    expect(await types({ results: ['refused'] })).toEqual(['CommandRefused']);
    expect(await types({ results: ['failed'] })).toEqual(['SignInFailed']);
    expect(await types({ results: ['accepted'], units: [unit] })).toEqual(['ReportExported']);
    const [hour, now] = [3_600_000, Date.now()];
    expect(await types({ from: new Date(now + hour) })).toEqual([]);
    expect(await types({ before: new Date(now - hour) })).toEqual([]);
    expect(await types({ from: new Date(now - hour), before: new Date(now + hour), actor: binh, procedure: open })).toEqual([
      'CommandRefused',
    ]);
  });

  it('finds words with and without accents: of an event, of its procedure, and of a name', async () => {
    for (const q of ['tham muu', 'Tham mưu', 'PHÒNG tham mư'.normalize('NFD')])
      expect([q, await types({ q })]).toEqual([q, ['UnitRenamed']]);
    expect(await types({ q: 'giay phep' })).toEqual(['CommandRefused', 'ProcedureRegistered']);
    expect(await types({ q: 'tac chien' })).toEqual([]);
    expect(await types({ q: 'nguyen', named: [binh] })).toEqual(['ReportExported', 'SignInFailed', 'CommandRefused']);
    expect(await types({ q: '***' })).toEqual([]);
    expect(await types({ q: 'tác chiến', sight: { clearance: 'secret' } })).toEqual([
      'InquiryAnswered',
      'ConsultationOpened',
      'ProcedureRegistered',
    ]);
  });

  it('goes on where a page ended, and repeats nothing', async () => {
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await trailPage(installation.database, { sight: { clearance: 'none' }, limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ position }) => position));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(5);
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => Number(other) - Number(one)));
  });

  it('knows of what units answer in a review which procedure that is of', async () => {
    const [of, ofSecret] = [open, secret].map((procedure) => `inquiry-${reviewTaskId(procedure, 1)}`) as [string, string];
    const assigned = (): NewEvent => told('ReviewAssigned', { units: [unit], dueOn: '2026-02-01' });
    await append(`procedure-${secret}`, assigned());
    await append(`procedure-${open}`, assigned());
    await append(of, told('InquiryAnswered', { unit, answer: 'Nên bỏ bước hai' }));
    const first = await append(ofSecret, told('InquiryAnswered', { unit, answer: 'Trận địa dời về phía bắc' }));
    expect(await installation.processors.waitFor(first, 20_000)).toBe(true);
    const last = await append(ofSecret, told('InquiryReminded', { units: [service], occasion: 'asked', on: '2026-01-20' }));
    expect(await installation.processors.waitFor(last, 20_000)).toBe(true);

    const found = async (clearance: 'none' | 'confidential', asked: string): Promise<readonly unknown[]> => {
      const { items } = await trailPage(installation.database, { sight: { clearance }, limit: 50 });
      return items.flatMap(({ stream, type, procedure }) => (stream === asked ? [[type, procedure?.id]] : []));
    };
    expect(await found('none', of)).toEqual([['InquiryAnswered', open]]);
    expect(await found('none', ofSecret)).toEqual([]);
    expect(await found('confidential', ofSecret)).toEqual([
      ['InquiryReminded', secret],
      ['InquiryAnswered', secret],
    ]);
    expect(await types({ q: 'trận địa' })).toEqual([]);
  });

  it('keeps what names something classified besides, and orders about what stands beside it', async () => {
    const [inspection, question] = [`inspection-${randomUUID()}`, `inquiry-${randomUUID()}`];
    const finding = (procedures: readonly string[], text: string): NewEvent =>
      told('FindingMade', { finding: { id: randomUUID(), text, severity: 'minor', procedures }, occurredOn: '2026-02-01' });
    const found = (subject: string): NewEvent => told('BundleMade', { subject });
    const ordered = (stream: string): NewEvent => told('DeadLettersRetried', { stream });
    await append(question, told('ObstacleRaised', { procedure: secret, unit, lead: service, description: 'Vướng' }));
    await append(inspection, finding([open], 'Thiếu dấu'), finding([open, secret], 'Hầm pháo sai chỗ'));
    await append('accesses-2026-02', found(`bundle of procedure ${open}`), found(`bundle of procedure ${secret}`));
    const last = await append('processor-x', ...[`comments-${open}`, `comments-${secret}`, question].map(ordered));
    expect(await installation.processors.waitFor(last, 20_000)).toBe(true);

    const seen = async (clearance: 'none' | 'confidential', more: Partial<TrailQuestion> = {}): Promise<readonly unknown[]> => {
      const types = ['FindingMade', 'BundleMade', 'DeadLettersRetried'];
      const { items } = await trailPage(installation.database, { sight: { clearance }, limit: 50, types, ...more });
      return items.map(({ about, procedure }) => [about, procedure?.id ?? null]);
    };
    expect(await seen('none')).toEqual([
      [`comments-${open}`, open],
      [`bundle of procedure ${open}`, null],
      ['Thiếu dấu', null],
    ]);
    expect(await seen('confidential')).toEqual([
      [question, secret],
      [`comments-${secret}`, secret],
      [`comments-${open}`, open],
      [`bundle of procedure ${secret}`, null],
      [`bundle of procedure ${open}`, null],
      ['Hầm pháo sai chỗ', null],
      ['Thiếu dấu', null],
    ]);
    expect(await seen('none', { q: 'ham phao' })).toEqual([]);
  });
});
