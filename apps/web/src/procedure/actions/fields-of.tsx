import type { ReactNode } from 'react';
import type { Procedure } from '../procedure-queries';
import { CheckFields } from './check-fields';
import { CorrectFields } from './correct-fields';
import { DatedFields, DiscloseFields, AuditFields } from './dated-fields';
import { AbolishFields, DecisionFields } from './decision-fields';
import { BuildFields, ImplementFields, ProposeFields } from './document-fields';
import { OptionFields } from './option-fields';
import { ReasonFields } from './reason-fields';
import { ReviewFields } from './review-fields';
import { UnitsFields } from './units-fields';

/** What an action asks for. */
export interface ActionFields {
  readonly Fields: (props: { readonly procedure: Procedure }) => ReactNode;
  /** Whether nothing leads back. */
  readonly isFinal?: true;
}

/** Each action's fields, named as the paths of its body. */
export const fieldsOf: Readonly<Record<string, ActionFields>> = {
  build: { Fields: BuildFields },
  review: { Fields: ReviewFields },
  propose: { Fields: ProposeFields },
  publish: { Fields: () => <DecisionFields /> },
  'approve-option': { Fields: () => <DecisionFields /> },
  disclose: { Fields: DiscloseFields },
  apply: { Fields: DatedFields },
  audit: { Fields: AuditFields },
  'assign-review': { Fields: UnitsFields },
  'propose-option': { Fields: OptionFields },
  'check-quality': { Fields: CheckFields },
  'implement-option': { Fields: ImplementFields },
  'reject-option': { Fields: ReasonFields },
  return: { Fields: ReasonFields },
  suspend: { Fields: ReasonFields },
  resume: { Fields: () => null },
  withdraw: { Fields: ReasonFields, isFinal: true },
  abolish: { Fields: AbolishFields, isFinal: true },
  correct: { Fields: CorrectFields },
};
