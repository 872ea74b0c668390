import { eventName } from '../../words/codes';
import type { Word, Words } from '../../words/words';

/** Of events that are none of a procedure's own. */
const besides: Readonly<Record<string, Word>> = {
  ConsultationOpened: 'notification.ConsultationOpened',
  ObstacleRaised: 'notification.ObstacleRaised',
  InquiryAnswered: 'notification.InquiryAnswered',
  InquiryReminded: 'notification.InquiryReminded',
  InquiryClosed: 'notification.InquiryClosed',
  DeadlineWarned: 'notification.DeadlineWarned',
  DeadlineMissed: 'notification.DeadlineMissed',
  DeadlineEscalated: 'notification.DeadlineEscalated',
};

/** What an event is called that webhooks are told. */
export function toldEventName(type: string, say: Words['say']): string {
  const word = Object.hasOwn(besides, type) ? besides[type] : undefined;
  return word === undefined ? eventName(type, say) : say(word);
}
