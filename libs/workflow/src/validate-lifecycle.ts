import { hidesSomething } from '#platform';
import { finding } from './finding.js';
import type { Finding } from './finding.js';
import { classesOf, everyAction, optionActions, optionalInputs } from './lifecycle.js';
import type { AnyAction, AuthorityPolicy, DeadlineRule, Instead, Kind, Title, Transition } from './lifecycle.js';
import type { LifecycleDocument } from './lifecycle-document.js';
import { doubtsAboutDays, doubtsAboutWays } from './lifecycle-doubts.js';
import { staffingFindings } from './staffing.js';
import type { Staffing } from './staffing.js';
import { explore, matches, stageOf } from './state-space.js';

/** What a definition is held against. */
export interface Surroundings {
  /** The policy that the definition has or names; undefined when there is no such version. */
  readonly policy: AuthorityPolicy | undefined;
  readonly staffing: Staffing;
  /** Whether there is a calendar of that id. */
  readonly hasCalendar: (id: string) => boolean;
}

/** Actions that an action of another regime would make no sense among. */
const ofProcesses: readonly AnyAction[] = ['build', 'apply', 'audit'];
const readers = ['leader', 'auditor'];

const isAction = (name: string): boolean => everyAction.some((one) => one === name);

/** Everything that is amiss with a definition, in the order of its parts. Nothing is an error when it can be published; a doubt is confirmed first. */
export function validateLifecycle(definition: LifecycleDocument, { policy, staffing, hasCalendar }: Surroundings): readonly Finding[] {
  const { transitions, kind } = definition;
  const found = [
    ...titles(definition),
    ...initial(definition),
    ...transitions.flatMap((transition, index) => words(transition, `transitions.${String(index)}`, definition)),
    ...transitions.flatMap((_, index) => shadowed(index, definition)),
    ...authority(definition, policy),
    ...(definition.deadlines ?? []).flatMap((rule, index) => deadline(rule, `deadlines.${String(index)}`, definition)),
    ...punctuality(definition),
    ...calendar(definition, hasCalendar),
    ...doubtsAboutDays(definition),
  ];
  // Where words are wrong, no one can tell where they lead.
  const readable = !found.some(({ code }) => code === 'unknown-stage' || code === 'unknown-action' || code === 'initial-missing');
  return [
    ...found,
    ...notKeptApart(definition),
    ...(readable ? [...ways(definition), ...waysAround(definition)] : []),
    ...(readable && policy && classesOf(kind).every((name) => Object.hasOwn(policy.classes, name))
      ? staffingFindings(definition, policy, staffing)
      : []),
  ];
}

function titles(definition: LifecycleDocument): readonly Finding[] {
  const missing = (title: Partial<Title>, path: string): readonly Finding[] =>
    (['vi', 'en'] as const).flatMap((language) =>
      (title[language] ?? '').trim() === ''
        ? [finding('title-missing', `${path}.${language}`, `Thiếu tên (${language}).`, `The title is missing (${language}).`)]
        : [],
    );
  const hiding = (title: Partial<Title>, path: string): readonly Finding[] =>
    (['vi', 'en'] as const).flatMap((language) =>
      hidesSomething(title[language] ?? '')
        ? [finding('title-hides', `${path}.${language}`, 'Tên có ký tự điều khiển hoặc ký tự không nhìn thấy.', 'The title holds control characters, or others that nobody sees.')]
        : [],
    ); // prettier-ignore
  const faults = (title: Partial<Title>, path: string): readonly Finding[] => [...missing(title, path), ...hiding(title, path)];
  return [
    ...faults(definition.title, 'title'),
    ...Object.entries(definition.stages).flatMap(([name, { title }]) => faults(title, `stages.${name}.title`)),
  ];
}

function initial(definition: LifecycleDocument): readonly Finding[] {
  const { initial: name = '' } = definition;
  const stage = stageOf(definition, name);
  if (!stage) return [finding('initial-missing', 'initial', 'Giai đoạn khởi đầu không có trong danh sách các giai đoạn.', 'The initial stage is not among the stages.')]; // prettier-ignore
  return [];
}

