import { eventName } from '../words/codes';
import { securityWords } from '../words/security-words';
import type { Say, Word } from '../words/words';

/** What happens besides to people, units, definitions and whatever is read and taken away. */
const types = {
  ClassifiedRead: 'audit.type.ClassifiedRead',
  ListExported: 'audit.type.ListExported',
  RegisterExported: 'audit.type.RegisterExported',
  ReportExported: 'audit.type.ReportExported',
  PaperWritten: 'audit.type.PaperWritten',
  BundleMade: 'audit.type.BundleMade',
  TrailRead: 'audit.type.TrailRead',
  TrailExported: 'audit.type.TrailExported',
  AccessesLeftOut: 'audit.type.AccessesLeftOut',
  RefusalsLeftOut: 'audit.type.RefusalsLeftOut',
  ...securityWords,
  UnitRegistered: 'audit.type.UnitRegistered',
  UnitRenamed: 'audit.type.UnitRenamed',
  UnitMoved: 'audit.type.UnitMoved',
  UnitMerged: 'audit.type.UnitMerged',
  UnitClosed: 'audit.type.UnitClosed',
  PersonRegistered: 'audit.type.PersonRegistered',
  RoleGranted: 'audit.type.RoleGranted',
  RoleRevoked: 'audit.type.RoleRevoked',
  ClearanceGranted: 'audit.type.ClearanceGranted',
  PersonErased: 'audit.type.PersonErased',
  DelegationGranted: 'audit.type.DelegationGranted',
  DelegationRevoked: 'audit.type.DelegationRevoked',
  LifecyclePublished: 'audit.type.LifecyclePublished',
  AuthorityPublished: 'audit.type.AuthorityPublished',
  CalendarPublished: 'audit.type.CalendarPublished',
  ParameterSet: 'audit.type.ParameterSet',
  CommentAdded: 'audit.type.CommentAdded',
  WorkClaimed: 'audit.type.WorkClaimed',
  WorkAssigned: 'audit.type.WorkAssigned',
  WorkReleased: 'audit.type.WorkReleased',
  ConsultationOpened: 'audit.type.ConsultationOpened',
  ObstacleRaised: 'audit.type.ObstacleRaised',
  InquiryAnswered: 'audit.type.InquiryAnswered',
  DeadlineMissed: 'audit.type.DeadlineMissed',
} as const satisfies Readonly<Record<string, Word>>;

/** Those by which the list can be narrowed down from the page; the address takes any. */
export const chosenTypes = Object.keys(types);

/** What an event is called; of a type that has no name here the type itself. */
export function typeName(type: string, say: Say): string {
  const words: Readonly<Record<string, Word>> = types;
  const word = Object.hasOwn(words, type) ? words[type] : undefined;
  return word === undefined ? eventName(type, say) : say(word);
}
