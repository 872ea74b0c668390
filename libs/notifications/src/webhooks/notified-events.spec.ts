import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { isNotified, noticeOf, webhookEventTypes } from './notified-events.js';

const open = {
  procedure: 'b0c8f4de-2f0f-4a3e-9b5d-6f1d1c7e9a41',
  kind: 'internal',
  group: 'D',
  owningUnit: 'a-unit',
  code: '1.001',
} as const;
const recorded = (type: string, stream: string, data: object): RecordedEvent => ({
  ...anEvent(data),
  ...{ type, stream, revision: 3, position: 12n, recordedAt: '2026-11-25T01:02:03.004Z' },
});

/** Every text in a value, with those in lists and objects. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('A notice', () => {
  it('says what happened to which procedure, by ids and facts', () => {
    const event = recorded('ProcedurePublished', `procedure-${open.procedure}`, { stage: 'published', occurredOn: '2026-11-25' });
    expect(JSON.parse(noticeOf(event, open))).toEqual({
      type: 'ProcedurePublished',
      timestamp: '2026-11-25T01:02:03.004Z',
      data: { ...open, revision: 3, position: '12', stage: 'published' },
    });
  });

  const golden = readdirSync('libs/procedures/src/golden').map((file) => {
    const { type, data } = (
      JSON.parse(readFileSync(`libs/procedures/src/golden/${file}`, 'utf8')) as { event: { type: string; data: object } }
    ).event;
    return [type, data] as const;
  });
  it.each(golden)('of %s tells no text that stands in the event', (type, data) => {
    expect(isNotified({ type })).toBe(true);
    const { stage, optionId, ...rest } = data as { stage: string; optionId?: string };
    const notice = noticeOf(recorded(type, `procedure-${open.procedure}`, data), open);
    const told = textsIn(JSON.parse(notice));
    expect(told).toContain(stage);
    if (optionId !== undefined) expect(told).toContain(optionId);
    const known: readonly string[] = Object.values(open);
    expect(textsIn(rest).filter((text) => told.includes(text) && !known.includes(text))).toEqual([]);
  });

  it('of a question to units tells neither question nor answer', () => {
    const texts = { question: 'câu hỏi', answer: 'trả lời', description: 'vướng mắc', reason: 'lý do' };
    for (const type of ['ConsultationOpened', 'ObstacleRaised', 'InquiryAnswered', 'InquiryClosed'] as const) {
      const notice = noticeOf(recorded(type, 'inquiry-an-inquiry', { ...texts, procedure: 'x', units: ['one'] }), open);
      expect(JSON.parse(notice)).toMatchObject({ type, data: { procedure: open.procedure, inquiry: 'an-inquiry' } });
      for (const text of Object.values(texts)) expect(notice).not.toContain(text);
    }
  });

  it('is there for nothing that nobody has decided to tell', () => {
    expect(webhookEventTypes.filter((type) => !isNotified({ type }))).toEqual([]);
    for (const type of ['PersonRegistered', 'SomethingNew', 'toString', '__proto__']) expect(isNotified({ type })).toBe(false);
  });
});
