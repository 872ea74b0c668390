import { describe, it } from '@jest/globals';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { publications } from './publications.js';

const given = projectionSpecification(publications);

const said = (type: string, data: object): GivenEvent => ({
  stream: 'procedure-11111111-0000-4000-8000-000000000001',
  type,
  data: { ...data, occurredOn: '2025-01-02', stage: 'published' },
});
const decision = { number: '2', date: '2025-01-02', effectiveDate: '2025-02-02', signer: 'A' };
const published = said('ProcedurePublished', { decision });
const disclosed = (date: string): GivenEvent => said('ProcedureDisclosed', { date, office: 'Một cửa' });
const corrected = (revision: number, changes: object): GivenEvent => said('RecordCorrected', { revision, changes, reason: 'gõ nhầm' });

describe('Publications', () => {
  it('keep the date of the first disclosure, and every publication of a procedure', () => {
    given(published, disclosed('2025-01-20'), disclosed('2025-01-25'), published).then({
      publications: [
        { revision: 0, signed_on: '2025-01-02', effective_on: '2025-02-02', disclosed_on: '2025-01-20', superseded: true },
        { revision: 3, signed_on: '2025-01-02', effective_on: '2025-02-02', disclosed_on: null, superseded: false },
      ],
    });
  });

  it('are disclosed on the first of the days, in whichever order they are entered, and as each reads after corrections', () => {
    const both = [published, disclosed('2025-01-20'), disclosed('2025-01-08')];
    given(...both).then({ publications: [{ disclosed_on: '2025-01-08' }], past: [{ disclosed_on: null }, { disclosed_on: '2025-01-20' }, { disclosed_on: '2025-01-08' }] });
    given(...both, corrected(2, { date: '2025-01-28' })).then({ publications: [{ disclosed_on: '2025-01-20' }] });
    given(...both, corrected(1, { date: '2025-01-07' })).then({ publications: [{ disclosed_on: '2025-01-07' }] });
    given(published, disclosed('2025-01-08'), disclosed('2025-01-20'), corrected(2, { date: '2025-01-06' })).then({ publications: [{ disclosed_on: '2025-01-06' }] });
  }); // prettier-ignore

  it('have nothing to keep of a further office that changes no day', () => {
    given(published, disclosed('2025-01-08'), disclosed('2025-01-20')).then({ past: [{ disclosed_on: null }, { disclosed_on: '2025-01-08' }] });
  }); // prettier-ignore

  it('are kept as each of them stood, also of one that was published again since', () => {
    given(published, published, corrected(0, { 'decision.date': '2025-01-03' })).then({
      past: [
        { published: 0, revision: 0, signed_on: '2025-01-02' },
        { published: 1, revision: 1, signed_on: '2025-01-02' },
        { published: 0, revision: 2, signed_on: '2025-01-03' },
      ],
    });
  });

  it('read as they do after corrections, of one date or of the whole decision', () => {
    const dates = corrected(0, { 'decision.date': '2025-01-03' });
    given(published, disclosed('2025-01-20'), dates, corrected(1, { date: '2025-01-10' })).then({
      publications: [{ signed_on: '2025-01-03', effective_on: '2025-02-02', disclosed_on: '2025-01-10' }],
    });
    given(published, corrected(0, { decision: { ...decision, date: '2025-01-04' } }), corrected(7, { 'decision.date': '2025-01-05' })).then(
      {
        publications: [{ signed_on: '2025-01-04', effective_on: '2025-02-02' }],
      },
    );
  });
});
