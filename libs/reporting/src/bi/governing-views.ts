import { metrics } from '#programmes';
import { measureOf } from '../progress/measures.js';
import { cleared, today } from './reporting-view.js';
import type { ReportingView } from './reporting-view.js';

const units: ReportingView = {
  name: 'units',
  comment: 'One row for each unit, closed ones among them.',
  columns: [
    ['unit', 'uuid', 'u.id', 'The unit.'],
    ['name', 'text', 'u.name', 'Its name.'],
    ['level', 'text', 'u.level', 'ministry, service or unit.'],
    ['parent', 'uuid', 'u.parent', 'The unit above it; null at the top.'],
    ['closed', 'boolean', 'u.closed', 'Whether it was closed.'],
    ['merged_into', 'uuid', 'u.merged_into', 'The unit that it was merged into; null where it was not.'],
    ['path', 'uuid[]', 'w.path', 'The units above it from the top down, and itself: what lies below X is where X = ANY (path).'],
    ['path_names', 'text', `array_to_string(w.names, ' › ')`, 'The names along that path.'],
  ],
  from: (table) => `${table('units')} u LEFT JOIN (
      WITH RECURSIVE way AS (
        SELECT top.id, ARRAY[top.id] AS path, ARRAY[top.name] AS names FROM ${table('units')} top WHERE top.parent IS NULL
        UNION ALL SELECT below.id, way.path || below.id, way.names || below.name
        FROM ${table('units')} below JOIN way ON below.parent = way.id WHERE below.id <> ALL (way.path)
      ) SELECT * FROM way
    ) w ON w.id = u.id`,
}; // prettier-ignore

const programmes: ReportingView = {
  name: 'programmes',
  comment: 'One row for each programme.',
  columns: [
    ['programme', 'uuid', 'p.id', 'The programme.'],
    ['code', 'text', 'p.code', 'Its code.'],
    ['title', 'text', 'p.title', 'Its title.'],
    ['begins_on', 'date', 'p."from"', 'Its first day.'],
    ['ends_on', 'date', 'p."to"', 'Its last day.'],
    ['closed', 'boolean', 'p.closed', 'Whether it was closed.'],
  ],
  from: (table) => `${table('programmes')} p`,
};

/** What each row `r` of the figures adds for the target `t.target`, as the report on progress counts it. */
const adds = (side: 'numerator' | 'denominator'): string => {
  const baselineYear = (): string => `(t.target #>> '{baseline,year}' || '-12-31')`;
  const cases = metrics.map(
    (metric) => `WHEN '${metric}' THEN ${measureOf(metric, metric === 'costCut' ? { year: 0 } : undefined, baselineYear)[side]}`,
  );
  return `sum(CASE t.target ->> 'metric' ${cases.join(' ')} END)`;
};

const isOf = (field: string, is: (text: string) => string): string =>
  `(t.target #>> '{scope,${field}}' IS NULL OR ${is(`t.target #>> '{scope,${field}}'`)})`;

