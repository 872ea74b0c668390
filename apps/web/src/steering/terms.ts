import { today } from '../format/format';
import type { Member } from './boards-queries';

/** Whether a membership can end earlier than it is to: it has no end yet, or one to come. @param on YYYY-MM-DD (Default: today in Vietnam) */
export const canEndEarlier = ({ to }: Pick<Member, 'to'>, on = today()): boolean => to === null || to > on;