/** What can be told of a transition by its own words. */
function words(transition: Transition, path: string, definition: LifecycleDocument): readonly Finding[] {
  const { action, from, to, instead, differentFrom, inputs = [] } = transition;
  const isStage = (name: string): boolean => stageOf(definition, name) !== undefined;
  const isEnd = (name: string): boolean => stageOf(definition, name)?.end === true;
  const unknownStage = (name: string, at: string): Finding =>
    finding('unknown-stage', `${path}.${at}`, `Không có giai đoạn "${name}".`, `There is no stage "${name}".`);
  const unknownAction = (name: string, at: string): Finding =>
    finding('unknown-action', `${path}.${at}`, `Không có hành động "${name}".`, `There is no action "${name}".`);
  const target = (name: string, at: string): readonly Finding[] =>
    isStage(name) || name === 'same' || name === 'origin' ? [] : [unknownStage(name, at)];
  const found = [
    ...(isAction(action) ? [] : [unknownAction(action, 'action')]),
    ...(from === 'open' ? [] : from.flatMap((name, index) => (isStage(name) ? [] : [unknownStage(name, `from.${String(index)}`)]))),
    ...target(to, 'to'),
    ...(instead ? target(instead.to, 'instead.to') : []),
    ...differentFrom.flatMap((name, index) => (isAction(name) ? [] : [unknownAction(name, `differentFrom.${String(index)}`)])),
    ...inputs.flatMap(
      (name, index) =>
      isAction(action) && optionalInputs[action]?.includes(name) === true
        ? []
        : [finding('unknown-input', `${path}.inputs.${String(index)}`, `"${action}" không có trường tùy chọn "${name}".`, `"${action}" has no optional field "${name}".`)], // prettier-ignore
    ),
  ];
  if (isForeign(action, definition.kind))
    found.push(finding('foreign-action', `${path}.action`, `"${action}" không dùng cho loại thủ tục này.`, `"${action}" is not for procedures of this kind.`)); // prettier-ignore
  found.push(...conditions(transition, path));
  if (action === 'register' && to !== definition.initial)
    found.push(finding('register-elsewhere', `${path}.to`, 'Đăng ký phải dẫn tới giai đoạn khởi đầu.', 'A registration must lead to the initial stage.')); // prettier-ignore
  if (action === 'correct' && (to !== 'same' || instead))
    found.push(finding('must-stay', `${path}.to`, 'Đính chính phải giữ nguyên giai đoạn.', 'A correction must stay in its stage.'));
  if ((action === 'abolish' || action === 'withdraw') && isStage(to) !== isEnd(to)) found.push(endExpected(action, `${path}.to`));
  if (from !== 'open')
    for (const [index, name] of from.entries())
      if (isEnd(name)) found.push(finding('never-open', `${path}.from.${String(index)}`, `Giai đoạn "${name}" là giai đoạn kết thúc.`, `The stage "${name}" is an end, which nothing leaves.`)); // prettier-ignore
  return found;
}

/** What a transition asks for that its action can never tell: it would be passed over without a word. */
function conditions({ action, requires, instead }: Transition, path: string): readonly Finding[] {
  const foreign = (at: string, word: string): Finding =>
    finding('foreign-condition', `${path}.${at}`, `Điều kiện "${word}" không có nghĩa với "${action}".`, `The condition "${word}" means nothing to "${action}".`); // prettier-ignore
  const decision = requires.indexOf('decision-if-published');
  const tells: Readonly<Record<Instead['when'], boolean>> = {
    'check-failed': action === 'check-quality',
    'option-abolishes': action !== 'propose-option' && optionActions.includes(action),
  };
  return [
    ...(decision !== -1 && action !== 'abolish' ? [foreign(`requires.${String(decision)}`, 'decision-if-published')] : []),
    ...(instead && !tells[instead.when] ? [foreign('instead.when', instead.when)] : []),
  ];
}

