import { decimalKind } from '../form/number-fields';
import { numberText } from '../format/format';
import type { Words } from '../words/words';
import type { Option } from './procedure-queries';

type Cost = Option['before'];

interface Row {
  readonly key: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Both costs of an option side by side: its lines, those of one name on one row, then how often, for how many and what it comes to. */
export function compared({ before, after, saving }: Pick<Option, 'before' | 'after' | 'saving'>, words: Words): readonly Row[] {
  const { say, language } = words;
  const number = (value: number): string => numberText(value, language);
  const line = (found: Cost['lines'][number] | undefined): string =>
    found
      ? say('options.line', { hours: decimalKind.text(found.hours, words), fee: number(found.fee), service: number(found.service) })
      : '';
  const often = ({ timesPerYear, everyYears }: Cost): string =>
    everyYears === undefined ? say('cost.times', { times: timesPerYear ?? 0 }) : say('cost.everyN', { years: everyYears });
  const names = [...named(before), ...named(after)].filter((one, index, all) => all.indexOf(one) === index);
  const lineOf = (cost: Cost, name: string) => cost.lines[named(cost).indexOf(name)];
  return [
    ...names.map((name) => ({ key: `line ${name}`, name, before: line(lineOf(before, name)), after: line(lineOf(after, name)) })),
    { key: 'wage', name: say('cost.hourlyWage'), before: number(before.hourlyWage), after: number(after.hourlyWage) },
    { key: 'often', name: say('cost.often'), before: often(before), after: often(after) },
    { key: 'subjects', name: say('cost.subjectsPerYear'), before: number(before.subjectsPerYear), after: number(after.subjectsPerYear) },
    { key: 'once', name: say('cost.once'), before: number(saving.before.once), after: number(saving.after.once) },
    { key: 'year', name: say('cost.year'), before: number(saving.before.year), after: number(saving.after.year) },
  ];
}

/** The lines by their names; one that has none, or has that of another, is known by its place. */
function named({ lines }: Cost): readonly string[] {
  return lines.map(({ label }, index) => {
    const isOnly = label !== undefined && lines.findIndex((one) => one.label === label) === index;
    return isOnly ? label : `${label ?? ''} ${String(index + 1)}`.trim();
  });
}
