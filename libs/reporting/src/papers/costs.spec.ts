import { describe, expect, it } from '@jest/globals';
import { procedure } from '#procedures';
import type { Cost, ProcedureEvent } from '#procedures';
import { UnitTree } from '#workflow';
import { costForm } from './cost-form.js';
import type { Block } from './laid-paper.js';
import { paperProcedure } from './paper-facts.js';
import type { PaperFacts } from './paper-facts.js';
import { reviewForm } from './review-form.js';

const at = (stage: string) => ({ occurredOn: '2026-01-05', stage });
/** 10.5 hours at 31,111 đồng and the fee, 1,200 times a year by ten. */
const cost = (fee: number): Cost => ({ hourlyWage: 31_111, lines: [{ label: 'Hồ sơ', hours: '10.5', fee, service: 0 }], timesPerYear: 1_200, subjectsPerYear: 10 }); // prettier-ignore
const year = (fee: number): number => (326_665.5 + fee) * 12_000;
const registered: ProcedureEvent = {
  type: 'ProcedureRegistered',
  data: {
    ...{ title: 'Thủ tục', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: 's', parts: {} },
    ...{ definition: { id: 'internal', version: 1 }, ...at('registered') },
  },
};
const reviewed = (complianceCost?: Cost): ProcedureEvent => ({
  type: 'ProcedureReviewed',
  data: { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Cần', ...(complianceCost && { complianceCost }), ...at('reviewed') },
}); // prettier-ignore
const measured = (of: Cost, once: number): ProcedureEvent => ({
  type: 'CostMeasured',
  data: { cost: of, figures: { once, year: once * 12_000 }, evidence: { title: 'Khảo sát', date: '2026-01-04' }, ...at('published') },
});
const proposed: ProcedureEvent = {
  type: 'OptionProposed',
  data: {
    ...{ optionId: 'o', by: [], option: { type: 'cutFee', content: 'Giảm phí', reason: 'Cao', documentsToAmend: [], before: cost(50_000), after: cost(10_000) } },
    saving: { before: { once: 376_666, year: year(50_000) }, after: { once: 336_666, year: year(10_000) }, saving: 480_000_000, cutPercent: '10.62' },
    ...at('optionProposed'),
  },
}; // prettier-ignore
const implemented: ProcedureEvent = {
  type: 'ProcedureSimplified',
  data: {
    optionId: 'o',
    document: { title: 'Thông tư', number: '3/TT', date: '2026-01-04', effectiveDate: '2026-02-01' },
    ...at('simplified'),
  },
};

function factsAfter(...events: readonly ProcedureEvent[]): PaperFacts {
  const state = procedure.fold?.(procedure.initial, [registered, ...events]);
  if (!state || state.phase === 'unregistered') throw new Error('It is not registered.');
  const procedures = [paperProcedure('p', state, new UnitTree([]), { isSinceReview: true })];
  return { procedures, publisher: null, approver: null, owner: null, asOf: { position: '1', at: '2026-01-05T00:00:00.000Z' } };
}

const textOf = (block: Block): string =>
  block.kind === 'paragraph' ? block.runs.map(({ text }) => text).join('') : block.rows.map(({ cells }) => cells.join('|')).join('\n');
function filledIn(form: typeof costForm, name: string, facts: PaperFacts): string {
  const placeholder = form.placeholders[name];
  return placeholder && 'blocks' in placeholder ? placeholder.blocks(facts).map(textOf).join('\n') : '';
}
const reviewFormAfter = (...events: readonly ProcedureEvent[]): string => filledIn(reviewForm, 'reviews', factsAfter(...events));
const costFormAfter = (...events: readonly ProcedureEvent[]): string => filledIn(costForm, 'costs', factsAfter(...events));

describe('What the forms say that a procedure costs', () => {
  it('is what the review reckons, added up, with figures in groups of three', () => {
    const form = costFormAfter(reviewed(cost(20_000)));
    expect(form).toContain('1|Hồ sơ|10,5|20.000|0|346.665,5|1.200|10');
    expect(form).toContain('|Tổng chi phí một lần||||346.666||\n|Tổng chi phí một năm||||4.159.986.000||');
    expect(reviewFormAfter(reviewed(cost(20_000)))).toContain('một năm: 4.159.986.000 đồng');
  });

  it('is what was said last, whether it was reviewed or measured', () => {
    const measurement = measured(cost(0), 326_666);
    for (const form of [costFormAfter, reviewFormAfter]) {
      expect(form(reviewed(cost(20_000)), measurement)).toContain('3.919.992.000');
      expect(form(measurement, reviewed(cost(20_000)))).toContain('4.159.986.000');
      expect(form(measurement, reviewed())).toContain('3.919.992.000');
    }
  });

  it('is what the option reckons with in both forms, until the procedure is reviewed anew', () => {
    const cycle = [reviewed(cost(20_000)), proposed, implemented];
    for (const form of [costFormAfter, reviewFormAfter]) {
      expect(form(...cycle)).toContain('4.519.986.000');
      expect(form(...cycle, reviewed(cost(10_000)))).toContain('4.039.986.000');
      expect(form(...cycle, reviewed(cost(10_000)))).not.toContain('4.519.986.000');
    }
  });

  it('is blank where nobody says', () => {
    expect(costFormAfter(reviewed())).toContain('|Tổng chi phí một năm||||……||');
    expect(reviewFormAfter(reviewed())).toContain('một năm: …… đồng');
  });
});
