import type { FieldError, Unmet } from '#event-store';
import { before } from '../recommendations/remedies.js';
import type { MemberRole } from './board-table.js';

/** Somebody on a board, from one day to another. */
export interface Member {
  readonly id: string;
  /** Person id. */
  readonly person: string;
  readonly role: MemberRole;
  /** YYYY-MM-DD, the first and the last day. (Default of the last: it is open) */
  readonly from: string;
  readonly to?: string;
}

export interface Meeting {
  readonly id: string;
  readonly date: string;
  readonly title: string;
  readonly place?: string;
  /** Person ids of members who were in office on that day. */
  readonly present: readonly string[];
}

export const isInOffice = ({ from, to }: Pick<Member, 'from' | 'to'>, day: string): boolean =>
  from <= day && (to === undefined || day <= to);

const overlap = (one: Pick<Member, 'from' | 'to'>, other: Pick<Member, 'from' | 'to'>): boolean =>
  (other.to === undefined || one.from <= other.to) && (one.to === undefined || other.from <= one.to);

/** What stands against an appointment among those that there are. */
export function unmetByMember(appointed: Member, members: readonly Member[]): readonly Unmet[] {
  const meanwhile = members.filter((one) => overlap(one, appointed));
  return [
    ...(meanwhile.some(({ person }) => person === appointed.person)
      ? [{ code: 'already-member', message: 'They are a member of the board on some of these days.' }]
      : []),
    ...(appointed.role === 'head' && meanwhile.some(({ role }) => role === 'head')
      ? [{ code: 'head-taken', message: 'The board has another head on some of these days.' }]
      : []),
  ];
}

/** What stands in the fields of an appointment. @param isKnown Whether there is such a person */
export function wrongMember({ from, to }: Pick<Member, 'from' | 'to'>, isKnown: boolean): readonly FieldError[] {
  return [
    ...(isKnown ? [] : [{ path: 'person', message: 'is not a person who is known here', vi: 'không có người này' }]),
    ...(to === undefined ? [] : before(to, from, 'to', { en: 'beginning', vi: 'ngày bắt đầu' })),
  ];
}

/** What stands in the fields of a release: it ends what is open, and does not make absent who was present. */
export function wrongRelease(
  { member, to }: { readonly member: string; readonly to: string },
  members: readonly Member[],
  meetings: readonly Meeting[],
): readonly FieldError[] {
  const one = members.find(({ id }) => id === member);
  if (!one) return [{ path: 'member', message: 'is not a member of the board', vi: 'không phải là thành viên ở đây' }];
  if (one.to !== undefined && to >= one.to)
    return [{ path: 'to', message: `must be before ${one.to}, when it ends anyway`, vi: 'phải trước ngày kết thúc đã định' }];
  const attended = meetings.filter(({ date, present }) => present.includes(one.person) && isInOffice(one, date)).map(({ date }) => date);
  const last = attended.reduce((latest, date) => (date > latest ? date : latest), '');
  return [
    ...before(to, one.from, 'to', { en: 'beginning', vi: 'ngày bắt đầu' }),
    ...(last === '' ? [] : before(to, last, 'to', { en: 'last meeting at which they were present', vi: 'cuộc họp cuối có mặt' })),
  ];
}

/** What stands in the fields of who was present. */
export function wrongPresence({ date, present }: Pick<Meeting, 'date' | 'present'>, members: readonly Member[]): readonly FieldError[] {
  return present.flatMap((person, index) =>
    members.some((one) => one.person === person && isInOffice(one, date))
      ? []
      : [
          {
            path: `present.${String(index)}`,
            message: 'is not a member who was in office on that day',
            vi: 'không phải là thành viên đương nhiệm vào ngày họp',
          },
        ],
  );
}
