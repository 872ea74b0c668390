import { classificationOf, cleared, placeOf, today } from './reporting-view.js';
import type { ReportingView } from './reporting-view.js';

/** What was abolished without an option costs nothing any more; see the report on savings. */
const saved = (of: string): string => `CASE WHEN f.abolished AND NOT f.simplified THEN coalesce(f.base, 0) ELSE f.${of} END`;

const procedures: ReportingView = {
  name: 'procedures',
  comment: 'One row for each procedure as it stands. Reports leave out those that are withdrawn.',
  columns: [
    ['procedure', 'uuid', 'r.id', 'The procedure.'],
    ['code', 'text', 'r.code', 'Its official code; null where it has none.'],
    ['title', 'text', 'r.title', 'Its title.'],
    ['kind', 'text', 'r.kind', 'Kind of the procedure: internal, public or quality.'],
    ['group_code', 'text', `nullif(r."group", '')`, 'Group of an internal procedure, A to D; null for kinds without groups.'],
    ['field', 'text', 'r.field', 'The field that it belongs to, as it is written.'],
    ['field_key', 'text', 'r.field_key', 'The field as fields are compared: without regard to case and spaces.'],
    ['owning_unit', 'uuid', 'r.owning_unit', 'The unit that owns the procedure.'],
    ['classification', 'text', classificationOf('r.classification'), 'none, confidential, secret or topSecret.'],
    ['definition', 'text', 'r.definition_id', 'The lifecycle that it follows.'],
    ['definition_version', 'integer', 'r.definition_version', 'The version of the lifecycle that it keeps.'],
    ['stage', 'text', 'r.stage', 'The stage that it stands in.'],
    ['stage_since', 'timestamptz', 'r.stage_since', 'When it was recorded that it came there.'],
    ['registered_at', 'timestamptz', 'r.registered_at', 'When its registration was recorded.'],
    ['suspended', 'boolean', 'r.suspended', 'Whether it is suspended.'],
    ['withdrawn', 'boolean', 'r.withdrawn', 'Whether it was taken back before it was published.'],
    ['abolished', 'boolean', 'coalesce(f.abolished, false)', 'Whether it was abolished.'],
    ['published', 'boolean', 'coalesce(f.published, false)', 'Whether it was ever published, also where it was abolished since.'],
    ['option_proposed', 'boolean', 'coalesce(f.option_proposed, false)', 'Whether an option was proposed and not returned, failed or rejected.'],
    ['option_approved', 'boolean', 'coalesce(f.option_approved, false)', 'Whether an option came as far as its approval.'],
    ['simplified', 'boolean', 'coalesce(f.simplified, false)', 'Whether an option was implemented.'],
    ['cost_before', 'bigint', 'f.base', 'Đồng a year before the first implemented option, else before the latest, else as the review says; null where nothing says so.'],
    ['saving_promised', 'bigint', saved('promised'), 'Đồng a year that its options save that were proposed and not returned, failed or rejected.'],
    ['saving_approved', 'bigint', saved('approved'), 'Đồng a year of what was promised that was approved or came further.'],
    ['saving_implemented', 'bigint', saved('implemented'), 'Đồng a year of what was approved that was implemented.'],
    ['saving_measured', 'bigint', 'f.measured', 'Đồng a year that implemented options save as it was measured since.'],
    ['days_before', 'integer', 'f.days_before', 'Days of processing before its implemented options, where they are known.'],
    ['days_after', 'integer', 'f.days_after', 'Days of processing after them.'],
    ['conditions_before', 'integer', 'f.conditions_before', 'Business conditions before its implemented options, where they are known.'],
    ['conditions_after', 'integer', 'f.conditions_after', 'Business conditions after them.'],
    ['revision', 'integer', 'r.revision', 'Number of the last event of its record.'],
    ['position', 'bigint', 'r.position', 'Position of that event in the log.'],
  ],
  from: (table) => `${table('register')} r LEFT JOIN ${table('figures')} f ON f.procedure = r.id WHERE ${cleared('r.classification')}`,
}; // prettier-ignore

