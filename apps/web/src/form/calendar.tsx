import '@mantine/dates/styles.css';
import 'dayjs/locale/vi';
import { DatePicker, DatesProvider } from '@mantine/dates';
import type { ReactNode } from 'react';
import { today } from '../format/format';
import { useWords } from '../words/words';

interface Props {
  /** YYYY-MM-DD; null where none is chosen yet. */
  readonly date: string | null;
  readonly choose: (date: string) => void;
}

/** A month to choose a day from; weeks begin with Monday. */
export function Calendar({ date, choose }: Props): ReactNode {
  const { say, language } = useWords();
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
      <DatePicker
        value={date}
        defaultDate={date ?? today()}
        hideOutsideDates
        onChange={(chosen) => chosen !== null && choose(chosen)}
        ariaLabels={{
          nextMonth: say('calendar.nextMonth'),
          previousMonth: say('calendar.previousMonth'),
          nextYear: say('calendar.nextYear'),
          previousYear: say('calendar.previousYear'),
          nextDecade: say('calendar.nextDecade'),
          previousDecade: say('calendar.previousDecade'),
          monthLevelControl: say('calendar.chooseMonth'),
          yearLevelControl: say('calendar.chooseYear'),
        }}
      />
    </DatesProvider>
  );
}