const targets: ReportingView = {
  name: 'targets',
  comment: 'One row for each target of a programme with how it stands, counted over what the reader may see.',
  columns: [
    ['target', 'uuid', `t.target ->> 'id'`, 'The target.'],
    ['programme', 'uuid', 'p.id', 'The programme that it belongs to.'],
    ['number', 'integer', 't.number', 'Its place in the programme, from 1.'],
    ['metric', 'text', `t.target ->> 'metric'`, 'What is counted, such as published or costCut; indicator:<code> for what units report.'],
    ['threshold', 'numeric', `t.target ->> 'threshold'`, 'Per cent that are to be reached.'],
    ['deadline', 'date', `t.target ->> 'deadline'`, 'By which day.'],
    ['scope_kind', 'text', `t.target #>> '{scope,kind}'`, 'Only procedures of this kind; null for all.'],
    ['scope_group', 'text', `t.target #>> '{scope,group}'`, 'Only procedures of this group; null for all.'],
    ['scope_unit', 'uuid', `t.target #>> '{scope,unit}'`, 'Only what this unit and those below it own; null for all.'],
    ['scope_field', 'text', `t.target #>> '{scope,field}'`, 'Only procedures of this field; null for all.'],
    ['state', 'text', `CASE WHEN (t.target ->> 'withdrawn')::boolean THEN 'withdrawn' WHEN p.closed THEN 'closed' ELSE 'active' END`, 'active, withdrawn or closed.'],
    ['numerator', 'numeric', 'c.numerator', 'What counts towards it: procedures, đồng, days or conditions.'],
    ['denominator', 'numeric', 'c.denominator', 'Of how much.'],
    ['value', 'numeric', 'round(c.numerator * 100 / nullif(c.denominator, 0), 2)', 'Numerator in per cent of the denominator, two decimals, half up; null where that is 0.'],
    ['reached', 'boolean', `c.denominator <> 0 AND c.numerator * 100 >= (t.target ->> 'threshold')::numeric * c.denominator`, 'Whether the threshold is reached.'],
    ['days_left', 'integer', `greatest((t.target ->> 'deadline')::date - ${today}, 0)`, 'Calendar days up to its deadline, 0 after it.'],
  ],
  from: (table) => `${table('programmes')} p
    CROSS JOIN LATERAL jsonb_array_elements(p.targets) WITH ORDINALITY AS t (target, number)
    CROSS JOIN LATERAL (
      SELECT coalesce(${adds('numerator')}, 0)::numeric AS numerator, coalesce(${adds('denominator')}, 0)::numeric AS denominator
      FROM ${table('figures')} r
      WHERE NOT r.withdrawn AND ${cleared('r.classification')}
        AND t.target ->> 'metric' NOT LIKE 'indicator:%'
        AND ${isOf('kind', (kind) => `r.kind = ${kind}`)} AND ${isOf('group', (group) => `r."group" = ${group}`)}
        AND ${isOf('unit', (unit) => `r.owning_unit IN (
          WITH RECURSIVE below AS (
            SELECT (${unit})::uuid AS id UNION SELECT u.id FROM ${table('units')} u JOIN below ON u.parent = below.id
          ) SELECT id FROM below)`)}
        AND ${isOf('field', (field) => `r.field_key = ${field} OR r.field_key IN (SELECT g.field_key FROM ${table('register')} g WHERE g.field = ${field})`)}
    ) counted
    CROSS JOIN LATERAL (
      SELECT sum(newest.total) AS total, sum(coalesce(d.of, cardinality(newest.units) + due.others)) AS of FROM ${table('indicators')} d
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(v.value::numeric), 0) AS total, coalesce(array_agg(v.unit), '{}') AS units FROM (
          SELECT o.*, rank() OVER (ORDER BY o.ends DESC, o.begins DESC) AS age FROM ${table('indicator_reports')} o WHERE o.indicator = d.id
        ) v WHERE v.age = 1 AND v.state <> 'returned'
      ) newest
      CROSS JOIN LATERAL (
        WITH RECURSIVE below AS (
          SELECT d.owner AS id UNION SELECT u.id FROM ${table('units')} u JOIN below ON u.parent = below.id
        ) SELECT count(*) AS others FROM below JOIN ${table('units')} u USING (id)
          WHERE u.level = d.per AND NOT u.closed AND u.id <> ALL (newest.units)
      ) due
      WHERE t.target ->> 'metric' = 'indicator:' || d.code
    ) reported
    CROSS JOIN LATERAL (
      SELECT CASE WHEN t.target ->> 'metric' LIKE 'indicator:%' THEN coalesce(reported.total, 0) ELSE counted.numerator END AS numerator,
        CASE WHEN t.target ->> 'metric' LIKE 'indicator:%' THEN coalesce(reported.of, 0)
          ELSE coalesce((t.target #>> '{baseline,value}')::numeric, counted.denominator) END AS denominator
    ) c`,
}; // prettier-ignore

const indicators: ReportingView = {
  name: 'indicators',
  comment: 'One row for each indicator that units report.',
  columns: [
    ['indicator', 'uuid', 'i.id', 'The indicator.'],
    ['code', 'text', 'i.code', 'Its code.'],
    ['title', 'text', 'i.title', 'Its title.'],
    ['unit_of_measure', 'text', 'i.unit_of_measure', 'In what it is counted.'],
    ['reported_per', 'text', 'i.per', 'Which level reports it: unit or service.'],
    ['out_of', 'bigint', 'i.of', 'The whole that it is a share of; null where there is none.'],
    ['owner', 'uuid', 'i.owner', 'The unit that asks for it, of itself and of those below it.'],
  ],
  from: (table) => `${table('indicators')} i`,
};

