import { mayOwn, unitsAt } from './authority.js';
import type { HeldRole } from './authority.js';
import { differentPeople } from './different-people.js';
import { finding } from './finding.js';
import type { Finding } from './finding.js';
import { classesOf } from './lifecycle.js';
import type { AnyAction, AuthorityPolicy } from './lifecycle.js';
import type { LifecycleDocument } from './lifecycle-document.js';
import type { UnitTree } from './units.js';

/** Who holds which roles where, at one moment. */
export interface Staffing {
  readonly units: UnitTree;
  readonly people: readonly { readonly id: string; readonly roles: readonly HeldRole[] }[];
}

/** Where somebody must hold a role to act under a rule, for procedures of one class that one unit owns: `officer unit1 unit2`. */
type Places = (rule: string) => string | undefined;

/**
 * Which actions nobody could do, and which separations of duties could not be kept. A class that no unit can own says nothing;
 * where only some of the owning units lack people, it is a warning.
 */
export function staffingFindings(definition: LifecycleDocument, policy: AuthorityPolicy, staffing: Staffing): readonly Finding[] {
  const roster = new Roster(staffing);
  const separations = new Separations(definition, roster);
  const nobody = new Tally();
  const tooFew = new Tally();
  for (const name of classesOf(definition.kind)) {
    const owners = staffing.units
      .all()
      .filter(({ id, closed }) => closed !== true && mayOwn({ class: name, owningUnit: id }, policy, staffing.units));
    for (const { id: owningUnit } of owners) {
      const places: Places = (rule) => {
        const found = Object.hasOwn(policy.rules, rule) ? policy.rules[rule] : undefined;
        return found && [found.role, ...unitsAt(found.at, { class: name, owningUnit }, policy, staffing.units)].join(' ');
      };
      for (const [index, { action, authority, differentFrom }] of definition.transitions.entries()) {
        if (action === 'correct') continue;
        nobody.count(index, name, roster.at([places(authority)]).length > 0);
        if (differentFrom.length > 0) tooFew.count(index, name, separations.canBeKept(action, places));
      }
    }
  }
  return [
    ...nobody.failed().map(({ index, everywhere, classes }) => nobodyMay(index, definition, everywhere, classes)),
    ...tooFew.failed().map(({ index, everywhere, classes }) => separationUnmet(index, definition, everywhere, classes)),
  ];
}

/** Who holds a role where. */
class Roster {
  private readonly holders = new Map<string, string[]>();
  private readonly found = new Map<string, readonly string[]>();

  constructor({ people }: Staffing) {
    for (const { id, roles } of people)
      for (const { role, unit } of roles) {
        const key = `${role} ${unit}`;
        const there = this.holders.get(key);
        if (there) there.push(id);
        else this.holders.set(key, [id]);
      }
  }

  /** Everybody who holds one of the roles at one of its units. */
  at(places: readonly (string | undefined)[]): readonly string[] {
    const key = places.join();
    const found =
      this.found.get(key) ??
      places.flatMap((place) => {
        const [role = '', ...units] = place?.split(' ') ?? [];
        return units.flatMap((unit) => this.holders.get(`${role} ${unit}`) ?? []);
      });
    const people = [...new Set(found)];
    this.found.set(key, people);
    return people;
  }
}

/** Whether an action, and all that it must be kept apart from, could be done by people who differ where they must. */
class Separations {
  private readonly rules = new Map<AnyAction, Set<string>>();
  private readonly differentFrom = new Map<AnyAction, Set<AnyAction>>();
  private readonly verdicts = new Map<string, boolean>();

  constructor(
    { transitions }: LifecycleDocument,
    private readonly roster: Roster,
  ) {
    for (const { action, authority, differentFrom } of transitions) {
      this.rules.set(action, (this.rules.get(action) ?? new Set()).add(authority));
      const others = this.differentFrom.get(action) ?? new Set();
      for (const other of differentFrom) others.add(other);
      this.differentFrom.set(action, others);
    }
  }

