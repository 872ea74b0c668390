import { groups, kinds, levels, places, punctualityMeasures, requirements, roles } from './lifecycle.js';

const name = { type: 'string', pattern: '^[a-z][a-zA-Z0-9]{0,49}$' } as const;
/** Words that stand for stages in transitions, so that no stage can have them as its name. */
const stageName = { ...name, not: { enum: ['same', 'origin', 'open'] } } as const;
const action = { type: 'string', pattern: '^[a-z][a-z-]{0,39}$', examples: ['review', 'propose-option'] } as const;
const rule = { type: 'string', pattern: '^[a-z][a-z-]{0,39}(:[a-z][a-z-]{0,39})?$', examples: ['publish', 'return:option'] } as const;
const identifier = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,49}$' } as const;
const days = { type: 'integer', minimum: 0, maximum: 3650 } as const;
const list = (items: object, most: number): object => ({ type: 'array', items, maxItems: most, uniqueItems: true });

function object(description: string, properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((property) => !optional.includes(property));
  return { type: 'object', description, properties, required, additionalProperties: false };
}

const title = object('In Vietnamese and English; a definition with one missing cannot be published.', {
  vi: { type: 'string', maxLength: 200 },
  en: { type: 'string', maxLength: 200 },
}, ['vi', 'en']); // prettier-ignore

const stage = object('A stage that a procedure can stand in.', {
  title,
  end: { const: true, description: 'Nothing leaves it.' },
}, ['end']); // prettier-ignore

const transition = object('An action that leaves stages and leads to one. What an action does is code; the rest is said here.', {
  action: { ...action, description: 'One of the actions of the API, or `register` or `amend-parts`.' },
  from: { description: 'Stages that it leaves; `open` is every stage that is not an end.', oneOf: [{ const: 'open' }, list(name, 50)] },
  to: { ...name, description: 'A stage; `same` stays; `origin` is the stage that the open option was proposed from.' },
  instead: object('Another target, when the command or the open option says so.', {
    when: { enum: ['check-failed', 'option-abolishes'] },
    to: name,
  }),
  requires: { ...list({ enum: requirements }, requirements.length), description: 'Conditions on the procedure.' },
  differentFrom: { ...list(action, 30), description: 'Actions whose doer must be another person: on the same option, or on the procedure.' },
  inputs: { ...list({ type: 'string', maxLength: 50 }, 10), description: 'Fields of the body that are required here though the action can do without, such as `note`.' },
  authority: { ...rule, description: 'The rule of the authority policy that says who may; `as-corrected` for corrections.' },
  worklist: { type: 'boolean', description: 'It moves the work on, so it stands in the worklists of those who may do it.' },
}, ['instead', 'inputs']); // prettier-ignore

const classes = object('By group, or by kind for those without groups.', Object.fromEntries(
  [...groups, 'public', 'quality'].map((one) => [one, object('Who owns, publishes and approves.', {
    owners: list({ enum: levels }, levels.length),
    publisher: { enum: levels },
    approver: { enum: [...levels, null] },
    nationalDatabase: { type: 'boolean' },
  })]),
)); // prettier-ignore

const authority = {
  ...object('Who may do what: a published policy by its id and version, or the policy itself. A changed policy is published with the definition, as its next version.', {
    id: identifier,
    version: { type: 'integer', minimum: 0, maximum: 1_000_000 },
    classes,
    rules: {
      type: 'object',
      description: 'By action; an action with more than one rule has them as `<action>:<what it is about>`.',
      propertyNames: rule,
      maxProperties: 100,
      additionalProperties: object('Who.', { role: { enum: roles }, at: { enum: places } }),
    },
  }, ['version', 'classes', 'rules']),
  dependentRequired: { classes: ['rules'], rules: ['classes'] },
  anyOf: [{ required: ['version'] }, { required: ['classes'] }],
}; // prettier-ignore

const dayLimit = {
  days: { description: 'By the level of the publisher where they differ.', oneOf: [days, object('By level.', { ministry: days, service: days })] },
  counting: { enum: ['working', 'calendar'] },
}; // prettier-ignore

const deadline = {
  ...object('Days that an action, or a stay in a stage, may take.', {
    action,
    stage: name,
    ...dayLimit,
    warnBefore: days,
    escalateAfter: days,
    stopsWhile: list({ enum: ['suspended', 'returned'] }, 2),
  }, ['action', 'stage', 'warnBefore', 'escalateAfter', 'stopsWhile']),
  oneOf: [{ required: ['action'] }, { required: ['stage'] }],
}; // prettier-ignore

const punctuality = object(
  'When a publication is on time: its decision signed at least so many days before it takes effect, disclosed at most so many days after.',
  Object.fromEntries(punctualityMeasures.map((measure) => [measure, object('Days between the dates on paper.', dayLimit)])),
  punctualityMeasures,
);

/**
 * The JSON Schema (2020-12) of a lifecycle definition as administrators write it, also in `docs/lifecycle.schema.json`. It knows shapes; whether a
 * definition makes sense is for `validateLifecycle`.
 */
export const lifecycleSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:tinhgon:lifecycle',
  title: 'Lifecycle definition',
  ...object('How procedures of a kind go from registered to their end.', {
    id: { ...identifier, description: 'As in the address; may be left out.' },
    version: { type: 'integer', minimum: 0, maximum: 1_000_000, description: 'Replaced by the number that the draft gets.' },
    kind: { enum: kinds },
    title,
    authority,
    initial: { ...name, description: 'The stage in which a registration begins.' },
    stages: { type: 'object', propertyNames: stageName, minProperties: 1, maxProperties: 50, additionalProperties: stage },
    transitions: { type: 'array', items: transition, maxItems: 200 },
    calendar: { ...identifier, description: 'The calendar that working days are counted by.' },
    deadlines: { type: 'array', items: deadline, maxItems: 100 },
    punctuality,
  }, ['id', 'version', 'initial', 'calendar', 'deadlines', 'punctuality']),
} as const; // prettier-ignore
