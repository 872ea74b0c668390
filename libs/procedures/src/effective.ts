import { isOneOf } from './events.js';
import type { Decision, IsoDate, ProcedureEvent, ProcedureEventType, Review } from './events.js';
import type { Option, ProcedureRecord, RegisteredProcedure } from './state.js';

/** A value as it reads now, and the revisions that corrected it; left out where none did. */
type Effective<Fields> = Fields & { readonly correctedBy?: readonly number[] };

interface PaperDocument {
  /** Left out of a submission, which has none. */
  readonly title?: string;
  readonly number: string;
  readonly date: IsoDate;
  readonly effectiveDate?: IsoDate;
}

/** An option with what was decided about it. */
interface EffectiveOption extends Effective<Option> {
  /** The latest check of its quality. */
  readonly check?: Effective<{ readonly passed: boolean; readonly remarks: string }>;
  /** That approved it. */
  readonly decision?: Effective<Decision>;
  /** That implemented it. */
  readonly document?: Effective<PaperDocument>;
  /** Why it was rejected or returned. */
  readonly turnedDown?: Effective<{ readonly reason: string }>;
}

/** What papers say about a procedure, after corrections. What is not there is left out. */
interface EffectiveValues {
  /** That published it, the latest. */
  readonly decision?: Effective<Decision>;
  /** By which it was submitted, or its process built: the latest. */
  readonly document?: Effective<PaperDocument>;
  /** That ended it, with the reason. */
  readonly abolition?: Effective<{ readonly reason: string; readonly decision?: Decision }>;
  readonly review?: Effective<Review>;
  /** Where it was disclosed, and when; oldest first. */
  readonly offices: readonly Effective<{ readonly office: string; readonly date: IsoDate }>[];
  /** Oldest first. */
  readonly options: readonly EffectiveOption[];
}

/** The events that say something of which a state shows the value. */
const saying = [
  'PublicationProposed', 'ProcessBuilt', 'ProcedurePublished', 'ProcedureAbolished', 'ProcedureReviewed', 'ProcedureDisclosed', 'OptionProposed',
  'OptionQualityChecked', 'OptionApproved', 'OptionRejected', 'OptionReturned', 'ProcedureSimplified',
] as const satisfies readonly ProcedureEventType[]; // prettier-ignore

/** Reads them from the records, which are those of all corrections, in one pass. */
export function effectiveValues({ records, options, review }: RegisteredProcedure): EffectiveValues {
  const corrections = correctionsByRevision(records);
  const ofOptions = new Map<string, Omit<EffectiveOption, keyof Option>>();
  const offices: EffectiveValues['offices'][number][] = [];
  let found: Omit<EffectiveValues, 'offices' | 'options'> = {};
  for (const [revision, { event, action }] of records.entries()) {
    if (action === null || !isOneOf(event, saying)) continue;
    const by = (...fields: readonly string[]) => correctedBy(corrections.get(revision) ?? [], fields);
    const ofOption = (optionId: string, more: Omit<EffectiveOption, keyof Option>): void => {
      ofOptions.set(optionId, { ...ofOptions.get(optionId), ...more });
    };
    switch (event.type) {
      case 'PublicationProposed':
      case 'ProcessBuilt':
        found = { ...found, document: { ...event.data.document, ...by('document') } };
        break;
      case 'ProcedurePublished':
        found = { ...found, decision: { ...event.data.decision, ...by('decision') } };
        break;
      case 'ProcedureAbolished': {
        const { reason, decision } = event.data;
        found = { ...found, abolition: { reason, ...(decision && { decision }), ...by('reason', 'decision') } };
        break;
      }
      case 'ProcedureReviewed':
        found = { ...found, ...(review && { review: { ...review, ...by(...Object.keys(review)) } }) };
        break;
      case 'ProcedureDisclosed':
        offices.push({ office: event.data.office, date: event.data.date, ...by('office', 'date') });
        break;
      case 'OptionProposed':
        ofOption(event.data.optionId, by('option'));
        break;
      case 'OptionQualityChecked': {
        const { optionId, passed, remarks } = event.data;
        ofOption(optionId, { check: { passed, remarks, ...by('passed', 'remarks') } });
        break;
      }
      case 'OptionApproved':
        ofOption(event.data.optionId, { decision: { ...event.data.decision, ...by('decision') } });
        break;
      case 'OptionRejected':
      case 'OptionReturned':
        ofOption(event.data.optionId, { turnedDown: { reason: event.data.reason, ...by('reason') } });
        break;
      case 'ProcedureSimplified':
        ofOption(event.data.optionId, { document: { ...event.data.document, ...by('document') } });
        break;
    }
  }
  return { ...found, offices, options: options.map((option) => ({ ...option, ...ofOptions.get(option.id) })) };
}

type Correction = Extract<ProcedureEvent, { type: 'RecordCorrected' }>['data'];

interface Corrected {
  /** Of the correction. */
  readonly revision: number;
  /** The fields of the record that it changed. */
  readonly fields: ReadonlySet<string>;
}

/** By the revision that they correct. */
function correctionsByRevision(records: readonly ProcedureRecord[]): ReadonlyMap<number, readonly Corrected[]> {
  const found = new Map<number, Corrected[]>();
  for (const [revision, { event }] of records.entries()) {
    if (event.type !== 'RecordCorrected') continue;
    const { revision: of, changes }: Correction = event.data;
    const corrected = { revision, fields: new Set(Object.keys(changes).map((path) => path.split('.', 1)[0] ?? '')) };
    const known = found.get(of);
    if (known) known.push(corrected);
    else found.set(of, [corrected]);
  }
  return found;
}

function correctedBy(corrections: readonly Corrected[], fields: readonly string[]): { readonly correctedBy?: readonly number[] } {
  const revisions = corrections.filter((one) => fields.some((field) => one.fields.has(field))).map(({ revision }) => revision);
  return revisions.length === 0 ? {} : { correctedBy: revisions };
}
