import { describe, expect, it } from '@jest/globals';
import { closedBecause, questionsIn, taskFor } from './questions';
import type { Task } from './questions';

const task = (id: string, unit: string, allowed: Task['allowed'] = []): Task => ({
  ...{ id, unit, allowed, kind: 'consultation', state: 'open', classification: 'none', procedure: 'p', title: 'Thủ tục', by: 'service' },
  ...{ question: 'Bỏ được không?', dueOn: null, answer: null, askedAt: '', answeredAt: null, remindedAt: null, closeReason: null },
  actingFor: null,
});
const reminding = (...unmet: readonly string[]): Task['allowed'] => [{ action: 'remind', unmet: [...unmet] }];

describe('A question to several units', () => {
  it('is one question, with what each of them says', () => {
    const questions = questionsIn([task('a', 'one'), task('a', 'two'), task('b', 'one')]);
    expect(questions.map(({ about, tasks }) => [about.id, tasks.map(({ unit }) => unit)])).toEqual([
      ['a', ['one', 'two']],
      ['b', ['one']],
    ]);
  });

  it('can be reminded of by whoever may, through any unit that is waited for', () => {
    const [question] = questionsIn([task('a', 'one'), task('a', 'two', reminding())]);
    if (!question) throw new Error('There is one.');
    expect(taskFor('remind', question)?.unit).toBe('two');
    expect(taskFor('close', question)).toBeUndefined();
    expect(closedBecause('remind', question)).toEqual([]);
  });

  it('says why not to whoever asks, and nothing to others', () => {
    const because = (...unmet: readonly string[]): readonly string[] =>
      questionsIn([task('a', 'one', reminding(...unmet))]).flatMap((question) => closedBecause('remind', question));
    expect(because('already-reminded')).toEqual(['already-reminded']);
    expect(because('not-authorised', 'already-reminded')).toEqual([]);
  });
});
