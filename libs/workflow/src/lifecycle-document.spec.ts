import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { authorityPolicies, lifecycleDefinitions } from './initial-definitions.js';
import { sameRules, shapeErrors } from './lifecycle-document.js';
import { lifecycleSchema } from './lifecycle-schema.js';

const [internal] = lifecycleDefinitions;
const [standard] = authorityPolicies;
if (!internal || !standard) throw new Error('The fixtures are missing.');

describe('The document of a lifecycle', () => {
  it('is described by the schema that docs/lifecycle.schema.json has', () => {
    expect(JSON.parse(readFileSync('docs/lifecycle.schema.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(lifecycleSchema)));
  });

  it.each(lifecycleDefinitions.map((definition) => [definition.id, definition] as const))(
    'fits for %s, with the policy in it or named',
    (_id, definition) => {
      expect(shapeErrors(definition)).toEqual([]);
      expect(shapeErrors({ ...definition, authority: standard })).toEqual([]);
    },
  );

  it.each([
    ['no object', [], ''],
    ['an unknown field', { ...internal, colour: 'red' }, 'colour'],
    ['an unknown field of a transition', { ...internal, transitions: [{ ...internal.transitions[0], colour: 'red' }] }, 'transitions.0.colour'],
    ['no transitions', { ...internal, transitions: undefined }, 'transitions'],
    ['a field that a transition lacks', { ...internal, transitions: [{ action: 'review' }] }, 'transitions.0.from'],
    ['a stage called origin', { ...internal, stages: { ...internal.stages, origin: { title: {} } } }, 'stages.origin'],
    ['a stage whose name is no word', { ...internal, stages: { 'a/b': { title: {} } } }, 'stages.a/b'],
    ['a role that there is not', { ...internal, authority: { ...standard, rules: { publish: { role: 'king', at: 'publisher' } } } }, 'authority.rules.publish.role'],
    ['classes without rules', { ...internal, authority: { id: 'standard', classes: standard.classes } }, 'authority.rules'],
    ['neither version nor rules of the authority', { ...internal, authority: { id: 'standard' } }, 'authority.version'],
    ['a title beyond reason', { ...internal, title: { vi: 'x'.repeat(201), en: 'x' } }, 'title.vi'],
    ['too many stages', { ...internal, stages: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`s${String(index)}`, { title: {} }])) }, 'stages'],
    ['a deadline of an action and a stage', { ...internal, deadlines: [{ action: 'review', stage: 'reviewed', days: 1, counting: 'calendar' }] }, 'deadlines.0'],
    ['a deadline of half a day', { ...internal, deadlines: [{ action: 'review', days: 0.5, counting: 'calendar' }] }, 'deadlines.0.days'],
  ])('does not fit with %s', (_what, document, path) => {
    expect(shapeErrors(JSON.parse(JSON.stringify(document))).map((error) => error.path)).toContain(path);
  }); // prettier-ignore

  it('names at most a hundred of its errors', () => {
    const transitions = Array.from({ length: 5_000 }, () => ({ colour: 'red' }));
    expect(shapeErrors({ ...internal, transitions }).length).toBeLessThanOrEqual(100);
  });

  it('has the same rules whatever their order and version', () => {
    const reversed = { id: 'standard', rules: Object.fromEntries(Object.entries(standard.rules).reverse()), classes: standard.classes };
    expect(sameRules(reversed, standard)).toBe(true);
    expect(sameRules({ ...reversed, rules: {} }, standard)).toBe(false);
  });
});