const indicatorValues: ReportingView = {
  name: 'indicator_values',
  comment: 'One row for what each unit reported of an indicator in a period, as it stands.',
  columns: [
    ['indicator', 'uuid', 'v.indicator', 'The indicator.'],
    ['unit', 'uuid', 'v.unit', 'The unit that reported it.'],
    ['period', 'text', 'v.period', 'The period: YYYY, YYYY-Qn or YYYY-MM.'],
    ['begins_on', 'date', 'v.begins', 'First day of the period.'],
    ['ends_on', 'date', 'v.ends', 'Last day of the period.'],
    ['value', 'numeric', 'v.value', 'What was reported.'],
    ['state', 'text', 'v.state', 'reported, verified or returned; what was returned counts in no total.'],
    ['reported_at', 'timestamptz', 'v.recorded_at', 'When it came to that was recorded.'],
  ],
  from: (table) => `${table('indicator_reports')} v`,
};

const inspections: ReportingView = {
  name: 'inspections',
  comment: 'One row for each inspection.',
  columns: [
    ['inspection', 'uuid', 'i.id', 'The inspection.'],
    ['title', 'text', 'i.title', 'Its title.'],
    ['inspecting_unit', 'uuid', 'i.by', 'The unit that inspects.'],
    ['inspected_unit', 'uuid', 'i.of', 'The unit that is inspected.'],
    ['announced_on', 'date', 'i.announced_on', 'When it was announced.'],
    ['state', 'text', 'i.state', 'announced, opened, ended, concluded or closed.'],
    ['conclusion_due_on', 'date', 'i.conclusion_due_on', 'By when its conclusion is due; null before it has ended.'],
  ],
  from: (table) => `${table('inspections')} i`,
};

/** Of a recommendation `r`, whoever gave it. */
const asked: ReportingView['columns'] = [
  ['owner', 'uuid', 'r.owner', 'The unit that is asked.'],
  ['due_on', 'date', 'r.due_on', 'By when.'],
  ['accepted', 'boolean', 'r.accepted', 'Whether what was done about it was accepted.'],
  ['overdue', 'boolean', `NOT r.accepted AND r.due_on < ${today}`, 'Whether it is not accepted and its day is over.'],
];

const recommendations: ReportingView = {
  name: 'recommendations',
  comment: 'One row for each thing that an inspection asks of a unit. What was found is in no row: it may name procedures.',
  columns: [
    ['recommendation', 'uuid', 'r.id', 'The recommendation.'],
    ['inspection', 'uuid', 'r.inspection', 'The inspection that asks for it.'],
    ...asked,
  ],
  from: (table) => `${table('inspection_recommendations')} r`,
};

const steeringBoards: ReportingView = {
  name: 'steering_boards',
  comment: 'One row for each steering board, dissolved ones among them. No member is named.',
  columns: [
    ['board', 'uuid', 'b.id', 'The board.'],
    ['title', 'text', 'b.title', 'Its title.'],
    ['unit', 'uuid', 'b.unit', 'The unit whose board it is.'],
    ['established_on', 'date', 'b.established_on', 'Date of the decision that established it.'],
    ['state', 'text', 'b.state', 'active or dissolved.'],
    ['members', 'integer', 'coalesce(o.members, 0)', 'How many members are in office today.'],
  ],
  from: (table) => `${table('steering_boards')} b LEFT JOIN (
      SELECT m.board, count(*) AS members FROM ${table('board_members')} m
      WHERE m.from_day <= ${today} AND (m.to_day IS NULL OR m.to_day >= ${today}) GROUP BY m.board
    ) o ON o.board = b.id`,
};

const boardMeetings: ReportingView = {
  name: 'board_meetings',
  comment: 'One row for each meeting of a steering board.',
  columns: [
    ['meeting', 'uuid', 'm.id', 'The meeting.'],
    ['board', 'uuid', 'm.board', 'The board that met.'],
    ['held_on', 'date', 'm.held_on', 'When it met.'],
    ['present', 'integer', 'm.present', 'How many of its members were there.'],
  ],
  from: (table) => `${table('board_meetings')} m`,
};

const boardRecommendations: ReportingView = {
  name: 'board_recommendations',
  comment: 'One row for each thing that a steering board asks of a unit. What was concluded is in no row: it may name procedures.',
  columns: [
    ['recommendation', 'uuid', 'r.id', 'The recommendation.'],
    ['board', 'uuid', 'r.board', 'The board that asks for it.'],
    ['meeting', 'uuid', 'r.meeting', 'The meeting that concluded it.'],
    ...asked,
  ],
  from: (table) => `${table('board_recommendations')} r`,
};

/** What is said of units, of what they are to reach and report, and of what inspections and steering boards ask of them. */
export const governingViews: readonly ReportingView[] = [
  ...[units, programmes, targets, indicators, indicatorValues],
  ...[inspections, recommendations],
  ...[steeringBoards, boardMeetings, boardRecommendations],
];
