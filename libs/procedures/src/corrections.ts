import { hidesSomething, hidesSomethingInLines, tidyLine, tidyLines } from '#platform';
import type { ActionBodies, DecisionContext } from './commands.js';
import { checkCost, isHours, savingOf } from './cost.js';
import { isRecordedDate } from './dates.js';
import { optionTypes } from './events.js';
import type { Cost, ProcedureEvent, Saving } from './events.js';
import { correctedEvent, standingFor } from './corrected-event.js';
import { correctRegistration, errorsOfRelied, reliedOn, tidyRelied, unitsAreOpen } from './corrected-registration.js';
import { InvalidBody } from '#event-store';
import type { FieldError } from '#event-store';
import { countLimits, hiddenInText, isBlank, linesOfText, mostCharacters, mostItems } from './limits.js';
import { agencyRoles, timeUnits } from './parts.js';
import { checkCorrectedResumptions, dateNames } from './plausible-dates.js';
import type { ProcedureRecord, RegisteredProcedure } from './state.js';
import { verdict } from './verdict.js';
import type { Verdict } from './verdict.js';

/** What later revisions, permissions or other streams hang on; a mistake there is not a typing mistake. */
const fixed = ['stage', 'optionId', 'by', 'classification', 'definition', 'saving', 'passed', 'attachments', 'confirmed'];

/** What a correction comes to. */
export interface Correction {
  /** As they are kept. */
  readonly changes: Changes;
  readonly saving?: Saving;
  /** The lifecycle of another kind, and its first stage. */
  readonly definition?: RegisteredProcedure['definition'];
  readonly stage?: string;
  /** It names a code that was not reserved, because the command was refused when it was looked at. (Default: false) */
  readonly isUnreserved?: boolean;
  readonly verdicts: readonly Verdict[];
}

type Changes = ActionBodies['correct']['changes'];

/** The record that a correction is about. @throws InvalidBody */
function recordToCorrect(revision: number, state: RegisteredProcedure): ProcedureRecord {
  const record = state.records[revision];
  if (!record) throw new InvalidBody([{ path: 'revision', message: `this procedure has no revision ${String(revision)}` }]);
  if (record.action === null) throw new InvalidBody([{ path: 'revision', message: 'is of a kind that this version does not know' }]);
  if (record.action === 'migrate')
    throw new InvalidBody([{ path: 'revision', message: 'is a change of the lifecycle version and cannot be corrected' }]);
  if (record.action === 'transfer')
    throw new InvalidBody([{ path: 'revision', message: 'is a transfer by a reorganisation and cannot be corrected' }]);
  if (record.action === 'measure')
    throw new InvalidBody([{ path: 'revision', message: 'is a measurement: measure it again, and the newest one stands' }]);
  if (record.action === 'correct')
    throw new InvalidBody([{ path: 'revision', message: 'is a correction itself; correct the record that it corrected' }]);
  return record;
}

/**
 * Checks the changes against the record, and computes the saving anew when they touch the costs of an option.
 * @throws InvalidBody for paths that are not there or fixed, and values of another shape; LookAgain
 */
export function checkCorrection(body: ActionBodies['correct'], state: RegisteredProcedure, context: DecisionContext): Correction {
  const record = recordToCorrect(body.revision, state);
  const changes = tidied(body.changes);
  const [first, ...others] = [
    ...Object.entries(changes).flatMap(([path, value]) => errorsOf(path, value, record.event, context)),
    ...saidTwice(changes),
    ...overlapping(changes),
  ];
  if (first) throw new InvalidBody([first, ...others]);
  if (Object.keys(changes).length === 0) throw new InvalidBody([{ path: 'changes', message: 'must name what is corrected' }]);
  const event = correctedEvent(record.event, { changes });
  checkCorrectedResumptions(state.records, { revision: body.revision, changes });
  if (event.type === 'ReviewAssigned') checkUnits(event.data.units, context);
  if (event.type === 'ProcedureReviewed' && event.data.complianceCost) checkCost(event.data.complianceCost, 'changes.complianceCost');
  if (record.event.type === 'ProcedureRegistered') return correctRegistration(record.event, changes, state, context);
  if (event.type === 'ReviewAssigned' && record.event.type === 'ReviewAssigned') {
    // Those that were asked before they were closed stay among them.
    const asked = record.event.data.units;
    const added = event.data.units.filter((unit) => !asked.includes(unit));
    return {
      changes,
      verdicts: [
        unitsAreOpen(
          added.map((unit) => ({ unit, path: 'changes.units' })),
          context,
        ),
      ],
    };
  }
  if (event.type === 'ProcedureDisclosed')
    return { changes, verdicts: [isDisclosedAnew(event.data.office, state.records, { revision: body.revision, path: 'changes.office' })] };
  if (event.type !== 'OptionProposed') return { changes, verdicts: [] };
  const { before, after } = event.data.option;
  const verdicts = [wagesMatch({ before, after }), isUnchecked(event.data.optionId, state)];
  return { changes, saving: optionSaving({ before, after }, 'changes.option.'), verdicts };
}

