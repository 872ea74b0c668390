import { describe, expect, it } from '@jest/globals';
import { authorityPolicies, lifecycleDefinitions } from './initial-definitions.js';
import { actions, levels, places, requirements, roles } from './lifecycle.js';
import type { LifecycleDefinition } from './lifecycle.js';

// The compiler cannot look into JSON files; this does.

const everyAction: readonly string[] = [...actions, 'register', 'amend-parts'];

const targetsOf = ({ transitions, stages }: LifecycleDefinition, stage: string): readonly string[] =>
  transitions
    .filter(({ from }) => (from === 'open' ? stages[stage]?.end !== true : from.includes(stage)))
    .flatMap(({ to, instead }) => [to, ...(instead ? [instead.to] : [])]);

describe.each(lifecycleDefinitions.map((definition) => [definition.id, definition] as const))('The lifecycle %s', (_id, definition) => {
  const { stages, transitions, initial, authority } = definition;
  const names = Object.keys(stages);
  const policy = authorityPolicies.find(({ id, version }) => id === authority.id && version === authority.version);

  it('has a title in both languages for itself and each stage', () => {
    for (const { title } of [definition, ...Object.values(stages)])
      expect([title.vi.trim(), title.en.trim()]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  });

  it('leads from known stages to known stages, by known actions under known conditions', () => {
    for (const { action, from, to, instead, requires, differentFrom } of transitions) {
      expect(everyAction).toContain(action);
      if (from !== 'open') expect(names).toEqual(expect.arrayContaining([...from]));
      for (const target of [to, ...(instead ? [instead.to] : [])]) expect([...names, 'same', 'origin']).toContain(target);
      expect(requirements).toEqual(expect.arrayContaining([...requires]));
      expect(everyAction).toEqual(expect.arrayContaining([...differentFrom]));
    }
  });

  it('offers each action at most once in a stage', () => {
    for (const stage of names) {
      const open = transitions.filter(({ from }) => from === 'open' || from.includes(stage)).map(({ action }) => action);
      expect(open).toEqual([...new Set(open)]);
    }
  });

  it('reaches every stage, and an end from every stage', () => {
    const reach = (start: string): ReadonlySet<string> => {
      const found = new Set([start]);
      for (const stage of found) for (const target of targetsOf(definition, stage)) if (names.includes(target)) found.add(target);
      return found;
    };
    expect([...reach(initial)].sort()).toEqual([...names].sort());
    for (const stage of names) expect([...reach(stage)].some((found) => stages[found]?.end)).toBe(true);
  });

  it('says for each action who may do it, by a rule of the policy that it names', () => {
    for (const { action, authority: rule } of transitions)
      if (action !== 'correct') expect([action, Object.keys(policy?.rules ?? {})]).toEqual([action, expect.arrayContaining([rule])]);
  });
});

describe.each(authorityPolicies.map((policy) => [policy.id, policy] as const))('The authority policy %s', (_id, policy) => {
  it('names roles and places that there are', () => {
    for (const { role, at } of Object.values(policy.rules)) {
      expect(roles).toContain(role);
      expect(places).toContain(at);
    }
  });

  it('has every class, with levels that there are', () => {
    expect(Object.keys(policy.classes).sort()).toEqual(['A', 'B', 'C', 'D', 'public', 'quality']);
    for (const { owners, publisher, approver } of Object.values(policy.classes)) {
      expect(levels).toEqual(expect.arrayContaining([...owners]));
      expect([...levels, null]).toEqual(expect.arrayContaining([publisher, approver]));
    }
  });
});
