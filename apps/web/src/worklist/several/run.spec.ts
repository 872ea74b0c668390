import { describe, expect, it } from '@jest/globals';
import { afterItem, begun, countOf, isOver, nextOf, readRun } from './run';

const piece = (key: string) => ({ key, id: key, title: `Việc ${key}`, revision: 2, actingFor: null });
let made = 0;
const run = begun('actions/publish', { decision: { number: '1' } }, ['a', 'b', 'c'].map(piece), () => `command-${String(++made)}`);

describe('Doing the same with several', () => {
  it('goes through them one after the other, each with a command of its own', () => {
    const first = nextOf(run);
    expect(first).toMatchObject({ key: 'a', result: 'waiting' });
    expect(new Set(run.items.map(({ command }) => command)).size).toBe(3);
    expect(nextOf(afterItem(run, first?.command ?? ''))).toMatchObject({ key: 'b' });
  });

  it('goes on after one that failed, and keeps why', () => {
    const [a, b, c] = run.items.map(({ command }) => command);
    const over = afterItem(afterItem(afterItem(run, a ?? ''), b ?? '', 'chưa đến bước này'), c ?? '');
    expect([isOver(over), countOf(over, 'done'), countOf(over, 'failed')]).toEqual([true, 2, 1]);
    expect(over.items.find(({ result }) => result === 'failed')).toMatchObject({ key: 'b', why: 'chưa đến bước này' });
  });

  it('is found again after a reload with the same commands, and waits', () => {
    const kept = JSON.stringify(afterItem(run, run.items[0]?.command ?? ''));
    const found = readRun(kept);
    expect(found?.isGoing).toBe(false);
    expect(found && nextOf(found)?.command).toBe(run.items[1]?.command);
    for (const text of [null, '', '{', '[]', '{"path":1}', 'null']) expect(readRun(text)).toBeNull();
  });
});
