import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WorkingDays, everyDay, initialCalendars } from '#workflow';
import { punctualityOf } from './punctuality.js';
import type { Publication } from './punctuality.js';

const [vn] = initialCalendars;
if (!vn) throw new Error('There is no calendar.');
const working = new WorkingDays(vn);
const today = '2026-11-25';
const publication = (dates: Partial<Publication>): Publication => ({
  ...{ signedOn: '2026-03-02', effectiveOn: '2026-03-30', disclosedOn: null, ended: false },
  ...dates,
});

describe('A publication', () => {
  // By hand, from the calendar of 2026: Tết from 16 to 20 February, Hùng Kings on 26 April with Monday 27 off, 30 April and 1 May.
  it.each([
    ['signed on a Monday, takes effect on the 20th working day after it', '2026-03-02', '2026-03-30', 20, 'met', '2026-03-30'],
    ['takes effect a day before that', '2026-03-02', '2026-03-29', 20, 'late', '2026-03-30'],
    ['signed before Tết, counts none of its days', '2026-02-13', '2026-02-26', 5, 'late', '2026-02-27'],
    ['signed on a Saturday, counts from Monday on', '2026-03-07', '2026-03-13', 5, 'met', '2026-03-13'],
    ['signed before the holidays of spring, counts none of them', '2026-04-24', '2026-05-06', 5, 'met', '2026-05-06'],
    ['has no limit to keep with 0 days', '2026-03-07', '2026-03-07', 0, 'met', '2026-03-07'],
  ] as const)('%s', (_what, signedOn, effectiveOn, days, state, limitOn) => {
    const fact = punctualityOf(publication({ signedOn, effectiveOn }), { measure: 'signedBeforeEffect', days }, working, today);
    expect(fact).toEqual({ state, limitOn, on: effectiveOn });
  });

  it.each([
    ['is disclosed on the last day', '2026-03-09', '2026-03-01', false, { state: 'met', limitOn: '2026-03-09', on: '2026-03-09' }],
    ['is disclosed a day later', '2026-03-10', '2026-03-01', false, { state: 'late', limitOn: '2026-03-09', on: '2026-03-10' }],
    ['is not disclosed, with time left', null, '2026-03-09', false, { state: 'open', limitOn: '2026-03-09', on: null }],
    ['is not disclosed, and it is too late', null, '2026-03-10', false, { state: 'late', limitOn: '2026-03-09', on: null }],
    ['was never disclosed before it ended', null, '2026-03-10', true, null],
    ['was disclosed late before it ended', '2026-03-10', '2026-03-10', true, { state: 'late', limitOn: '2026-03-09', on: '2026-03-10' }],
  ] as const)('%s', (_what, disclosedOn, on, ended, fact) => {
    const limit = { measure: 'disclosedAfterSigning', days: 5 } as const;
    expect(punctualityOf(publication({ disclosedOn, ended }), limit, working, on)).toEqual(fact);
  });

  it('is neither on time nor late where no calendar covers it', () => {
    const limit = { measure: 'signedBeforeEffect', days: 5 } as const;
    const unknown = { state: 'unknown', limitOn: null, on: '2026-03-30' };
    expect(punctualityOf(publication({}), limit, null, today)).toEqual(unknown);
    expect(punctualityOf(publication({ signedOn: '1999-01-01' }), limit, working, today)).toEqual(unknown);
  });

  it('is on time by one date, and by every later effect and earlier disclosure', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => everyDay.after('2026-01-01', days));
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 30 }), (signedOn, other, days) => {
        const effect = punctualityOf(
          publication({ signedOn, effectiveOn: other }),
          { measure: 'signedBeforeEffect', days },
          working,
          today,
        );
        const told = punctualityOf(
          publication({ signedOn, disclosedOn: other }),
          { measure: 'disclosedAfterSigning', days },
          working,
          today,
        );
        const [least, most] = [effect?.limitOn ?? '', told?.limitOn ?? ''];
        expect(least).toBe(most);
        expect(effect?.state).toBe(other >= least ? 'met' : 'late');
        expect(told?.state).toBe(other <= most ? 'met' : 'late');
        if (days > 0) expect(working.between(signedOn, least)).toBe(days);
      }),
    );
  });
});
