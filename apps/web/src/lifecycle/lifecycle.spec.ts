import { describe, expect, it } from '@jest/globals';
import { anyOpen, readLifecycle, staysOf, stepsFrom, stepsOf } from './lifecycle';
import { wayOf } from './way';

const step = (action: string, from: readonly string[] | 'open', to: string, more: object = {}): object => ({ action, from, to, ...more });
const definition = {
  initial: 'registered',
  stages: {
    registered: { title: { vi: 'đã đăng ký', en: 'registered' } },
    published: { title: { vi: 'đã công bố', en: 'published' } },
    optionProposed: { title: { vi: 'đã đề xuất', en: 'option proposed' } },
    abolished: { title: { vi: 'đã bãi bỏ', en: 'abolished' }, end: true },
  },
  transitions: [
    step('register', [], 'registered'),
    step('amend-parts', ['registered'], 'same'),
    step('withdraw', ['registered'], 'abolished'),
    step('publish', ['registered'], 'published', { worklist: true }),
    step('propose-option', ['published'], 'optionProposed', { worklist: true }),
    step('check-quality', ['optionProposed'], 'published', { instead: { when: 'check-failed', to: 'origin' } }),
    step('abolish', 'open', 'abolished'),
    step('suspend', 'open', 'same'),
  ],
};

describe('A lifecycle', () => {
  const lifecycle = readLifecycle(definition);

  it('leads from stage to stage, back to where an option came from too', () => {
    const steps = stepsOf(lifecycle).map(({ action, from, to, when }) => [action, from, to, when]);
    expect(steps).toEqual([
      ['withdraw', 'registered', 'abolished', null],
      ['publish', 'registered', 'published', null],
      ['propose-option', 'published', 'optionProposed', null],
      ['check-quality', 'optionProposed', 'published', null],
      ['check-quality', 'optionProposed', 'published', 'check-failed'],
      ['abolish', anyOpen, 'abolished', null],
    ]);
  });

  it('tells what stays in its stage', () => {
    expect(staysOf(lifecycle).get('registered')).toEqual(['amend-parts']);
    expect(staysOf(lifecycle).get(anyOpen)).toEqual(['suspend']);
  });

  it('says what is next, first what moves the work on, and nothing after an end', () => {
    expect(stepsFrom(lifecycle, 'registered').map(({ action }) => action)).toEqual(['publish', 'withdraw', 'abolish']);
    expect(stepsFrom(lifecycle, 'abolished')).toEqual([]);
  });

  it('is read as far as it can be while it is being written', () => {
    expect(
      stepsOf(readLifecycle({ ...definition, transitions: [null, { action: 'publish' }, step('publish', ['nowhere'], 'published')] })),
    ).toEqual([]);
    for (const nonsense of [null, 3, [], 'x', { stages: [], transitions: {} }])
      expect(readLifecycle(nonsense)).toEqual({ initial: null, stages: [], ways: [] });
  });
});

describe('The way of a procedure', () => {
  const record = (revision: number, stageBefore: string | null, stageAfter: string) => ({
    ...{ revision, stageBefore, stageAfter, type: `by${String(revision)}`, recordedAt: '2025-03-05T01:00:00Z', data: {} },
  });

  it('holds the stages it came to until then, the first one first', () => {
    const records = [
      record(3, 'published', 'abolished'),
      record(2, 'registered', 'published'),
      record(1, 'registered', 'registered'),
      record(0, null, 'registered'),
    ];
    expect(wayOf(records, 2)).toEqual([
      { stage: 'registered', at: '2025-03-05T01:00:00Z', by: 'by0' },
      { stage: 'published', at: '2025-03-05T01:00:00Z', by: 'by2' },
    ]);
  });

  it('says on which day it came there, as it reads after corrections, not when that was recorded', () => {
    const correction = (revision: number, changes: object) => ({
      ...{ ...record(revision, 'published', 'published'), type: 'RecordCorrected', data: { revision: 1, changes } },
    });
    const records = [
      correction(4, { 'decision.number': '2/QĐ' }),
      correction(3, { occurredOn: '2022-12-07' }),
      correction(2, { occurredOn: '2022-12-06' }),
      { ...record(1, 'registered', 'published'), data: { occurredOn: '2022-12-05' } },
      { ...record(0, null, 'registered'), data: { occurredOn: '2022-10-05' } },
    ];
    const daysAt = (revision: number): readonly string[] => wayOf(records, revision).map(({ at }) => at);
    expect(daysAt(1)).toEqual(['2022-10-05', '2022-12-05']);
    expect(daysAt(2)).toEqual(['2022-10-05', '2022-12-06']);
    expect(daysAt(4)).toEqual(['2022-10-05', '2022-12-07']);
  });
});
