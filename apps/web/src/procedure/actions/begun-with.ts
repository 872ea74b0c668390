import { valuesAt } from '../../form/leaves';
import type { Values } from '../../form/values';
import { changeOf } from '../../parts/parts';
import type { Procedure } from '../procedure-queries';

/** What it costs now, on both sides of a new option: after the last one that was implemented, else as reviewed. What changes is written over. */
export function optionBegunWith({ options, review }: Pick<Procedure, 'options' | 'review'>): Values {
  const cost = options.findLast(({ status }) => status === 'implemented')?.after ?? review?.complianceCost;
  return cost ? valuesAt('option', { before: cost, after: cost }) : {};
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
