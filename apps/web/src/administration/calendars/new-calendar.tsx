import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import { Acts } from '../../form/acts';
import { LongField, TextField } from '../../form/fields';
import { useIsHere } from '../../frame/here';
import { useWords } from '../../words/words';
import type { Calendar } from './calendar-queries';

/** Makes another calendar with the days of the one that is shown; what differs becomes its next version. */
export function NewCalendar({ calendar }: { readonly calendar: Calendar }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const { id: like, covers, weekend, holidays, workingDays, source } = calendar;
  return (
    <Acts
      label={say('calendars.make')}
      acts={[
        {
          name: 'make-calendar',
          title: say('calendars.make'),
          effect: say('calendars.makeEffect', { like }),
          fields: (
            <>
              <TextField name="id" label={say('calendars.id')} help={say('calendars.idHelp')} />
              <LongField name="source" label={say('calendars.source')} help={say('calendars.sourceHelp')} defaultValue={source} />
              <LongField name="reason" label={say('field.reason')} />
            </>
          ),
          send: async ({ id, confirm, ...said }, key) => {
            const name = String(id);
            if (!isName.test(name)) throw notAName(say('calendars.idHelp'));
            // A calendar that is there already refuses version 0.
            const body = { ...said, version: 0, covers, weekend, holidays, workingDays, ...(confirm !== undefined && { confirm }) };
            await command('POST', `/api/v1/calendars/${encodeURIComponent(name)}/versions`, body, { key });
            if (isHere()) await navigate({ to: '/administration/calendars', search: { id: name } });
          },
        },
      ]}
    />
  );
}

const isName = /^[a-z][a-z0-9-]{0,49}$/;

/** The name stands in the address of the call, which answers such a one that it is not there. */
const notAName = (message: string): ApiProblem =>
  new ApiProblem({ title: message, status: 400, code: 'invalid-body', errors: [{ path: 'id', message }] });
