import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { Acts } from '../form/acts';
import type { Act } from '../form/acts';
import { ChoiceField, DateField, LongField, TextField, choicesOf } from '../form/fields';
import { FlagsField } from '../form/flags-field';
import { PersonField } from '../form/person-field';
import { PickField } from '../form/pick-field';
import { UnitField } from '../form/unit-field';
import { dateText } from '../format/format';
import type { Say } from '../words/words';
import { useWords } from '../words/words';
import { memberRoleWords } from './boards-queries';
import type { Board } from './boards-queries';

type Action = Board['allowed'][number]['action'];
type Body = Readonly<Record<string, unknown>>;
type Form = Omit<Act, 'name' | 'send'> & { readonly bodyOf?: (typed: Body) => Body };

/** What is done with the whole of it; remedies and members have theirs where they stand. Null where there is nothing yet to do it with. */
const forms: Readonly<Partial<Record<Action, (board: Board, say: Say) => Form | null>>> = {
  'appoint-member': (_, say) => ({
    title: say('boards.appoint'),
    fields: (
      <>
        <PersonField name="person" label={say('boards.member')} />
        <ChoiceField name="role" label={say('people.role')} choices={choicesOf(memberRoleWords, say)} />
        <DateField name="from" label={say('boards.from')} />
        <DateField name="to" label={say('boards.to')} optional />
      </>
    ),
  }),
  'hold-meeting': (board, say) =>
    board.members.length === 0
      ? null
      : { title: say('boards.hold'), fields: <MeetingFields of={board} />, bodyOf: (typed) => ({ present: [], ...typed }) },
  'add-conclusion': ({ meetings }, say) =>
    meetings.length === 0
      ? null
      : {
          title: say('boards.conclude'),
          fields: (
            <>
              <ChoiceField
                name="meeting"
                label={say('boards.meeting')}
                choices={meetings.map(({ id, title, date }) => ({ value: id, label: `${dateText(date)} – ${title}` }))}
              />
              <LongField name="text" label={say('boards.conclusion')} />
              <UnitField name="owner" label={say('inspections.owner')} help={say('boards.ownerHelp')} optional />
              <DateField name="dueOn" label={say('field.dueOn')} optional />
            </>
          ),
        },
  dissolve: (_, say) => ({
    ...{ title: say('boards.dissolve'), effect: say('boards.dissolveEffect'), isFinal: true },
    fields: (
      <>
        <TextField name="document.number" label={say('field.document.number')} />
        <DateField name="document.date" label={say('field.document.date')} />
      </>
    ),
  }),
};

interface Props {
  readonly of: Board;
  readonly path: `/api/v1/steering-boards/${string}/actions`;
}

/** The forms of what the person may do with it now. */
export function BoardActs({ of: board, path }: Props): ReactNode {
  const { say } = useWords();
  const acts = board.allowed.flatMap(({ action, unmet }): readonly Act[] => {
    const form = unmet.length === 0 ? forms[action]?.(board, say) : null;
    if (!form) return [];
    const { bodyOf = (typed: Body) => typed, ...act } = form;
    return [{ ...act, name: action, send: (typed, key) => command('POST', `${path}/${action}`, bodyOf(typed), { key }) }];
  });
  return <Acts label={say('boards.acts')} acts={acts} />;
}

function MeetingFields({ of: { members } }: { readonly of: Board }): ReactNode {
  const { say } = useWords();
  // Somebody who was appointed twice is present once.
  const people = [...new Map(members.map(({ person, name }) => [person, name]))];
  return (
    <>
      <TextField name="title" label={say('boards.meetingTitle')} />
      <DateField name="date" label={say('field.date')} />
      <TextField name="place" label={say('boards.place')} optional />
      <FlagsField name="present" legend={say('boards.present')}>
        <Stack gap="xs">
          {people.map(([person, name], at) => (
            <PickField key={person} name={`present.${String(at)}`} value={person} label={name ?? say('boards.erased')} />
          ))}
        </Stack>
      </FlagsField>
    </>
  );
}
