import { describe, expect, it } from '@jest/globals';
import { cycleTimesOf } from './lengths.js';

const of = (stage: string, ...days: readonly (number | null)[]) =>
  days.map((one) => ({ kind: 'internal', group: 'D', stage, days: one, count: 1 }));

describe('Cycle times', () => {
  it('are the median and what nine of ten took', () => {
    expect(cycleTimesOf(of('reviewed', 1, 2, 3, 4, 5, 6, 7, 8, 9, 100))).toMatchObject([{ count: 10, median: 5.5, p90: 9, unknown: 0 }]);
    expect(cycleTimesOf(of('reviewed', 7, 3, 5))).toMatchObject([{ median: 5, p90: 7 }]);
    expect(cycleTimesOf([{ kind: 'public', group: null, stage: 'a', days: 2, count: 1_000_000 }])).toMatchObject([{ median: 2, p90: 2, count: 1_000_000 }]);
  }); // prettier-ignore

  it('say how many no calendar covers, and nothing else of them', () => {
    expect(cycleTimesOf(of('reviewed', null, 4))).toMatchObject([{ count: 2, unknown: 1, median: 4, p90: 4 }]);
    expect(cycleTimesOf(of('reviewed', null))).toMatchObject([
      { count: 1, unknown: 1, median: null, p90: null, share: null, bottleneck: false },
    ]);
  });

  it('find the stage that most of the days went into', () => {
    expect(cycleTimesOf([...of('reviewed', 1, 1), ...of('proposed', 3, 1)])).toMatchObject([
      { stage: 'reviewed', share: '33.33', bottleneck: false },
      { stage: 'proposed', share: '66.67', bottleneck: true },
    ]);
    expect(cycleTimesOf([...of('reviewed', 1, 1, 2), ...of('proposed', 4)]).map(({ bottleneck }) => bottleneck)).toEqual([false, true]);
    expect(cycleTimesOf(of('reviewed', 0))).toMatchObject([{ share: null, bottleneck: false }]);
  });
});