/**
 * Whether a publication is disclosed there for the first time: once at each office, however its name is written; the next one is disclosed anew.
 * Asked of the disclosure in that revision. (Default: of one that would be the next)
 */
export function isDisclosedAnew(
  office: string,
  records: readonly ProcedureRecord[],
  { revision, path }: { readonly revision: number; readonly path: string } = { revision: records.length, path: 'office' },
): Verdict {
  const known = (name: string): string => tidyLine(name).toLowerCase();
  const publishes = ({ action }: ProcedureRecord): boolean => action === 'publish';
  const first = records.slice(0, revision).findLastIndex(publishes) + 1;
  const next = records.slice(revision).findIndex(publishes);
  const disclosures = records
    .slice(first, next === -1 ? undefined : revision + next)
    .flatMap(({ event }, index) =>
      event.type === 'ProcedureDisclosed' && first + index !== revision ? [{ revision: first + index, office: event.data.office }] : [],
    );
  const isKnown = disclosures.some((one) => known(one.office) === known(office));
  const message = 'It was disclosed at this office already.';
  return verdict('already-disclosed', isKnown ? [{ code: 'already-disclosed', message, path }] : [], 'offices', () => ({
    says: { office, disclosedAt: disclosures.map((one) => one.office) },
    revisions: disclosures.map((one) => one.revision),
  }));
}

/** What an option saves. Before and after are counted with the wage of before; `wagesMatch` refuses two wages. */
export function optionSaving({ before, after }: { readonly before: Cost; readonly after: Cost }, path: string): Saving {
  return savingOf({ hourlyWage: before.hourlyWage, before, after }, path);
}

/** Whether both costs use the hourly wage. @param inForce Whole đồng, that both must use. (Default: any, the same) */
export function wagesMatch({ before, after }: { readonly before: Cost; readonly after: Cost }, inForce?: number): Verdict {
  const mismatch = (message: string, path: string): Verdict['unmet'] => [{ code: 'wage-mismatch', message, path }];
  const unmet =
    inForce !== undefined && before.hourlyWage !== inForce
      ? mismatch(`The hourly wage in force is ${String(inForce)} đồng.`, 'option.before.hourlyWage')
      : before.hourlyWage !== after.hourlyWage
        ? mismatch('The costs before and after must use the same hourly wage.', 'option.after.hourlyWage')
        : [];
  return verdict('wage-mismatch', unmet, 'wage', () => ({
    says: { inForce: inForce ?? null, before: before.hourlyWage, after: after.hourlyWage },
  }));
}

/** What others have passed stays as they passed it: it is returned and proposed anew, or, once it is implemented, another option is. */
function isUnchecked(optionId: string, { options, records }: RegisteredProcedure): Verdict {
  const status = options.find(({ id }) => id === optionId)?.status;
  const message = passed(status);
  return verdict('return-first', message === null ? [] : [{ code: 'return-first', message }], 'option', () => ({
    says: { option: optionId, status: status ?? null },
    revisions: records.flatMap(({ event }, revision) => ('optionId' in event.data && event.data.optionId === optionId ? [revision] : [])),
  }));
}

/** What stands against correcting an option that stands so; null where nothing does. */
function passed(status: RegisteredProcedure['options'][number]['status'] | undefined): string | null {
  switch (status) {
    case 'qualityChecked':
    case 'approved':
      return 'The option was checked: have it returned, and propose it as it should read.';
    case 'implemented':
      return 'The option is implemented as it was approved: propose another one.';
    case 'proposed':
    case 'returned':
    case 'failed':
    case 'rejected':
    case undefined:
      return null;
  }
}

/** How often it is done a year, and every how many years, stand instead of each other. */
function saidTwice(changes: Changes): readonly FieldError[] {
  return Object.keys(changes).flatMap((path) => {
    const other = path.replace(/(^|\.)everyYears$/, '$1timesPerYear');
    return other !== path && Object.hasOwn(changes, other)
      ? [{ path: `changes.${path}`, message: 'stands instead of timesPerYear: exactly one of both is given' }]
      : [];
  });
}

/** Of two changes of which one lies within the other nobody can tell which holds. */
function overlapping(changes: Readonly<Record<string, unknown>>): readonly FieldError[] {
  const paths = Object.keys(changes);
  return paths
    .filter((path) => paths.some((other) => path.startsWith(`${other}.`)))
    .map((path) => ({ path: `changes.${path}`, message: 'lies within another change' }));
}

function errorsOf(path: string, value: unknown, event: ProcedureEvent, context: DecisionContext): readonly FieldError[] {
  const relied = event.type === 'ProcedureRegistered' ? reliedOn(path) : null;
  if (relied) return errorsOfRelied(relied, value, context);
  const keys = path.split('.');
  const old = keys.reduce<unknown>(
    (at, key) => (isContainer(at) && isName(key, at) ? at[standingFor(key, at) ?? ''] : undefined),
    event.data,
  );
  if (fixed.includes(keys[0] ?? '')) return [{ path: `changes.${path}`, message: 'cannot be corrected' }];
  if (old === undefined) return [{ path: `changes.${path}`, message: 'is not in the record' }];
  return shapeErrors(`changes.${path}`, nameIn(path), old, value, context);
}

