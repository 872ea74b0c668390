import { describe, expect, it } from '@jest/globals';
import { lifecycleDefinitions } from './initial-definitions.js';
import { lifecycleDiagram } from './lifecycle-diagram.js';

const [internal] = lifecycleDefinitions;
if (!internal) throw new Error('The fixture is missing.');

describe('The diagram of a lifecycle', () => {
  it('shows stages by their titles and where actions lead, in both languages', () => {
    const vietnamese = lifecycleDiagram(internal).split('\n');
    expect(vietnamese[0]).toBe('stateDiagram-v2');
    expect(vietnamese).toEqual(
      expect.arrayContaining([
        '  state "đã đăng ký" as registered',
        '  [*] --> registered',
        '  registered --> reviewed : rà soát',
        '  optionProposed --> published : kiểm soát chất lượng (không đạt)',
        '  abolished --> [*]',
        '  %% tạm dừng, tiếp tục, đính chính',
      ]),
    );
    expect(lifecycleDiagram(internal, 'en')).toContain('  optionApproved --> abolished : implement option (option abolishes)\n');
  });

  it('cannot be broken by a title or a name', () => {
    const stages = { end: { title: { vi: 'a"\nb; #', en: '' } } };
    const lines = lifecycleDiagram({ ...internal, initial: 'end', stages, transitions: [] }).split('\n');
    expect(lines[1]).toBe('  state "a#34; b#59; #35;" as end_');
    expect(lifecycleDiagram({ ...internal, initial: 'end', stages, transitions: [] }, 'en')).toContain('state "end" as end_');
  });
});
