import { joinedThen, placeThen } from '../places-then.js';

/** Stays as they stood after the last event up to the position: `left_on` and `days` are null of those that had not ended. */
export function staysAt(position: bigint, parameter: (value: unknown) => string): string {
  const at = parameter(String(position));
  const then = (name: string): string =>
    `CASE WHEN s.left_position <= ${at} THEN CASE WHEN d.procedure IS NULL THEN s.${name} ELSE d.${name} END END AS ${name}`;
  return `(SELECT s.procedure, s.revision, s.stage, s.entered_position, CASE WHEN s.left_position <= ${at} THEN s.left_position END AS left_position,
      s.left_revision, coalesce(d.entered_on, s.entered_on) AS entered_on, ${then('left_on')}, ${then('days')}, ${placeThen}
    FROM views.stage_stays s ${joinedThen({ places: 'former_stay_places', dates: 'former_stay_dates' }, position, parameter)}
    WHERE s.entered_position <= ${at})`;
}