const options: ReportingView = {
  name: 'options',
  comment: 'One row for each simplification option of a procedure, those that were returned, failed or rejected among them.',
  columns: [
    ['procedure', 'uuid', 'o.procedure', 'The procedure that it is an option of.'],
    ['number', 'integer', 'o.number + 1', 'Its place among the options of the procedure, from 1.'],
    ['type', 'text', 'o.type', 'What is cut, such as cutStep, cutDocument or abolish.'],
    ['content', 'text', 'o.content', 'What changes.'],
    ['status', 'text', 'o.status', 'proposed, qualityChecked, failed, returned, approved, rejected or implemented.'],
    ['cost_before', 'bigint', 'o.before', 'Đồng a year before it.'],
    ['cost_after', 'bigint', 'o.after', 'Đồng a year after it.'],
    ['saving', 'bigint', 'o.saving', 'Cost before less cost after.'],
    ['cut_percent', 'numeric', 'o.cut_percent', 'Saving in per cent of the cost before, two decimals; null where that is 0.'],
    ['roadmap', 'text', 'o.roadmap', 'By what steps it is to be implemented; null where nothing is said.'],
    ['decision_number', 'text', 'o.decision_number', 'Number of the decision that approved it; null before.'],
    ['decision_on', 'date', 'o.decision_on', 'Date of that decision.'],
    ['amended_by', 'text', 'o.document_title', 'Title of the document that implemented it; null before.'],
    ['amended_by_number', 'text', 'o.document_number', 'Number of that document.'],
    ['amended_on', 'date', 'o.document_on', 'Date of that document.'],
    ['reason', 'text', 'o.reason', 'Why it was returned, rejected or delayed last; null where it was not.'],
    ['proposed_revision', 'integer', 'o.revision', 'Number of the event that proposed it.'],
    ...placeOf('p'),
  ],
  from: (table) => `${table('review_options')} o JOIN ${table('reviewed_procedures')} p ON p.procedure = o.procedure WHERE ${cleared('p.classification')}`,
}; // prettier-ignore

const publications: ReportingView = {
  name: 'publications',
  comment: 'One row for each decision that published a procedure, with its dates on paper as they read after corrections.',
  columns: [
    ['procedure', 'uuid', 'p.procedure', 'The procedure that was published.'],
    ['revision', 'integer', 'p.revision', 'Number of the event that published it.'],
    ['signed_on', 'date', 'p.signed_on', 'Date of the decision.'],
    ['effective_on', 'date', 'p.effective_on', 'From which day on the decision holds.'],
    ['disclosed_on', 'date', 'p.disclosed_on', 'When it was first disclosed; null before.'],
    ['is_latest', 'boolean', 'l.is_latest', 'Whether no later decision published it again.'],
    ...placeOf('r'),
  ],
  from: (table) => `${table('publications')} p JOIN ${table('register')} r ON r.id = p.procedure
    CROSS JOIN LATERAL (SELECT NOT EXISTS (
      SELECT FROM ${table('publications')} later WHERE later.procedure = p.procedure AND later.revision > p.revision) AS is_latest) l
    WHERE ${cleared('r.classification')}`,
}; // prettier-ignore

