import type { Person } from '#identity';
import { rulesOf } from '#workflow';
import type { AnyAction, Definitions, HeldRole, Level, Role, UnitTree } from '#workflow';
import type { Recipient } from './notified.js';

/** An action that is done by a role at a unit of one of these levels above the owner. */
export interface ActionAbove {
  readonly action: AnyAction;
  readonly role: Role;
  readonly levels: readonly Level[];
}

/** Which actions somebody else than the owning unit does, by the lifecycles that new procedures get. @throws Unavailable */
export async function actionsAbove(definitions: Definitions): Promise<readonly ActionAbove[]> {
  const all = await Promise.all(
    (await definitions.all()).map(async (definition) => {
      const policy = await definitions.authority(definition.authority.id, definition.authority.version);
      const names = new Set(definition.transitions.map(({ action }) => action));
      return [...names].flatMap((action) =>
        rulesOf(action, definition, policy).flatMap((name): readonly ActionAbove[] => {
          const rule = policy.rules[name];
          if (!rule || rule.at === 'own-or-above') return [];
          const { role, at } = rule;
          const levels =
            at === 'checker' ? (['service', 'ministry'] as const) : Object.values(policy.classes).flatMap((one) => one[at] ?? []);
          return [{ action, role, levels }];
        }),
      );
    }),
  );
  return all.flat();
}

/** An address, and what it is somebody's by: a role at a unit, or `person` and the person's own id. */
export interface OwnAddress extends Recipient {
  readonly by: { readonly role: Role | 'person'; readonly unit: string };
}

/**
 * Everything that reaches somebody with these roles, once for each role that it comes by: too wide rather than too narrow where it depends
 * on the procedure's class.
 */
export function addressesOf(
  { id, roles }: Pick<Person, 'id' | 'roles'>,
  units: UnitTree,
  above: readonly ActionAbove[],
): readonly OwnAddress[] {
  const reached = roles.flatMap((by) => addressesOfRole(by, units, above).map((address) => ({ ...address, by })));
  return [{ audience: 'person', target: id, by: { role: 'person', unit: id } }, ...reached];
}

function addressesOfRole({ role, unit }: HeldRole, units: UnitTree, above: readonly ActionAbove[]): readonly Recipient[] {
  const level = units.get(unit)?.level;
  const below = units.subtree(unit);
  const actions = above.filter((one) => one.role === role && one.levels.some((each) => each === level)).map(({ action }) => action);
  const audiences = [
    ...(role === 'authority' || role === 'leader' ? [`above:${role}`] : []),
    ...[...new Set(actions)].map((action) => `may:${action}`),
  ];
  return [
    ...units.standingFor(unit).map((target) => ({ audience: role, target })),
    ...audiences.flatMap((audience) => below.map((target) => ({ audience, target }))),
  ];
}
