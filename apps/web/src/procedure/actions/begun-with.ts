import type { Values } from '../../form/values';
import { changeOf } from '../../parts/parts';
import type { Procedure } from '../procedure-queries';

type Cost = Procedure['options'][number]['before'];

/** What it costs now, on both sides of a new option: after the last one that was implemented, else as reviewed. What changes is written over. */
export function optionBegunWith({ options, review }: Pick<Procedure, 'options' | 'review'>): Values {
  const cost = options.findLast(({ status }) => status === 'implemented')?.after ?? review?.complianceCost;
  return cost ? { ...costValues(cost, 'option.before'), ...costValues(cost, 'option.after') } : {};
}

/** Of the parts those that the document changes; it can take none away. */
export function implementingSent(
  { parts, ...body }: Readonly<Record<string, unknown>>,
  { parts: before }: Pick<Procedure, 'parts'>,
): object {
  if (typeof parts !== 'object' || parts === null) return body;
  const changed = Object.entries(changeOf(before, parts)).filter(([, part]) => part !== null);
  return changed.length === 0 ? body : { ...body, parts: Object.fromEntries(changed) };
}

function costValues({ lines, ...cost }: Cost, at: string): Values {
  const figures = Object.entries(cost).map(([name, value]) => [`${at}.${name}`, String(value)] as const);
  const rows = lines.flatMap((line, index) =>
    Object.entries(line).map(([name, value]) => [`${at}.lines.${String(index)}.${name}`, String(value)] as const),
  );
  return Object.fromEntries([...figures, ...rows]);
}
