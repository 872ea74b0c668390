import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import { finding } from './finding.js';
import { authorityPolicies, shippedLifecycles } from './initial-definitions.js';
import { InvalidDefinition, currentVersion, lifecycleVersions } from './lifecycle-versions.js';
import type { LifecycleCommand, LifecycleEvent, LifecycleVersions } from './lifecycle-versions.js';
import { policyVersions, publishedAs } from './policy-versions.js';

const [internal] = shippedLifecycles;
const [standard] = authorityPolicies;
if (!internal || !standard) throw new Error('The fixtures are missing.');
const published: LifecycleEvent = { type: 'LifecyclePublished', data: { definition: internal } };
const draft: LifecycleCommand = { action: 'draft', document: { ...internal, title: { vi: 'mới', en: 'new' }, authority: standard } };
const publish = (version: number, findings: Extract<LifecycleCommand, { action: 'publish' }>['findings'] = []): LifecycleCommand => ({
  action: 'publish', version, findings, authority: { id: 'standard', version: 2 },
}); // prettier-ignore
const retire = (version: number): LifecycleCommand => ({ action: 'retire', version });

function after(...commands: readonly LifecycleCommand[]): LifecycleVersions {
  const { decide, evolve, initial } = lifecycleVersions;
  return commands.reduce((versions, command) => decide(command, versions).reduce(evolve, versions), evolve(initial, published));
}
const codeOf = (command: LifecycleCommand, versions: LifecycleVersions): string => {
  try {
    lifecycleVersions.decide(command, versions);
    return 'accepted';
  } catch (error) {
    if (error instanceof Rejected) return error.unmet[0].code;
    if (error instanceof InvalidDefinition) return 'definition-invalid';
    throw error;
  }
};
const statesOf = (versions: LifecycleVersions): readonly string[] => versions.map(({ version, state }) => `${String(version)} ${state}`);

describe('The versions of a lifecycle', () => {
  it('are as many as can be held in memory, and beyond them published and retired alone', () => {
    const many = (count: number, bytes = 1): LifecycleVersions => [
      ...after(draft, publish(2)),
      ...Array.from({ length: count - 2 }, (_, index) => ({
        version: 3 + index,
        state: 'draft' as const,
        document: { ...internal, version: 3 + index, title: { vi: 'x'.repeat(bytes), en: 'x' } },
        published: null,
      })),
    ];
    expect([codeOf(draft, many(999)), codeOf(draft, many(1_000))]).toEqual(['accepted', 'record-full']);
    expect([codeOf(draft, many(10, 1_000_000)), codeOf(draft, many(20, 1_000_000))]).toEqual(['accepted', 'record-full']);
    expect([codeOf(publish(1_000), many(1_000)), codeOf(retire(1), many(1_000))]).toEqual(['accepted', 'accepted']);
  });

  it('are counted on, whatever number a draft brings along', () => {
    const versions = after(draft, draft);
    expect(statesOf(versions)).toEqual(['1 published', '2 draft', '3 draft']);
    expect(versions[2]?.document).toMatchObject({ version: 3, title: { vi: 'mới' } });
  });

  it('are not in force before they are published, and then name their policy', () => {
    expect(currentVersion(after(draft))?.version).toBe(1);
    const versions = after(draft, publish(2));
    expect(currentVersion(versions)).toMatchObject({ version: 2, authority: { id: 'standard', version: 2 } });
    expect(statesOf(versions)).toEqual(['1 published', '2 published']);
  });

  it('are not published with errors, while warnings stand against nothing', () => {
    const error = finding('dead-end', 'stages.x', 'x', 'x');
    expect(codeOf(publish(2, [error]), after(draft))).toBe('definition-invalid');
    expect(codeOf(publish(2, [finding('never-open', 'transitions.1', 'x', 'x')]), after(draft))).toBe('accepted');
  });

  it('are published with what is hardly right once each kind of it is confirmed, and say so', () => {
    const doubts = ['deadlines.0.days', 'deadlines.1.days'].map((path) => finding('deadline-of-no-days', path, 'x', 'x'));
    const findings = [...doubts, finding('empty-worklist', 'transitions', 'x', 'x'), finding('never-open', 'transitions.1', 'x', 'x')];
    const command = { ...publish(2, findings), confirm: ['deadline-of-no-days'] } as LifecycleCommand;
    expect(codeOf(publish(2, findings), after(draft))).toBe('deadline-of-no-days');
    expect(codeOf(command, after(draft))).toBe('empty-worklist');
    // What is wrong in any case is said first.
    expect(codeOf(publish(2, [...doubts, finding('dead-end', 'stages.x', 'x', 'x')]), after(draft))).toBe('definition-invalid');
    const confirm = ['empty-worklist', 'deadline-of-no-days', 'useless-warning'] as const;
    const confirmed = (found: typeof findings): unknown =>
      lifecycleVersions.decide({ ...publish(2, found), confirm } as LifecycleCommand, after(draft))[0]?.data;
    expect(confirmed(findings)).toMatchObject({ confirmed: ['deadline-of-no-days', 'empty-worklist'] });
    expect(confirmed([])).not.toHaveProperty('confirmed');
  });

  it('are published once, and never behind a newer one', () => {
    expect(codeOf(publish(1), after())).toBe('definition-state');
    expect(codeOf(publish(2), after(draft, retire(2)))).toBe('definition-state');
    expect(codeOf(publish(2), after(draft, draft, publish(3)))).toBe('definition-state');
    expect(codeOf(publish(2), after(draft, draft, publish(3), retire(3)))).toBe('accepted');
  });

  it('are retired, but not the last that new procedures can have, and not twice', () => {
    expect(codeOf(retire(1), after())).toBe('last-definition');
    expect(codeOf(retire(1), after(draft))).toBe('last-definition');
    expect(statesOf(after(draft, publish(2), retire(1)))).toEqual(['1 retired', '2 published']);
    expect(currentVersion(after(draft, publish(2), retire(2)))?.version).toBe(1);
    expect(codeOf(retire(2), after(draft, retire(2)))).toBe('definition-state');
  });

  it('pass over what another version of the product wrote', () => {
    const versions = after(draft);
    expect(lifecycleVersions.evolve(versions, { type: 'LifecyclePraised', data: {} } as unknown as LifecycleEvent)).toEqual(versions);
  });
});

describe('The versions of a policy', () => {
  it('get a number only for rules that say something new', () => {
    const { version, ...written } = standard;
    expect(policyVersions.decide(written, [standard])).toEqual([]);
    expect(publishedAs(written, [standard])?.version).toBe(version);
    const changed = { ...written, rules: { ...written.rules, publish: { role: 'authority', at: 'approver' } } } as const;
    expect(policyVersions.decide(changed, [standard])).toMatchObject([{ data: { policy: { id: 'standard', version: 2 } } }]);
  });
});
