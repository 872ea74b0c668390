import { dateText } from '../format/format';
import { actionName, conditionName, roleName, stageName } from '../words/codes';
import type { Say, Word } from '../words/words';
import type { Rule } from './why-query';

/** What each rule asks, as a sentence that holds or does not. */
const rules: Readonly<Record<string, Word>> = {
  'not-authorised': 'why.rule.not-authorised',
  'code-taken': 'why.rule.code-taken',
  'unit-closed': 'why.rule.unit-closed',
  'wrong-stage': 'why.rule.wrong-stage',
  'not-necessary': 'why.rule.not-necessary',
  'same-person': 'why.rule.same-person',
  'parts-missing': 'why.rule.parts-missing',
  'wage-mismatch': 'why.rule.wage-mismatch',
  'return-first': 'why.rule.return-first',
  'procedure-full': 'why.rule.procedure-full',
  'already-disclosed': 'why.rule.already-disclosed',
  'implausible-date': 'why.rule.implausible-date',
};

export function ruleName(code: string, say: Say): string {
  const word = Object.hasOwn(rules, code) ? rules[code] : undefined;
  return word === undefined ? conditionName(code, say) : say(word);
}

type Said = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const said = (value: unknown): Said => (typeof value === 'object' && value !== null ? (value as Said) : {});

/** What the rule looked at, in sentences; nothing where the rule itself says it all. */
export function saidOf({ fact, says }: Rule['because'], say: Say): readonly string[] {
  const facts = says as Said;
  switch (fact) {
    case 'authority': {
      const held = said(facts.held);
      if (text(held.role) !== '') return [say('why.byRole', { role: roleName(text(held.role), say) })];
      const asked = list(facts.rules).map((one) => roleName(text(said(one).role), say));
      return [say('why.asksRole', { roles: [...new Set(asked)].join(', ') })];
    }
    case 'stage': {
      const stage = stageName(text(facts.stage), say);
      if (text(facts.stage) === '') return [];
      return [
        text(facts.leadsTo) === '' ? say('why.stage', { stage }) : say('why.leads', { stage, to: stageName(text(facts.leadsTo), say) }),
      ];
    }
    case 'review':
      return [say(facts.reviewed !== true ? 'why.notReviewed' : facts.necessary === true && facts.withinPowers === true ? 'why.necessary' : 'why.unnecessary')]; // prettier-ignore
    case 'people':
      return [say('why.others', { actions: list(facts.differentFrom).map((one) => actionName(text(said(one).action), say)).join(', ') })]; // prettier-ignore
    case 'parts':
      return list(facts.missing).length === 0 ? [] : [say('why.missing', { parts: list(facts.missing).map(text).join(', ') })];
    case 'code':
      return [text(facts.code)];
    case 'wage':
      return facts.inForce === null || facts.inForce === undefined ? [] : [say('why.wage', { wage: text(facts.inForce) })];
    case 'dates':
      return [
        ...(text(facts.today) === '' ? [] : [say('why.today', { date: dateText(text(facts.today)) })]),
        ...list(facts.doubts).map((one) => text(said(one).message)),
      ];
    case 'recorded':
      return [say('why.recorded'), ...list(facts.unmet).map((one) => text(said(one).message))];
    case 'offices':
      return list(facts.disclosedAt).map(text);
    case 'units':
    case 'option':
    case 'stored':
    case 'plan':
      return [];
  }
}
