import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import { NotCovered } from '#workflow';
import type { CalendarDays } from '#workflow';
import type { ReminderOccasion } from './inquiry.js';

/** The earliest day before it is due, in working days, for which somebody can ask to have units reminded. */
export const mostRemindBefore = 30;

/** Units of which one question is to be reminded now. */
export interface DueReminder {
  /** Of the question. */
  readonly task: string;
  /** Procedure id. */
  readonly procedure: string;
  readonly kind: string;
  readonly occasion: Exclude<ReminderOccasion, 'asked'>;
  readonly dueOn: string;
  /** Unit ids: those that have not answered. */
  readonly units: readonly string[];
}

/**
 * What units are to be reminded of at this moment, each occasion once: that it is due soon, until it is due, and that it was due.
 * Nobody is reminded on the day on which they were asked.
 */
export async function dueReminders(
  database: Database,
  { now, days, limit }: { readonly now: Date; readonly days: CalendarDays; readonly limit: number },
): Promise<readonly DueReminder[]> {
  const today = dateInVietnam(now);
  const soon = Array.from({ length: mostRemindBefore + 1 }, (_, count) => dayAfter(days, today, count));
  const { rows } = await database.pool.query<DueReminder>(
    `SELECT t.id AS task, t.procedure, t.kind, t.due_on::text AS "dueOn", array_agg(t.unit ORDER BY t.unit) AS units,
       CASE WHEN t.due_on < $1::date THEN 'overdue' ELSE 'due-soon' END AS occasion
     FROM views.tasks t
     WHERE t.answered_at IS NULL AND NOT t.closed AND (t.asked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < $1::date
       AND CASE WHEN t.due_on < $1::date THEN NOT 'overdue' = ANY (t.reminded)
           ELSE t.due_on <= ($2::date[])[t.remind_before + 1] AND NOT 'due-soon' = ANY (t.reminded) END
     GROUP BY t.id, t.procedure, t.kind, t.due_on ORDER BY t.due_on, t.id LIMIT $3`,
    [today, soon, limit],
  );
  return rows;
}

/** Null beyond what the calendar covers: it is not guessed, and units are reminded once it was due. */
function dayAfter(days: CalendarDays, date: string, count: number): string | null {
  try {
    return days.after(date, count);
  } catch (error) {
    if (error instanceof NotCovered) return null;
    throw error;
  }
}
