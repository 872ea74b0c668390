import type { ReactNode } from 'react';
import type { Values } from '../../form/values';
import type { Procedure } from '../procedure-queries';
import { implementingSent, optionBegunWith } from './begun-with';
import { CheckFields } from './check-fields';
import { CorrectFields } from './correct-fields';
import { AuditFields, DatedFields, DiscloseFields } from './dated-fields';
import { AbolishFields, DecisionFields } from './decision-fields';
import { BuildFields, ImplementFields, ProposeFields } from './document-fields';
import { OptionFields } from './option-fields';
import { ReasonFields } from './reason-fields';
import { ReviewFields } from './review-fields';
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
  /** Whether nothing leads back. */
  readonly isFinal?: true;
}

/** Each action's fields, named as the paths of its body. */
export const fieldsOf: Readonly<Record<string, ActionFields>> = {
  build: { Fields: BuildFields },
  review: { Fields: ReviewFields },
  propose: { Fields: ProposeFields },
  publish: { Fields: DecisionFields },
  'approve-option': { Fields: DecisionFields },
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
  withdraw: { Fields: ReasonFields, isFinal: true },
  abolish: { Fields: AbolishFields, isFinal: true },
  correct: { Fields: CorrectFields },
};