  canBeKept(action: AnyAction, places: Places): boolean {
    const involved = new Set([action]);
    for (const one of involved) for (const other of this.differentFrom.get(one) ?? []) involved.add(other);
    // What the lifecycle has no action for was done by nobody.
    const where = [...involved].flatMap((one) => {
      const rules = this.rules.get(one);
      return rules ? [[one, [...new Set([...rules].map(places))].sort()] as const] : [];
    });
    const key = JSON.stringify(where);
    const verdict = this.verdicts.get(key) ?? this.search(where);
    this.verdicts.set(key, verdict);
    return verdict;
  }

  private search(where: readonly (readonly [AnyAction, readonly (string | undefined)[]])[]): boolean {
    const candidates = new Map(where.map(([action, places]) => [action, this.roster.at(places)]));
    // An action that nobody may do has a finding of its own.
    if ([...candidates.values()].some(({ length }) => length === 0)) return true;
    const apart = where.flatMap(([action]) => [...(this.differentFrom.get(action) ?? [])].map((other) => [action, other] as const));
    return differentPeople(candidates, apart);
  }
}

/** Per transition and class, whether any owning unit, and whether each, could have it done. */
class Tally {
  private readonly byTransition = new Map<number, Map<string, { good: number; bad: number }>>();

  count(index: number, name: string, good: boolean): void {
    const classes = this.byTransition.get(index) ?? new Map<string, { good: number; bad: number }>();
    this.byTransition.set(index, classes);
    const counts = classes.get(name) ?? { good: 0, bad: 0 };
    classes.set(name, counts);
    counts[good ? 'good' : 'bad']++;
  }

  /** First what fails for all owners of a class; else what fails for some. */
  failed(): readonly { readonly index: number; readonly everywhere: boolean; readonly classes: readonly string[] }[] {
    return [...this.byTransition].flatMap(([index, classes]) => {
      const bad = [...classes].filter(([, counts]) => counts.bad > 0);
      const everywhere = bad.filter(([, { good }]) => good === 0).map(([name]) => name);
      if (bad.length === 0) return [];
      return [{ index, everywhere: everywhere.length > 0, classes: everywhere.length > 0 ? everywhere : bad.map(([name]) => name) }];
    });
  }
}

function nobodyMay(index: number, { transitions }: LifecycleDocument, everywhere: boolean, classes: readonly string[]): Finding {
  const action = transitions[index]?.action ?? '';
  const names = classes.join(', ');
  const path = `transitions.${String(index)}.authority`;
  return everywhere
    ? finding('nobody-may', path, `Không ai có quyền thực hiện "${action}" đối với loại ${names}.`, `Nobody may do "${action}" for class ${names}.`)
    : finding('nobody-may-somewhere', path, `Ở một số đơn vị không ai có quyền thực hiện "${action}" đối với loại ${names}.`, `For some owning units nobody may do "${action}" for class ${names}.`); // prettier-ignore
}

function separationUnmet(index: number, { transitions }: LifecycleDocument, everywhere: boolean, classes: readonly string[]): Finding {
  const { action, differentFrom } = transitions[index] ?? { action: '', differentFrom: [] };
  const names = classes.join(', ');
  const others = differentFrom.map((one) => `"${one}"`).join(', ');
  const path = `transitions.${String(index)}.differentFrom`;
  return everywhere
    ? finding('separation-unmet', path, `Không đủ người khác nhau để thực hiện "${action}" và ${others} đối với loại ${names}.`, `There are not enough people to keep "${action}" apart from ${others} for class ${names}.`)
    : finding('separation-unmet-somewhere', path, `Ở một số đơn vị không đủ người khác nhau để thực hiện "${action}" và ${others} đối với loại ${names}.`, `For some owning units there are not enough people to keep "${action}" apart from ${others} for class ${names}.`); // prettier-ignore
}
