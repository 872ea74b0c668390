import { describe, expect, it } from '@jest/globals';
import { actsOf, allowedIn, outcomesOf } from './preview';

const piece = (key: string) => ({ key, id: key, title: key, revision: 0, actingFor: null });

describe('What would come of doing the same with several', () => {
  const prospects = [
    { piece: piece('a'), unmet: ['same-person', 'parts-missing'] },
    { piece: piece('b'), unmet: [] },
    { piece: piece('c'), unmet: ['wrong-stage'] },
    { piece: piece('d'), unmet: ['wrong-stage'] },
  ];

  it('is told by the first thing that stands against each, what can be done first', () => {
    expect(outcomesOf(prospects).map(({ code, pieces }) => [code, pieces.map(({ key }) => key).join('')])).toEqual([
      [null, 'b'],
      ['wrong-stage', 'cd'],
      ['same-person', 'a'],
    ]);
    expect(allowedIn(prospects)).toEqual([piece('b')]);
  });

  it('is offered for what any of them allows, what moves them on and what most allow first', () => {
    const claim = [{ action: 'claim' }];
    const works = [
      { actions: ['review'], claiming: claim },
      { actions: ['propose'], claiming: claim },
      { actions: ['propose'], claiming: claim },
    ];
    expect(actsOf(works)).toEqual([
      { act: 'propose', number: 2 },
      { act: 'review', number: 1 },
      { act: 'claim', number: 3 },
    ]);
  });
});
