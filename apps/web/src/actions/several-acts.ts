import { lazy } from 'react';
import type { ComponentType } from 'react';

/** Fetched when a form is first opened. */
const load = () => import('./action-fields');
const fieldsOf = (name: keyof Awaited<ReturnType<typeof load>>) => lazy(async () => ({ default: (await load())[name] }));
export const ReasonFields = fieldsOf('ReasonFields');
export const AssignFields = fieldsOf('AssignFields');
const ReviewFields = fieldsOf('ReviewFields');
const ProposeFields = fieldsOf('ProposeFields');
const DecisionFields = fieldsOf('DecisionFields');
const DatedFields = fieldsOf('DatedFields');
const DiscloseFields = fieldsOf('DiscloseFields');
const CheckFields = fieldsOf('CheckFields');
const AbolishFields = fieldsOf('EndingFields');

/** Actions that can be done with several procedures by one form, and what each asks for. What is about one alone, such as an option, is not among them. */
export const severalActs: Readonly<Record<string, ComponentType>> = {
  review: ReviewFields,
  propose: ProposeFields,
  publish: DecisionFields,
  'approve-option': DecisionFields,
  disclose: DiscloseFields,
  apply: DatedFields,
  'check-quality': CheckFields,
  'reject-option': ReasonFields,
  return: ReasonFields,
  suspend: ReasonFields,
  resume: () => null,
  withdraw: ReasonFields,
};

/** As `severalActs`, with what ends procedures for good. */
export const bulkActs: Readonly<Record<string, ComponentType>> = { ...severalActs, abolish: AbolishFields };
