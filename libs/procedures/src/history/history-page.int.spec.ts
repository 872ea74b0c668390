import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY, noMetadata } from '#event-store';
import type { EventStore, NewEvent, RecordedEvent } from '#event-store';
import { anEvent, someMetadata } from '#event-store/testing';
import { openFollowed } from '../../../../test/support/log-installation.js';
import type { FollowedInstallation } from '../../../../test/support/log-installation.js';
import type { HistoryItem } from './history.js';
import { historyPage } from './history-page.js';
import type { HistoryQuestion } from './history-page.js';
import { InvalidCursor } from '#processors';
import { refusals } from '../views/refusals.js';

const fact = { occurredOn: '2026-01-05' };
const by = (id: string): Pick<NewEvent, 'metadata'> => {
  const metadata = someMetadata();
  return { metadata: { ...metadata, actor: { ...metadata.actor, id } } };
};
const amended = (stage: string, steps = 'Nộp'): NewEvent => ({ ...anEvent({ parts: { steps }, ...fact, stage }), type: 'PartsAmended' });

describe.each([['embedded'], ['on a server']])('The history of a procedure, %s', (where) => {
  let installation: FollowedInstallation;
  beforeAll(async () => {
    installation = await openFollowed(where, [refusals]);
  });
  afterAll(() => installation.close());

  const append = async (id: string, ...events: readonly NewEvent[]): Promise<void> => {
    for (const event of events) await installation.store.append(`procedure-${id}`, [event], { expected: ANY });
  };
  const refuse = async (procedure: string, id: string): Promise<void> => {
    const data = { procedure, action: 'publish', revision: 0, stage: 'registered', unmet: [{ code: 'wrong-stage', message: 'no' }] };
    const event = { ...anEvent(data), type: 'CommandRefused', ...by(id) };
    const { position } = await installation.store.append('refusals-2026-01', [event], { expected: ANY });
    expect(await installation.processors.waitFor(position, 10_000)).toBe(true);
  };
  const page = (id: string, asked: HistoryQuestion, store = installation.store) =>
    historyPage({ store, database: installation.database }, id, asked, (item) => item);
  const pages = async (id: string, asked: HistoryQuestion): Promise<readonly (readonly HistoryItem[])[]> => {
    const all: (readonly HistoryItem[])[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await page(id, { ...asked, cursor });
      all.push(items);
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    return all;
  };

  it('is the same page by page as at once, in both orders, with and without what was refused', async () => {
    const id = randomUUID();
    for (let index = 0; index < 30; index++) {
      await append(id, amended(`stage${String(index)}`));
      if (index % 4 === 0) await refuse(id, 'an');
    }
    for (const refused of [false, true]) {
      const all = (await page(id, { limit: 200, refused })).items;
      expect(all).toHaveLength(refused ? 38 : 30);
      const events = all.filter(({ type }) => type === 'PartsAmended');
      expect(events.map(({ stageBefore, stageAfter }) => [stageBefore, stageAfter])).toEqual(
        events.map((_, index) => [index === 0 ? null : `stage${String(index - 1)}`, `stage${String(index)}`]),
      );
      expect(all.map(({ position }) => Number(position))).toEqual(all.map(({ position }) => Number(position)).sort((a, b) => a - b));
      for (const limit of [1, 7, 19, 38]) {
        expect((await pages(id, { limit, refused })).flat()).toEqual(all);
        expect((await pages(id, { limit, refused, order: '-revision' })).flat()).toEqual([...all].reverse());
      }
    }
  });

  it('is found by type, person and period, page by page', async () => {
    const id = randomUUID();
    await append(id, amended('registered'));
    await append(id, { ...anEvent({ findings: 'tốt', ...fact, stage: 'reviewed' }), type: 'ProcedureReviewed', ...by('binh') });
    await append(id, amended('reviewed'), { ...amended('reviewed'), ...by('binh') });
    await refuse(id, 'binh');
    const all = (await page(id, { limit: 200, refused: true })).items;
    const positions = async (asked: Partial<HistoryQuestion>): Promise<readonly number[]> =>
      (await pages(id, { limit: 1, refused: true, ...asked }))
        .flat()
        .map(({ position }) => all.findIndex((one) => one.position === position));
    expect(await positions({ types: ['ProcedureReviewed'] })).toEqual([1]);
    expect(await positions({ types: ['CommandRefused', 'PartsAmended'] })).toEqual([0, 2, 3, 4]);
    expect(await positions({ actor: 'binh' })).toEqual([1, 3, 4]);
    expect(await positions({ actor: 'binh', order: '-revision', types: ['PartsAmended', 'ProcedureReviewed'] })).toEqual([3, 1]);
    const moment = new Date(all[2]?.recordedAt ?? '');
    expect(await positions({ from: moment })).toEqual(all.flatMap(({ recordedAt }, at) => (new Date(recordedAt) >= moment ? [at] : [])));
    expect(await positions({ before: moment })).toEqual(all.flatMap(({ recordedAt }, at) => (new Date(recordedAt) < moment ? [at] : [])));
    expect(await positions({ actor: 'nobody' })).toEqual([]);
  });

  it('has pages below 2 MB whatever its events weigh, and leaves none out', async () => {
    const id = randomUUID();
    const large = Array.from({ length: 9 }, (_, index) => amended('registered', 'ộ'.repeat(index % 3 === 2 ? 10 : 340_000)));
    await append(id, ...large);
    for (const order of ['revision', '-revision'] as const) {
      const found = await pages(id, { limit: 200, order });
      for (const items of found) expect(Buffer.byteLength(JSON.stringify({ items, nextCursor: 'x'.repeat(200) }))).toBeLessThan(2_000_000);
      const revisions = found.flat().map(({ revision }) => revision);
      expect(revisions).toEqual(order === 'revision' ? [0, 1, 2, 3, 4, 5, 6, 7, 8] : [8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }
  });

  it('reads no more of the log than a page takes', async () => {
    const id = randomUUID();
    const events = Array.from({ length: 2_000 }, (_, index) => amended('registered', String(index)));
    await installation.store.append(`procedure-${id}`, events, { expected: ANY });
    let read = 0;
    const counting = {
      read: async (...asked: Parameters<EventStore['read']>): Promise<readonly RecordedEvent[]> => {
        const found = await installation.store.read(...asked);
        read += found.length;
        return found;
      },
    } as EventStore;
    const first = await page(id, { limit: 5, order: '-revision' }, counting);
    expect(first.items.map(({ revision }) => revision)).toEqual([1999, 1998, 1997, 1996, 1995]);
    const second = await page(id, { limit: 5, order: '-revision', cursor: first.nextCursor ?? '' }, counting);
    expect(second.items[0]?.revision).toBe(1994);
    expect(read).toBeLessThan(40);
  });

  it('takes no cursor of another order or list, and passes over what another version wrote', async () => {
    const id = randomUUID();
    await append(
      id,
      amended('registered'),
      { ...anEvent({ praise: 'tốt' }), type: 'FromAnotherVersion', metadata: noMetadata },
      amended('reviewed'),
    );
    const { items, nextCursor } = await page(id, { limit: 1 });
    expect(items).toHaveLength(1);
    for (const order of ['revision', '-revision'] as const) {
      const found = (await pages(id, { limit: 1, order }))
        .flat()
        .map(({ revision, stageBefore, stageAfter }) => [revision, stageBefore, stageAfter]);
      const forwards = [[0, null, 'registered'], [1, 'registered', 'registered'], [2, 'registered', 'reviewed']]; // prettier-ignore
      expect(found).toEqual(order === 'revision' ? forwards : forwards.reverse());
    }
    for (const cursor of [nextCursor ?? '', 'x', Buffer.from('["history","-revision","1","-1"]').toString('base64url')])
      await expect(page(id, { limit: 1, order: '-revision', cursor })).rejects.toThrow(InvalidCursor);
  });
});
