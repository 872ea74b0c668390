import { describe, expect, it } from '@jest/globals';
import { correctableIn } from './correctable';

const published = {
  type: 'ProcedurePublished',
  revision: 3,
  data: {
    occurredOn: '2025-11-05',
    stage: 'published',
    decision: { number: '12/QĐ', date: '2025-11-05', signer: 'Nguyễn Văn A', scan: 'ab12' },
    attachments: [{ hash: 'ab12' }],
  },
};
const corrected = (revision: number, changes: object) => ({
  type: 'RecordCorrected',
  revision: 9,
  data: { revision, changes, reason: '…' },
});

describe('what can be corrected of a procedure', () => {
  it('is what its records hold, save what others hang on', () => {
    expect(correctableIn([published])).toEqual([
      {
        type: 'ProcedurePublished',
        revision: 3,
        occurredOn: '2025-11-05',
        values: [
          ['occurredOn', '2025-11-05'],
          ['decision.number', '12/QĐ'],
          ['decision.date', '2025-11-05'],
          ['decision.signer', 'Nguyễn Văn A'],
        ],
      },
    ]);
  });

  it('reads as the newest correction of the same record left it', () => {
    const items = [
      corrected(3, { 'decision.number': '14/QĐ' }),
      corrected(2, { reason: 'x' }),
      corrected(3, { 'decision.number': '13/QĐ' }),
      published,
    ];
    const [record] = correctableIn(items);
    expect(record?.values).toContainEqual(['decision.number', '14/QĐ']);
  });

  it('is no correction, refusal or change of the lifecycle version', () => {
    expect(correctableIn([corrected(0, {}), { type: 'ProcedureMigrated', revision: 4, data: {} }])).toEqual([]);
  });
});