const stageStays: ReportingView = {
  name: 'stage_stays',
  comment: 'One row for each stay of a procedure in a stage.',
  columns: [
    ['procedure', 'uuid', 's.procedure', 'The procedure.'],
    ['revision', 'integer', 's.revision', 'Number of the event that moved it there.'],
    ['stage', 'text', 's.stage', 'The stage.'],
    ['entered_on', 'date', 's.entered_on', 'The day on paper on which it came there.'],
    ['left_on', 'date', 's.left_on', 'The day on paper on which it went on; null while it stays.'],
    ['working_days', 'integer', 's.days', 'Working days that it took, without those of a suspension; null while it stays, and where no calendar covers it.'],
    ['calendar_version', 'integer', 's.calendar_version', 'Version of the calendar by which they are counted.'],
    ['entered_at', 'timestamptz', 's.entered_at', 'When it was recorded that it came there.'],
    ['left_at', 'timestamptz', 's.left_at', 'When it was recorded that it went on; null while it stays.'],
    ...placeOf('s'),
  ],
  from: (table) => `${table('stage_stays')} s WHERE ${cleared('s.classification')}`,
}; // prettier-ignore

const running = `d.state IN ('open', 'warned', 'missed')`;
const dueOn = `(d.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh' - interval '1 millisecond')::date`;

const deadlines: ReportingView = {
  name: 'deadlines',
  comment: 'One row for each running of a deadline, those that have ended among them.',
  columns: [
    ['deadline', 'uuid', 'd.id', 'This running of the deadline.'],
    ['procedure', 'uuid', 'd.procedure', 'The procedure that it runs for.'],
    ['rule', 'text', 'd.rule', 'The rule of the lifecycle that it follows.'],
    ['action', 'text', `d.clock #>> '{deadline,action}'`, 'The action that has to be done in time; null for a stay in a stage.'],
    ['stage', 'text', `d.clock #>> '{deadline,stage}'`, 'The stage whose stay is limited; null for an action.'],
    ['started_at', 'timestamptz', 'd.started_at', 'When it began to run.'],
    ['due_at', 'timestamptz', 'd.due_at', 'When it is over; null while it stands still, and where no calendar covers it.'],
    ['due_on', 'date', dueOn, 'Its last day in Vietnam; null with due_at.'],
    ['state', 'text', 'd.state', 'open, warned or missed while it runs; met, late or dropped afterwards.'],
    ['stopped', 'boolean', 'd.stopped', 'Whether it stands still.'],
    ['overdue', 'boolean', `${running} AND coalesce(d.due_at < now(), false)`, 'Whether it runs and its time is over.'],
    ['days_overdue', 'integer', `CASE WHEN ${running} THEN ${today} - ${dueOn} END`, 'Calendar days since its last day, negative before it; null where it does not run or has no due date.'],
    ['calendar_version', 'integer', 'd.calendar_version', 'Version of the calendar by which it is counted; null where every day counts.'],
    ...placeOf('r'),
  ],
  from: (table) => `${table('deadlines')} d JOIN ${table('register')} r ON r.id = d.procedure WHERE ${cleared('r.classification')}`,
}; // prettier-ignore

const acts: ReportingView = {
  name: 'acts',
  comment: 'One row for each thing that was done to a procedure, with unit and role; no person is named.',
  columns: [
    ['procedure', 'uuid', 'a.procedure', 'The procedure.'],
    ['revision', 'integer', 'a.revision', 'Number of the event.'],
    ['type', 'text', 'a.type', 'What happened, as the log calls it, such as ProcedurePublished.'],
    ['unit', 'uuid', `CASE WHEN a.unit ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN a.unit END`, 'The unit for which it was done; null for what the system does.'],
    ['role', 'text', 'a.role', 'The role in which it was done.'],
    ['occurred_on', 'date', 'a.occurred_on', 'The day on paper, as it reads after corrections.'],
    ['recorded_at', 'timestamptz', 'a.recorded_at', 'When it was recorded.'],
    ['corrects', 'integer', 'a.corrects', 'Number of the event that it corrects; null for all else.'],
    ...placeOf('a'),
  ],
  from: (table) => `${table('acts')} a WHERE ${cleared('a.classification')}`,
}; // prettier-ignore

/** What is said of procedures: of those that are classified, to the cleared alone. */
export const procedureViews: readonly ReportingView[] = [procedures, options, publications, stageStays, deadlines, acts];
