import { describe, expect, it } from '@jest/globals';
import type { ProcedureEvent } from './events.js';
import { evolve, fold } from './evolve.js';
import { procedure } from './procedure.js';

const fact = { occurredOn: '2026-01-05', stage: 'registered' };
const registered: ProcedureEvent = {
  type: 'ProcedureRegistered',
  data: {
    ...{ title: 'Thủ tục', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: 's', parts: { steps: 'Nộp' } },
    ...{ definition: { id: 'internal', version: 1 }, ...fact },
  },
};
const amended = (steps: string): ProcedureEvent => ({ type: 'PartsAmended', data: { parts: { steps }, ...fact } });
const corrected = (revision: number, changes: Readonly<Record<string, unknown>>): ProcedureEvent => ({
  type: 'RecordCorrected',
  data: { revision, changes, reason: 'Gõ nhầm', ...fact },
});

/** The event, and how often its data are looked at. */
function counting(events: readonly ProcedureEvent[]): { readonly events: readonly ProcedureEvent[]; readonly looks: () => number } {
  let looks = 0;
  const counted = events.map(({ type, data }) =>
    Object.defineProperty({ type }, 'data', { enumerable: true, get: () => (looks++, data) }),
  ) as ProcedureEvent[];
  return { events: counted, looks: () => looks };
}

describe('Folding the events of a procedure', () => {
  it('looks at each event a few times, however many of them are corrections', () => {
    const changes = Array.from({ length: 500 }, (_, index) => amended(`Bước ${String(index)}`));
    const corrections = changes.map((_, index) => corrected(index + 1, { 'parts.steps': `Bước đúng ${String(index)}` }));
    const { events, looks } = counting([registered, ...changes, ...corrections]);
    const state = fold(procedure.initial, events);
    expect(state).toMatchObject({ parts: { steps: 'Bước đúng 499' }, stage: 'registered' });
    expect(looks()).toBeLessThan(10 * events.length);
  });

  it('leads to the same at once as one by one, and leaves the events as they were stored', () => {
    const dossier = { documents: ['Đơn', 'Bản sao'], sets: 1 };
    const events = [
      registered,
      { type: 'PartsAmended', data: { parts: { dossier }, ...fact } } satisfies ProcedureEvent,
      corrected(1, { 'parts.dossier.documents.1': 'Bản chụp' }),
      amended('Nộp, trả kết quả'),
      corrected(1, { 'parts.dossier': { documents: ['Tờ khai', 'Bản sao'], sets: 2 } }),
      corrected(1, { 'parts.dossier.documents.0': 'Tờ trình', 'parts.dossier.documents.length': 0, 'parts.form': 'Mẫu' }),
      corrected(99, { title: 'Không có' }),
      corrected(0, { title: 'Thủ tục đúng' }),
    ];
    const stored = structuredClone(events);
    const state = fold(procedure.initial, events);
    expect(state).toEqual(events.reduce((before, event) => evolve(before, event), procedure.initial));
    expect(state).toMatchObject({
      title: 'Thủ tục đúng',
      parts: { steps: 'Nộp, trả kết quả', dossier: { documents: ['Tờ trình', 'Bản sao'], sets: 2 } },
    });
    expect(state).not.toHaveProperty('parts.form');
    expect(events).toEqual(stored);
  });
});
