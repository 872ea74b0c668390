import { finding } from './finding.js';
import type { Finding } from './finding.js';
import { punctualityMeasures } from './lifecycle.js';
import type { DeadlineRule } from './lifecycle.js';
import type { LifecycleDocument } from './lifecycle-document.js';
import { explore, stageOf } from './state-space.js';
import type { StateSpace } from './state-space.js';

/** Two years; in working days about 250 a year. */
const mostDays = { calendar: 730, working: 500 } as const;

/** What is hardly right with the numbers of a definition that contradicts nothing. */
export function doubtsAboutDays({ deadlines = [], punctuality = {} }: LifecycleDocument): readonly Finding[] {
  return [
    ...deadlines.flatMap((rule, index) => [
      ...(daysOf(rule).some((days) => days === 0)
        ? [finding('deadline-of-no-days', `deadlines.${String(index)}.days`, 'Thời hạn 0 ngày: hết hạn ngay trong ngày bắt đầu.', 'It is due on the day on which it begins.')] // prettier-ignore
        : []),
      ...(daysOf(rule).some((days) => days > mostDays[rule.counting]) ? [ofYears('days', index)] : []),
      ...((rule.escalateAfter ?? 0) > mostDays[rule.counting] ? [ofYears('escalateAfter', index)] : []),
      ...warning(rule, `deadlines.${String(index)}.warnBefore`),
      ...twice(deadlines, index),
    ]),
    ...punctualityMeasures.flatMap((measure) => {
      const limit = punctuality[measure];
      const path = `punctuality.${measure}.days`;
      return [
        ...(limit && daysOf(limit).some((days) => days === 0)
          ? [finding('punctuality-of-no-days', path, measure === 'signedBeforeEffect' ? '0 ngày: quyết định nào cũng đúng hạn.' : '0 ngày: phải công khai ngay trong ngày ký.', measure === 'signedBeforeEffect' ? 'With no day between them, every decision is on time.' : 'With no day between them, it is on time only on the day of the signature.')] // prettier-ignore
          : []),
        ...(limit && daysOf(limit).some((days) => days > mostDays[limit.counting])
          ? [finding('punctuality-of-years', path, 'Dài hơn hai năm.', 'It is longer than two years.')]
          : []),
      ];
    }),
  ];
}

const ofYears = (field: 'days' | 'escalateAfter', index: number): Finding =>
  finding('deadline-of-years', `deadlines.${String(index)}.${field}`, 'Dài hơn hai năm.', 'It is longer than two years.');

/** The days by level where they differ. */
const daysOf = ({ days }: Pick<DeadlineRule, 'days'>): readonly number[] =>
  typeof days === 'number' ? [days] : [days.ministry, days.service];

function warning({ warnBefore, ...rule }: DeadlineRule, path: string): readonly Finding[] {
  if (warnBefore === undefined) return [];
  if (warnBefore === 0) return [finding('useless-warning', path, 'Cảnh báo đến cùng lúc với khi quá hạn.', 'The warning comes when it is missed.')]; // prettier-ignore
  return daysOf(rule).some((days) => warnBefore >= days)
    ? [finding('useless-warning', path, 'Cảnh báo ngay khi thời hạn bắt đầu.', 'It is warned of as soon as it begins.')]
    : [];
}

/** Two limits of the same action or stage are a short and a long one; the same limit again is nothing. */
function twice(deadlines: readonly DeadlineRule[], index: number): readonly Finding[] {
  const own = deadlines[index];
  if (!own) return [];
  const earlier = deadlines.findIndex(
    (one, at) =>
      at < index &&
      one.action === own.action &&
      one.stage === own.stage &&
      one.counting === own.counting &&
      daysOf(one).join() === daysOf(own).join(),
  );
  if (earlier === -1) return [];
  const path = `deadlines.${String(index)}`;
  return [finding('deadline-twice', path, `Trùng với deadlines.${String(earlier)}.`, `It says the same as deadlines.${String(earlier)}.`)];
}

/** What is hardly right with the ways of a definition whose words are all known. */
export function doubtsAboutWays(definition: LifecycleDocument, { taken, takenPublished, takenStopped, reached }: StateSpace): readonly Finding[] {
  const { transitions, deadlines = [], initial = '' } = definition;
  const takenWithout = (closed: (one: LifecycleDocument['transitions'][number]) => boolean): ReadonlySet<number> =>
    explore({ ...definition, initial, transitions: transitions.map((one) => (closed(one) ? { ...one, from: [] } : one)) }).taken;
  const takenWithoutParts = takenWithout(({ requires }) => requires.includes('parts'));
  // A lifecycle whose procedures nobody reviews before they are published means it so.
  const reviewsFirst = [...takenWithout(({ action }) => action === 'publish')].some((index) => transitions[index]?.action === 'review');
  const takenWithoutReview = reviewsFirst ? takenWithout(({ action }) => action === 'review') : new Set<number>();
  const at = (index: number): string => `transitions.${String(index)}`;
  const publishes = [...taken].some((index) => transitions[index]?.action === 'publish');
  const works = [...taken].some((index) => transitions[index]?.worklist === true);
  return [
    ...transitions.flatMap(({ action, requires, inputs = [] }, index) => {
      if (action === 'publish')
        return [
          ...(takenWithoutParts.has(index)
            ? [finding('publish-without-parts', `${at(index)}.requires`, 'Có thể công bố khi chưa có đủ các bộ phận bắt buộc ("parts").', 'It can be published while required parts are missing: nothing on the way requires "parts".')] // prettier-ignore
            : []),
          ...(takenWithoutReview.has(index)
            ? [finding('publish-without-review', `${at(index)}.from`, 'Có thể công bố thủ tục chưa qua rà soát.', 'It can be published without a review: no step on the way is one.')] // prettier-ignore
            : []),
          ...(takenStopped.has(index)
            ? [finding('publish-despite-review', `${at(index)}.requires`, 'Có thể công bố dù kết quả rà soát là không cần thiết ("necessary").', 'It can be published although the review found it not necessary: nothing on the way requires "necessary".')] // prettier-ignore
            : []),
        ];
      if (!takenPublished.has(index)) return [];
      if (action === 'withdraw')
        return [finding('withdraw-published', `${at(index)}.requires`, 'Có thể rút thủ tục đã công bố mà không có quyết định bãi bỏ.', 'What was published can be withdrawn, with no decision that abolishes it.')]; // prettier-ignore
      return action === 'abolish' && !requires.includes('decision-if-published') && !inputs.includes('decision')
        ? [finding('abolish-without-decision', `${at(index)}.requires`, 'Có thể bãi bỏ thủ tục đã công bố mà không có quyết định.', 'What was published can be abolished without a decision.')] // prettier-ignore
        : [];
    }),
    ...(publishes ? [] : [finding('nothing-published', 'transitions', 'Không thủ tục nào được công bố.', 'No procedure is ever published.')]), // prettier-ignore
    ...(works ? [] : [finding('empty-worklist', 'transitions', 'Không việc nào hiện trong danh sách việc của ai.', 'No work ever stands in a worklist.')]), // prettier-ignore
    ...deadlines.flatMap(({ action, stage }, index) => {
      const isOpen = stage !== undefined && reached.has(stage) && stageOf(definition, stage)?.end !== true;
      if (isOpen || [...taken].some((one) => transitions[one]?.action === action)) return [];
      return [finding('deadline-never-runs', `deadlines.${String(index)}`, 'Thời hạn này không bao giờ chạy.', 'Its clock never runs.')];
    }),
  ];
} // prettier-ignore
