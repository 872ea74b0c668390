import type { ReactNode } from 'react';
import { CheckFields, DatedFields, DiscloseFields, ProposeFields, ReasonFields } from '../../actions/action-fields';
import type { Values } from '../../form/values';
import type { Procedure } from '../procedure-queries';
import { AuditFields } from './audit-fields';
import { implementingSent, optionBegunWith } from './begun-with';
import { CorrectFields } from './correct-fields';
import { AbolishFields, ScannedDecisionFields } from './decision-fields';
import { BuildFields, ImplementFields } from './document-fields';
import { OptionFields } from './option-fields';
import { ReviewWithCostFields } from './review-fields';
import { UnitsFields } from './units-fields';

export interface FieldsProps {
  readonly procedure: Procedure;
  /** Whether the lifecycle asks here for what the action can do without elsewhere. @param path In the body */
  readonly isNeeded: (path: string) => boolean;
}

/** What an action asks for. */
export interface ActionFields {
  readonly Fields: (props: FieldsProps) => ReactNode;
  /** What the fields begin with. (Default: their defaults) */
  readonly begin?: (procedure: Procedure) => Values;
  /** What of the body is sent. (Default: all that is filled) */
  readonly sent?: (body: Readonly<Record<string, unknown>>, procedure: Procedure) => object;
}

/** Each action's fields, named as the paths of its body. */
export const fieldsOf: Readonly<Record<string, ActionFields>> = {
  build: { Fields: BuildFields },
  review: { Fields: ReviewWithCostFields },
  propose: { Fields: ProposeFields },
  publish: { Fields: ScannedDecisionFields },
  'approve-option': { Fields: ScannedDecisionFields },
  disclose: { Fields: DiscloseFields },
  apply: { Fields: DatedFields },
  audit: { Fields: AuditFields },
  'assign-review': { Fields: UnitsFields },
  'propose-option': { Fields: OptionFields, begin: optionBegunWith },
  'check-quality': { Fields: CheckFields },
  'implement-option': { Fields: ImplementFields, sent: implementingSent },
  'reject-option': { Fields: ReasonFields },
  return: { Fields: ReasonFields },
  suspend: { Fields: ReasonFields },
  resume: { Fields: () => null },
  withdraw: { Fields: ReasonFields },
  abolish: { Fields: AbolishFields },
  correct: { Fields: CorrectFields },
};