const endExpected = (action: string, path: string): Finding =>
  finding('end-expected', path, `"${action}" kết thúc thủ tục nên phải dẫn tới một giai đoạn kết thúc.`, `"${action}" ends the procedure, so it must lead to a stage that is an end.`); // prettier-ignore

/** Simplification options are for procedures, building and applying for quality processes. */
function isForeign(action: AnyAction, kind: Kind): boolean {
  return kind === 'quality' ? optionActions.includes(action) : ofProcesses.includes(action);
}

/** Of transitions of one action only the first that matches is ever taken. */
function shadowed(index: number, { transitions, stages }: LifecycleDocument): readonly Finding[] {
  const own = transitions[index];
  if (!own || own.action === 'register') return [];
  const open = Object.keys(stages).filter((name) => stages[name]?.end !== true);
  const situations = open.flatMap((stage) => [true, false].map((everPublished) => ({ stage, everPublished })));
  const mine = situations.filter(({ stage, everPublished }) => matches(own, stage, everPublished));
  const earlier = transitions.findIndex(
    (other, at) => at < index && other.action === own.action && mine.some(({ stage, everPublished }) => matches(other, stage, everPublished)),
  ); // prettier-ignore
  if (earlier === -1) return [];
  const path = `transitions.${String(index)}`;
  return [finding('shadowed-transition', path, `Trùng với transitions.${String(earlier)}: cùng hành động tại cùng một giai đoạn.`, `It stands behind transitions.${String(earlier)}: the same action in the same stage.`)]; // prettier-ignore
}

function authority({ transitions, kind }: LifecycleDocument, policy: AuthorityPolicy | undefined): readonly Finding[] {
  if (!policy) return [finding('unknown-authority', 'authority', 'Không có phiên bản quy định thẩm quyền này.', 'There is no such version of the authority policy.')]; // prettier-ignore
  const isRule = (name: string): boolean => Object.hasOwn(policy.rules, name);
  return [
    ...classesOf(kind).flatMap(
      (name) =>
      Object.hasOwn(policy.classes, name)
        ? []
        : [finding('unknown-class', `authority.classes.${name}`, `Thiếu quy định cho loại ${name}.`, `The policy says nothing about class ${name}.`)], // prettier-ignore
    ),
    ...transitions.flatMap(
      ({ action, authority: rule }, index) =>
      isRule(rule) || (action === 'correct' && rule === 'as-corrected')
        ? []
        : [finding('unknown-rule', `transitions.${String(index)}.authority`, `Không có quy tắc thẩm quyền "${rule}".`, `There is no rule "${rule}" in the authority policy.`)], // prettier-ignore
    ),
    ...Object.entries(policy.rules).flatMap(([name, { role }]) =>
      readers.includes(role)
        ? [finding('reader-acts', `authority.rules.${name}.role`, `Vai trò "${role}" chỉ được xem.`, `The role "${role}" reads and does nothing.`)] // prettier-ignore
        : [],
    ),
  ];
}

function deadline({ action, stage }: DeadlineRule, path: string, definition: LifecycleDocument): readonly Finding[] {
  if (action !== undefined && !definition.transitions.some((transition) => transition.action === action))
    return [finding('unknown-action', `${path}.action`, `Không có hành động "${action}".`, `There is no action "${action}" here.`)];
  if (stage !== undefined && !stageOf(definition, stage))
    return [finding('unknown-stage', `${path}.stage`, `Không có giai đoạn "${stage}".`, `There is no stage "${stage}".`)];
  return [];
}

/** Where nothing is disclosed, nothing is disclosed in time. */
function punctuality({ punctuality: limits = {}, transitions }: LifecycleDocument): readonly Finding[] {
  if (!limits.disclosedAfterSigning || transitions.some(({ action }) => action === 'disclose')) return [];
  return [finding('unknown-action', 'punctuality.disclosedAfterSigning', 'Không có hành động "disclose".', 'There is no action "disclose" here.')]; // prettier-ignore
}

