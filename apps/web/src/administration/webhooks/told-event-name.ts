import { eventName } from '../../words/codes';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';

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
export function useToldEventName(): (type: string) => string {
  const { say } = useWords();
  return (type) => {
    const word = besides[type];
    return word === undefined ? eventName(type, say) : say(word);
  };
}