/** Whether the name can stand for something in there: of a list its items alone, of which an index has one form. */
const isName = (key: string, container: object): boolean => !Array.isArray(container) || /^(0|[1-9]\d*)$/.test(key);

function shapeErrors(path: string, name: string, old: unknown, value: unknown, context: DecisionContext): readonly FieldError[] {
  const wrong = (message: string): readonly FieldError[] => [{ path, message }];
  if (old === null) return value === null ? [] : wrong('was removed in this record and cannot get a value');
  if (typeof old !== typeof value || value === null || Array.isArray(old) !== Array.isArray(value))
    return wrong('must be of the same kind as the value that it corrects');
  if (typeof value === 'number') {
    const { least, most } = limitOf(countLimits, name) ?? { least: 0, most: Number.MAX_SAFE_INTEGER };
    if (!(value >= least && value <= most)) return wrong(`must be from ${String(least)} to ${String(most)}`);
  }
  if (typeof value === 'number' && Number.isInteger(old) && !Number.isInteger(value)) return wrong('must be a whole number');
  if (name === 'scan' && value !== old) return wrong('cannot be corrected; add the right file with a comment');
  if (typeof value === 'string') return textError(name, value, context.today).flatMap(wrong);
  if (Array.isArray(value) && Array.isArray(old)) {
    if (value.length === 0 && old.length > 0) return wrong('must not be empty');
    const most = limitOf(mostItems, name) ?? Infinity;
    if (value.length > most) return wrong(`must have at most ${String(most)} items`);
    const sample: unknown = old[0] ?? '';
    return value.flatMap((item: unknown, index) => shapeErrors(`${path}.${String(index)}`, name, old[index] ?? sample, item, context));
  }
  if (!isContainer(value) || !isContainer(old)) return [];
  const missing = Object.keys(old).filter((key) => standingFor(key, value) === undefined);
  return [
    ...missing.map((key) => ({ path: `${path}.${key}`, message: 'is missing' })),
    ...Object.entries(value).flatMap(([key, item]) => {
      const name = standingFor(key, old);
      if (name === undefined) return [{ path: `${path}.${key}`, message: 'is not in the record' }];
      return shapeErrors(`${path}.${key}`, key, old[name], item, context);
    }),
  ];
}

function textError(name: string, value: string, today: string): readonly string[] {
  if (isBlank(value)) return ['must not be blank'];
  if (linesOfText.includes(name) ? hidesSomething(value) : hidesSomethingInLines(value)) return [hiddenInText];
  if (dateNames.includes(name) && !isRecordedDate(value)) return ['must be a date YYYY-MM-DD from 1900 to 2200'];
  if (name === 'occurredOn' && value > today) return ['must not be later than today'];
  if (name === 'hours' && !isHours(value)) return ['must be a number of hours such as "0.5", at most 100000'];
  const most = limitOf(mostCharacters, name) ?? Infinity;
  if (Array.from(value).length > most) return [`must have at most ${String(most)} characters`];
  const choices = limitOf(codes, name);
  return choices && !choices.includes(value) ? [`must be one of ${choices.join(', ')}`] : [];
}

/** Texts that are one of so many, by the name of the field. */
const codes: Readonly<Record<string, readonly string[]>> = { type: optionTypes, unit: timeUnits, role: agencyRoles };

/** The changes as they are kept: texts composed, those of one line without stray spaces. */
function tidied(changes: Changes): Changes {
  const tidy = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return linesOfText.includes(name) ? tidyLine(value) : tidyLines(value);
    if (Array.isArray(value)) return value.map((item: unknown) => tidy(name, item));
    return isContainer(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tidy(key, item)])) : value;
  };
  return Object.fromEntries(
    Object.entries(changes).map(([path, value]) => {
      const relied = reliedOn(path);
      return [path, relied ? tidyRelied(relied, value) : tidy(nameIn(path), value)];
    }),
  );
}

/** Inside a list the last name may be an index, and the list's name says what its items are. */
const nameIn = (path: string): string => path.split('.').findLast((key) => !/^\d+$/.test(key)) ?? path;

/** A review is assigned to units that there are, each once. */
function checkUnits(units: readonly string[], context: DecisionContext): void {
  const known = units.every((unit) => context.units.get(unit) !== undefined);
  if (!known || new Set(units).size < units.length)
    throw new InvalidBody([{ path: 'changes.units', message: 'must be units that exist, each once' }]);
}

const limitOf = <Limit>(limits: Readonly<Record<string, Limit>>, name: string): Limit | undefined =>
  Object.hasOwn(limits, name) ? limits[name] : undefined;

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