function calendar(document: LifecycleDocument, hasCalendar: (id: string) => boolean): readonly Finding[] {
  const { calendar: id, deadlines = [], punctuality: limits = {} } = document;
  if (id !== undefined && !hasCalendar(id))
    return [finding('unknown-calendar', 'calendar', `Không có lịch "${id}".`, `There is no calendar "${id}".`)];
  if (id !== undefined) return [];
  const counted = [
    ...deadlines.map(({ counting }, index) => [`deadlines.${String(index)}`, counting] as const),
    ...Object.entries(limits).map(([measure, { counting }]) => [`punctuality.${measure}`, counting] as const),
  ];
  return counted.flatMap(([path, counting]) =>
    counting === 'working'
      ? [finding('deadline-without-calendar', `${path}.counting`, 'Thời hạn tính theo ngày làm việc cần có lịch.', 'A deadline in working days needs a calendar.')] // prettier-ignore
      : [],
  );
}

/** Who proposed an option does not check it, and whoever approves it did neither: what the law asks is no matter of a lifecycle. */
const keptApart: ReadonlyMap<AnyAction, readonly AnyAction[]> = new Map([
  ['check-quality', ['propose-option']],
  ['approve-option', ['propose-option', 'check-quality']],
]);

function notKeptApart({ transitions }: LifecycleDocument): readonly Finding[] {
  return transitions.flatMap(({ action, differentFrom }, index) =>
    (keptApart.get(action) ?? [])
      .filter((other) => !differentFrom.includes(other))
      .map((other) => finding('not-kept-apart', `transitions.${String(index)}.differentFrom`, `"${action}" phải do người khác với người đã "${other}" thực hiện.`, `"${action}" must be done by somebody else than "${other}".`)),
  ); // prettier-ignore
}

/** An option that comes into force unchecked or unapproved was kept from nobody. */
function waysAround(definition: LifecycleDocument): readonly Finding[] {
  const { transitions, initial: start = '' } = definition;
  const implementing = transitions.findIndex(({ action }) => action === 'implement-option');
  return [...keptApart.keys()].flatMap((action) => {
    const without = transitions.filter((one) => one.action !== action);
    const { taken } = explore({ ...definition, initial: start, transitions: without });
    return [...taken].some((index) => without[index]?.action === 'implement-option')
      ? [finding('not-kept-apart', `transitions.${String(implementing)}.from`, `Phương án có thể được thực hiện mà không qua "${action}".`, `An option can be implemented without "${action}".`)] // prettier-ignore
      : [];
  });
}

/** Where procedures can come to, and whether they can ever end. */
function ways(definition: LifecycleDocument): readonly Finding[] {
  const { stages, transitions, initial: start = '' } = definition;
  const space = explore({ ...definition, initial: start });
  const { reached, stuck, taken, withoutOrigin, endingAmiss } = space;
  return [
    ...Object.keys(stages).flatMap((name) => {
      const path = `stages.${name}`;
      if (!reached.has(name)) return [finding('unreachable-stage', path, `Không có đường nào tới giai đoạn "${name}".`, `No way leads to the stage "${name}".`)]; // prettier-ignore
      if (!stuck.has(name)) return [];
      return [finding('dead-end', path, `Từ giai đoạn "${name}" có trường hợp không tới được giai đoạn kết thúc nào.`, `From the stage "${name}" a procedure can be left without a way to any end.`)]; // prettier-ignore
    }),
    ...transitions.flatMap(({ action }, index) => {
      const path = `transitions.${String(index)}`;
      if (withoutOrigin.has(index)) return [finding('no-origin', `${path}.to`, `"${action}" dẫn về "origin" khi không có phương án nào đang mở.`, `"${action}" leads to "origin" where no option is open.`)]; // prettier-ignore
      if (endingAmiss.has(index) && action === 'implement-option') return [endExpected(action, `${path}.instead`)];
      if (taken.has(index) || action === 'register' || action === 'correct') return [];
      return [finding('never-open', path, `"${action}" không bao giờ thực hiện được ở đây.`, `"${action}" can never be done here.`)];
    }),
    ...doubtsAboutWays(definition, space),
  ];
}
