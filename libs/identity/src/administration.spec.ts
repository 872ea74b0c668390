import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import type { Decider } from '#event-store';
import { UnitTree, unitClosed } from '#workflow';
import type { Classification, Delegation, HeldRole, Unit } from '#workflow';
import type { Administrator, Standing } from './administering.js';
import { delegations } from './delegations.js';
import { person } from './person.js';
import type { PersonState } from './person.js';
import { unit } from './unit.js';
import type { UnitCommand } from './unit.js';

const given: readonly Unit[] = [
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 'other', name: 'Other service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
  { id: 'v', name: 'Unit below', level: 'unit', parent: 'u' },
  { id: 'gone', name: 'Closed', level: 'unit', parent: 's', closed: true },
];
const units = new UnitTree(given);
const atService: readonly HeldRole[] = [{ role: 'administrator', unit: 's' }];
const nobodyElse = { countsAs: [], isProgram: false } as const;
const atMinistry: readonly HeldRole[] = [{ role: 'administrator', unit: 'm' }];

function refusedBy<Command, State, Event>(decider: Decider<Command, State, Event>, command: Command, state: State): readonly string[] {
  try {
    decider.decide(command, state);
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
    throw error;
  }
}

describe('Units', () => {
  const stateOf = (id: string): Parameters<typeof unit.decide>[1] => {
    const found = units.get(id);
    if (!found) return unit.initial;
    return found.closed === true
      ? { phase: 'closed' }
      : { phase: 'open', name: found.name, level: found.level, parent: found.parent, stored: 1 };
  };
  const refused = (id: string, command: Omit<UnitCommand, 'context'>, by = atService, othersAdminister = true): readonly string[] =>
    refusedBy(unit, { ...command, context: { unit: id, by, units, othersAdminister } } as UnitCommand, stateOf(id));
  const register = (level: Unit['level'], parent: string | null, by = atService): readonly string[] =>
    refused('new', { action: 'register-unit', name: 'x', level, parent } as Omit<UnitCommand, 'context'>, by);

  it('stand below one of the level above, made by an administrator of it', () => {
    expect(register('unit', 's')).toEqual([]);
    expect(register('unit', 'u')).toEqual([]);
    expect(register('service', 'm', atMinistry)).toEqual([]);
    expect(register('service', 'm')).toEqual(['not-authorised']);
    expect(register('unit', 'other')).toEqual(['not-authorised']);
    expect(register('unit', 'm', atMinistry)).toEqual(['unit-misplaced']);
    expect(register('service', 's')).toEqual(['unit-misplaced']);
    expect(register('unit', 'gone')).toEqual(['unit-closed']);
    expect(register('unit', 's', [{ role: 'officer', unit: 's' }])).toEqual(['not-authorised']);
  });

  it('move with all that stands below them, and never below themselves', () => {
    const move = (id: string, parent: string, by = atService): readonly string[] =>
      refused(id, { action: 'move-unit', parent } as Omit<UnitCommand, 'context'>, by);
    expect(move('v', 's')).toEqual([]);
    expect(move('u', 'v')).toEqual(['unit-misplaced']);
    expect(move('u', 'u')).toEqual(['unit-misplaced']);
    expect(move('u', 'other')).toEqual(['not-authorised']);
    expect(move('u', 'other', atMinistry)).toEqual([]);
    expect(move('u', 'gone')).toEqual(['unit-closed']);
    expect(move('gone', 's')).toEqual(['unit-closed']);
  });

  it('become part of another one of their level', () => {
    const merge = (id: string, into: string, by = atMinistry): readonly string[] =>
      refused(id, { action: 'merge-unit', into } as Omit<UnitCommand, 'context'>, by);
    expect(merge('s', 'other')).toEqual([]);
    expect(merge('s', 'u')).toEqual(['unit-misplaced']);
    expect(merge('u', 'v')).toEqual(['unit-misplaced']);
    expect(merge('s', 'other', atService)).toEqual(['not-authorised']);
  });

  it('are neither moved nor merged by whoever would have a role of their own count for more by it', () => {
    const ordering = (held: readonly HeldRole[], command: Omit<UnitCommand, 'context'>, id = 'u'): readonly string[] =>
      refusedBy(
        unit,
        { ...command, context: { unit: id, by: atMinistry, held, units, othersAdminister: true } } as UnitCommand,
        stateOf(id),
      );
    const move = { action: 'move-unit', parent: 'other' } as Omit<UnitCommand, 'context'>;
    const merge = { action: 'merge-unit', into: 'other' } as Omit<UnitCommand, 'context'>;
    expect(ordering([{ role: 'authority', unit: 'other' }], move)).toEqual(['same-person']);
    expect(ordering([{ role: 'authority', unit: 'other' }], merge, 's')).toEqual(['same-person']);
    expect(ordering([{ role: 'officer', unit: 's' }], merge, 's')).toEqual(['same-person']);
    // What counts for both already is no gain, and of these two there is nothing to gain.
    expect(ordering([{ role: 'authority', unit: 'm' }], move)).toEqual([]);
    expect(ordering([{ role: 'authority', unit: 'u' }], move)).toEqual([]);
    for (const role of ['administrator', 'auditor'] as const) expect(ordering([{ role, unit: 'other' }], move)).toEqual([]);
  });

  it('close when nothing open stands below them', () => {
    expect(refused('v', { action: 'close-unit' })).toEqual([]);
    expect(refused('u', { action: 'close-unit' })).toEqual(['unit-in-use']);
    expect(refused('v', { action: 'close-unit' }, atService, false)).toEqual(['last-administrator']);
  });

  it('do not close while an open one stands below by way of one that was merged', () => {
    const merged = [
      { id: 'w', name: 'W', level: 'unit', parent: 's' },
      ...given.map((one) => (one.id === 'u' ? { ...one, closed: true, mergedInto: 'w' } : one)),
    ] as const;
    const close = (tree: readonly Unit[]): readonly string[] =>
      refusedBy(
        unit,
        { action: 'close-unit', context: { unit: 'w', by: atService, units: new UnitTree(tree), othersAdminister: true } },
        { phase: 'open', name: 'W', level: 'unit', parent: 's', stored: 1 },
      );
    expect(close(merged)).toEqual(['unit-in-use']);
    expect(close(merged.map((one) => (one.id === 'v' ? { ...one, closed: true } : one)))).toEqual([]);
  });

  it('that were renamed and moved a thousand times are merged or closed alone', () => {
    const context = { unit: 'v', by: atMinistry, units, othersAdminister: true };
    let state = unit.evolve(unit.initial, { type: 'UnitRegistered', data: { name: 'x', level: 'unit', parent: 'u' } });
    const rename = (name: string): UnitCommand => ({ action: 'rename-unit', name, context });
    for (let round = 1; round < 1_000; round++) state = unit.decide(rename(`x${String(round)}`), state).reduce(unit.evolve, state);
    expect(refusedBy(unit, rename('y'), state)).toEqual(['record-full']);
    expect(refusedBy(unit, { action: 'move-unit', parent: 's', context }, state)).toEqual(['record-full']);
    expect(unit.decide(rename('x999'), state)).toEqual([]);
    expect(refusedBy(unit, { action: 'merge-unit', into: 'u', context: { ...context, unit: 'v' } }, state)).toEqual([]);
    expect(refusedBy(unit, { action: 'close-unit', context }, state)).toEqual([]);
  });

  it('say, once they are closed, who has what they had', () => {
    const tree = new UnitTree(given.map((one) => (one.id === 'u' ? { ...one, closed: true, mergedInto: 'gone' } : one)));
    // Where it went is closed itself, so the unit above that.
    expect(unitClosed(tree, 'u', 'parent')).toEqual([
      { code: 'unit-closed', message: '"Unit" is closed and takes nothing on; it has become part of "Service" (s).', path: 'parent' },
    ]);
    expect(unitClosed(tree, 'gone')).toMatchObject([{ message: expect.stringContaining('the unit above it is "Service" (s)') }]);
    expect([unitClosed(tree, 's'), unitClosed(tree, 'nowhere')]).toEqual([[], []]);
  });

  it('leave what they had to the unit that they became part of', () => {
    const merged = new UnitTree(given.map((one) => (one.id === 's' ? { ...one, closed: true, mergedInto: 'other' } : one)));
    expect(merged.pathUp('v').map(({ id }) => id)).toEqual(['v', 'u', 'other', 'm']);
    expect(merged.pathUp('s').map(({ id }) => id)).toEqual(['other', 'm']);
    expect([...merged.subtree('other')].sort()).toEqual(['gone', 'other', 's', 'u', 'v']);
  });
});

describe('Roles', () => {
  const by: Administrator = { id: 'admin', roles: atService, clearance: 'confidential', ...nobodyElse };
  const context = { person: 'p', by, units, today: '2026-06-01', othersAdminister: true };
  const grant = { role: 'officer', unit: 'u' } as const;

  it('are given by an administrator of the unit or above it, to somebody else', () => {
    const refused = (unitId: string, more: Partial<typeof context> = {}): readonly string[] =>
      refusedBy(person, { action: 'grant-role', grant: { ...grant, unit: unitId }, context: { ...context, ...more } }, person.initial);
    expect(refused('u')).toEqual([]);
    expect(refused('other')).toEqual(['not-authorised']);
    expect(refused('gone')).toEqual(['unit-closed']);
    expect(refused('u', { person: 'admin' })).toEqual(['same-person']);
  });

  it('are not given to somebody whom others administer too, and are taken back at one’s own unit from anybody', () => {
    const atUnit = { ...context, by: { ...by, roles: [{ role: 'administrator', unit: 'u' }] } } as const;
    const elsewhere = { ...person.initial, grants: [{ role: 'officer', unit: 'other' }] } as const;
    expect(refusedBy(person, { action: 'grant-role', grant, context: atUnit }, elsewhere)).toEqual(['not-authorised']);
    expect(refusedBy(person, { action: 'grant-role', grant, context: atUnit }, { ...person.initial, home: 'u' })).toEqual([]);
    expect(refusedBy(person, { action: 'grant-role', grant, context: atUnit }, person.initial)).toEqual(['not-authorised']);
    expect(refusedBy(person, { action: 'revoke-role', ...grant, context: atUnit }, elsewhere)).toEqual([]);
    const auditor = { role: 'auditor', unit: 'u' } as const;
    expect(refusedBy(person, { action: 'grant-role', grant: auditor, context: atUnit }, { ...person.initial, home: 'u' })).toEqual(['not-authorised']);
    expect(refusedBy(person, { action: 'revoke-role', ...auditor, context: atUnit }, { ...person.initial, grants: [auditor] })).toEqual(['not-authorised']);
  }); // prettier-ignore

  it('change nothing when they are given twice, and change their days when those differ', () => {
    const state = { ...person.initial, grants: [grant] };
    expect(person.decide({ action: 'grant-role', grant, context }, state)).toEqual([]);
    const until = { ...grant, to: '2026-12-31' };
    expect(person.decide({ action: 'grant-role', grant: until, context }, state)).toEqual([{ type: 'RoleGranted', data: until }]);
    expect(person.evolve(state, { type: 'RoleGranted', data: until }).grants).toEqual([until]);
  });

  it('leave whoever has none any more to the administrators of where the last one was held', () => {
    const registered = person.evolve(person.initial, { type: 'PersonRegistered', data: { version: 1, commitment: '', unit: 's' } });
    expect(registered.home).toBe('s');
    const granted = person.evolve(registered, { type: 'RoleGranted', data: grant });
    expect(person.evolve(granted, { type: 'RoleRevoked', data: grant })).toMatchObject({ grants: [], home: 'u' });
  });

  it('that were given and taken back a thousand times are only taken back, as is a clearance', () => {
    const give = { action: 'grant-role', grant, context } as const;
    const take = { action: 'revoke-role', ...grant, context } as const;
    let state = person.decide({ action: 'set-clearance', clearance: 'confidential', context }, { ...person.initial, home: 'u' }).reduce(person.evolve, { ...person.initial, home: 'u' }); // prettier-ignore
    for (let round = 0; state.stored < 1_000; round++)
      state = person.decide(round % 2 === 0 ? give : take, state).reduce(person.evolve, state);
    expect(state.grants).toEqual([grant]);
    const second = { ...grant, role: 'checker' } as const;
    expect(refusedBy(person, { ...give, grant: second }, state)).toEqual(['record-full']);
    expect(person.decide(give, state)).toEqual([]);
    const without = person.decide(take, state).reduce(person.evolve, state);
    expect(without.grants).toEqual([]);
    expect(refusedBy(person, give, without)).toEqual(['record-full']);
    const lowered = person.decide({ action: 'set-clearance', clearance: 'none', context }, without).reduce(person.evolve, without);
    expect(lowered.clearance).toBe('none');
    expect(refusedBy(person, { action: 'set-clearance', clearance: 'confidential', context }, lowered)).toEqual(['record-full']);
  });

  it('of the last administrator stay', () => {
    const revoke = { action: 'revoke-role', role: 'administrator', unit: 's' } as const;
    const alone = { ...context, othersAdminister: false };
    const last = { role: 'administrator', unit: 's' } as const;
    const both = { ...person.initial, grants: [last, { role: 'administrator', unit: 'm' }] } as const;
    expect(refusedBy(person, { ...revoke, context: alone }, both)).toEqual([]);
    const ending = { action: 'grant-role', grant: { ...last, to: '2026-12-31' }, context: alone } as const;
    expect(refusedBy(person, ending, { ...person.initial, grants: [last] })).toEqual(['last-administrator']);
    expect(refusedBy(person, { ...ending, context }, { ...person.initial, grants: [last] })).toEqual([]);
    expect(refusedBy(person, { ...revoke, context: alone }, person.initial)).toEqual(['last-administrator']);
    expect(refusedBy(person, { ...revoke, context }, person.initial)).toEqual([]);
  });
});

describe('Somebody', () => {
  const context = { person: 'p', units, today: '2026-06-01', othersAdminister: true };
  const administrator: Administrator = { id: 'admin', roles: atService, clearance: 'none', ...nobodyElse };
  const erase = { action: 'erase-person', erasure: { legalBasis: 'Luật', reason: 'x' }, isProgram: false, holdsKeys: false } as const;
  const without: PersonState = { ...person.initial, home: 'u' };
  const refused = (change: object = {}, state = without, by: object = {}): readonly string[] =>
    refusedBy(person, { ...erase, ...change, context: { ...context, by: { ...administrator, ...by } } }, state);
  const held = (to?: string): PersonState => ({ ...without, grants: [{ role: 'officer', unit: 'u', ...(to !== undefined && { to }) }] });

  it('is erased by administrators of a service or the ministry who administer them, and by nobody else', () => {
    const by = (...roles: readonly HeldRole[]): readonly string[] => refused({}, without, { roles });
    expect([by(...atService), by(...atMinistry)]).toEqual([[], []]);
    const others = [
      by({ role: 'administrator', unit: 'u' }),
      by({ role: 'administrator', unit: 'other' }),
      by({ role: 'auditor', unit: 'm' }),
      by(),
    ];
    expect(new Set(others.flat())).toEqual(new Set(['not-authorised']));
    expect(others.every((one) => one.length === 1)).toBe(true);
    expect(refused({}, without, { isProgram: true })).toEqual(['not-authorised']);
    expect(refused({}, { ...without, home: null })).toEqual([]);
  });

  it('is not erased by themselves, nor by way of a program, and a program is not', () => {
    expect(refused({}, without, { id: 'p' })).toEqual(['same-person']);
    expect(refused({}, without, { countsAs: ['p'] })).toEqual(['same-person']);
    expect(refused({ isProgram: true })).toEqual(['not-authorised']);
  });

  it('is erased once their roles of today and of days to come were taken back, and the keys that they made', () => {
    expect(refused({}, held())).toEqual(['roles-held']);
    expect(refused({}, { ...without, grants: [{ role: 'officer', unit: 'u', from: '2027-01-01' }] })).toEqual(['roles-held']);
    expect([refused({}, held('2026-06-01')), refused({}, held('2026-05-31'))]).toEqual([['roles-held'], []]);
    expect(refused({ holdsKeys: true }, held())).toEqual(['roles-held', 'keys-held']);
    // What is missing is told to whoever may do it alone.
    expect(refused({ holdsKeys: true }, held(), { roles: [] })).toEqual(['not-authorised']);
    expect(refused({}, { ...without, stored: 1_000 })).toEqual([]);
  });

  it('who was erased is given nothing more, and nothing is taken from them', () => {
    const command = { ...erase, context: { ...context, by: administrator } };
    const erased = person.decide(command, without).reduce(person.evolve, without);
    expect(person.decide(command, without)).toEqual([{ type: 'PersonErased', data: { legalBasis: 'Luật', reason: 'x' } }]);
    expect(erased).toEqual({ ...without, erased: true, stored: 1 });
    const orders = [
      erase,
      { action: 'grant-role', grant: { role: 'officer', unit: 'u' } },
      { action: 'revoke-role', role: 'officer', unit: 'u' },
      { action: 'set-clearance', clearance: 'none' },
      { action: 'register-person', version: 1, commitment: '', clearance: 'none', unit: 'u' },
    ] as const;
    for (const one of orders)
      expect([one.action, refusedBy(person, { ...one, context: { ...context, by: administrator } }, erased)]).toEqual([
        one.action,
        ['person-erased'],
      ]);
  });
});

describe('A program', () => {
  const officer = { role: 'officer', unit: 'u' } as const;
  const state = { ...person.initial, grants: [officer] };
  const surroundings = { units, today: '2026-06-01', othersAdminister: true };
  const maker: Administrator = { id: 'maker', roles: atService, clearance: 'topSecret', countsAs: ['program'], isProgram: false };
  const program: Administrator = { ...maker, id: 'program', countsAs: ['maker'], isProgram: true };
  const given = (id: string, by: Administrator): readonly (readonly string[])[] => {
    const context = { person: id, by, ...surroundings };
    return [
      refusedBy(person, { action: 'set-clearance', clearance: 'secret', context }, state),
      refusedBy(person, { action: 'grant-role', grant: { role: 'authority', unit: 's' }, context }, state),
    ];
  };

  it('gives nobody anything, least of all its maker', () => {
    expect(given('maker', program)).toEqual([['not-authorised', 'same-person'], ['not-authorised', 'same-person']]); // prettier-ignore
    expect(given('somebody', program)).toEqual([['not-authorised'], ['not-authorised']]);
    const register = { action: 'register-person', version: 1, commitment: '', clearance: 'none', unit: 'u' } as const;
    const context = { person: 'new', by: program, ...surroundings };
    expect(refusedBy(person, { ...register, context }, person.initial)).toEqual(['not-authorised']);
  });

  it('is given nothing more by whoever can use its key, and is by others', () => {
    expect(given('program', maker)).toEqual([['same-person'], ['same-person']]);
    expect(given('program', { ...maker, id: 'other', countsAs: [] })).toEqual([[], []]);
  });
});

describe('A clearance', () => {
  const context = { person: 'p', units, today: '2026-06-01', othersAdminister: true };
  const roles = [{ role: 'administrator', unit: 'u' }] as const;
  const administrator: Administrator = { id: 'admin', roles, clearance: 'confidential', ...nobodyElse };
  const theirs = { ...person.initial, grants: [{ role: 'officer', unit: 'v' }] } as const;
  const refused = (clearance: Classification, by: Administrator = administrator, state: PersonState = theirs) =>
    refusedBy(person, { action: 'set-clearance', clearance, context: { ...context, by } }, state);

  it('is given to those whom one administers, up to one’s own', () => {
    expect([refused('none'), refused('confidential')]).toEqual([[], []]);
    expect([refused('secret'), refused('topSecret')]).toEqual([['not-authorised'], ['not-authorised']]);
    expect(refused('topSecret', { ...administrator, clearance: 'topSecret' })).toEqual([]);
    expect(refused('none', administrator, { ...theirs, grants: [{ role: 'officer', unit: 's' }] })).toEqual(['not-authorised']);
    expect(refused('confidential', { ...administrator, id: 'p' })).toEqual(['same-person']);
  });

  it('is given with a new account up to one’s own too', () => {
    const register = (clearance: Classification, unit = 'u'): readonly string[] =>
      refusedBy(
        person,
        { action: 'register-person', version: 1, commitment: '', clearance, unit, context: { ...context, by: administrator } },
        person.initial,
      );
    expect([register('confidential'), register('secret'), register('none', 's')]).toEqual([[], ['not-authorised'], ['not-authorised']]);
  });

  it('is taken back for good from whoever had it before clearances stood in the log', () => {
    const command = { action: 'set-clearance', clearance: 'none', context: { ...context, by: administrator } } as const;
    expect(person.decide(command, theirs)).toEqual([{ type: 'ClearanceGranted', data: { clearance: 'none' } }]);
    expect(person.decide(command, { ...theirs, clearance: 'none' })).toEqual([]);
  });
});

describe('Delegations', () => {
  const delegation = {
    id: '1',
    from: 'a',
    to: 'b',
    actions: ['publish'],
    startsOn: '2026-01-01',
    endsOn: '2026-01-31',
    reason: 'x',
  } as const;
  const standing = (more: Partial<Delegation>): Delegation => ({ ...delegation, id: '0', revoked: false, ...more });
  const from = { id: 'a', grants: [{ role: 'authority', unit: 's' }], home: null, isProgram: false } as const;
  const to: Standing & { readonly isProgram: boolean } = { grants: [{ role: 'officer', unit: 'u' }], home: null, isProgram: false };
  const surroundings = { from, to, units, today: '2026-01-01' };
  const self: Pick<Administrator, 'id' | 'roles'> & Partial<Administrator> = { id: 'a', roles: [] };
  const refused = (
    more: Partial<Delegation>,
    { by = self, own = [] as readonly Delegation[], others = [] as readonly Delegation[], substitute = to } = {},
  ): readonly string[] =>
    refusedBy(
      delegations,
      {
        action: 'delegate',
        delegation: { ...delegation, ...more },
        context: { by: { ...nobodyElse, ...by }, others, ...surroundings, to: substitute },
      },
      own,
    );

  it('are made by whoever is acted for, or by an administrator above them', () => {
    expect(refused({})).toEqual([]);
    expect(refused({}, { by: { id: 'admin', roles: atService } })).toEqual([]);
    expect(refused({}, { by: { id: 'admin', roles: [{ role: 'administrator', unit: 'u' }] } })).toEqual(['not-authorised']);
    const abroad = { ...to, grants: [{ role: 'officer', unit: 'other' }] } as const;
    expect(refused({}, { by: { id: 'admin', roles: atService }, substitute: abroad })).toEqual(['not-authorised']);
    expect(refused({}, { substitute: abroad })).toEqual([]);
    expect(refused({ to: 'admin' }, { by: { id: 'admin', roles: atService } })).toEqual(['same-person']);
    expect(refused({ to: 'a' })).toContain('same-person');
    const ofProgram = { id: 'admin', roles: atService, countsAs: ['b'] };
    expect(refused({}, { by: ofProgram, substitute: { ...to, isProgram: true } })).toEqual(['not-authorised', 'same-person']);
    expect(refused({}, { substitute: { ...to, isProgram: true } })).toEqual(['not-authorised']);
    expect(refused({}, { by: { id: 'admin', roles: atService, isProgram: true } })).toEqual(['not-authorised']);
  });

  it('do not overlap in days and actions', () => {
    expect(refused({}, { own: [standing({ startsOn: '2026-01-31', endsOn: '2026-02-28' })] })).toEqual(['delegation-overlap']);
    expect(refused({ actions: 'all' }, { own: [standing({ to: 'c' })] })).toEqual(['delegation-overlap']);
    expect(refused({}, { own: [standing({ actions: 'all' })] })).toEqual(['delegation-overlap']);
    expect(refused({}, { own: [standing({ startsOn: '2026-02-01', endsOn: '2026-02-28' })] })).toEqual([]);
    expect(refused({}, { own: [standing({ actions: ['propose'] })] })).toEqual([]);
    expect(refused({}, { own: [standing({ revoked: true })] })).toEqual([]);
  });

  it('begin today at the earliest, so that nothing of before looks allowed', () => {
    const granted = (startsOn: string, own: readonly Delegation[] = []): unknown => {
      const context = { by: { ...nobodyElse, ...self }, others: [], ...surroundings, today: '2026-01-15' };
      return delegations.decide({ action: 'delegate', delegation: { ...delegation, startsOn }, context }, own)[0]?.data;
    };
    expect(granted('2020-01-01')).toEqual({ ...delegation, startsOn: '2026-01-15' });
    expect(granted('2026-01-20')).toEqual({ ...delegation, startsOn: '2026-01-20' });
    // One that is over stands in the way of nothing.
    expect(granted('2020-01-01', [standing({ endsOn: '2026-01-14' })])).toEqual({ ...delegation, startsOn: '2026-01-15' });
  });

  it('do not make a chain, from either end', () => {
    expect(refused({}, { others: [standing({ from: 'c', to: 'a' })] })).toEqual(['delegation-chain']);
    expect(refused({}, { others: [standing({ from: 'b', to: 'c' })] })).toEqual(['delegation-chain']);
    expect(refused({}, { others: [standing({ from: 'b', to: 'c', startsOn: '2026-02-01', endsOn: '2026-02-02' })] })).toEqual([]);
  });

  it('are no more than a thousand of one person, revoked ones included, and can be revoked beyond', () => {
    const own = Array.from({ length: 1_000 }, (_, index) => standing({ id: String(index), revoked: index > 0, startsOn: '2026-05-01', endsOn: '2026-05-01' })); // prettier-ignore
    expect(refused({}, { own: own.slice(1) })).toEqual([]);
    expect(refused({}, { own })).toEqual(['record-full']);
    const context = { by: { id: 'a', roles: [], ...nobodyElse }, others: [], ...surroundings };
    expect(delegations.decide({ action: 'revoke-delegation', id: '0', context }, own)).toHaveLength(1);
  });

  it('end when they are revoked, and not twice', () => {
    const context = { by: { id: 'a', roles: [], ...nobodyElse }, others: [], ...surroundings };
    const revoke = { action: 'revoke-delegation', id: '0', context } as const;
    expect(delegations.decide(revoke, [standing({})])).toEqual([{ type: 'DelegationRevoked', data: { id: '0' } }]);
    expect(delegations.decide(revoke, [standing({ revoked: true })])).toEqual([]);
  });
});

describe('The role by which it is administered', () => {
  const leader = { role: 'leader', unit: 's' } as const;
  const administrator = (unit: string): HeldRole => ({ role: 'administrator', unit });

  it('is the one that counts at every unit that it concerns, whatever is held besides', () => {
    const roleFor = (command: { action: 'rename-unit'; name: string } | { action: 'move-unit'; parent: string }, by: readonly HeldRole[]) =>
      unit.authority?.({ ...command, context: { unit: 'u', by, units, othersAdminister: true } }, unit.initial);
    const held = [leader, administrator('u'), administrator('s')];
    expect(roleFor({ action: 'rename-unit', name: 'x' }, held)).toEqual(administrator('u'));
    expect(roleFor({ action: 'move-unit', parent: 's' }, held)).toEqual(administrator('s'));
    expect(roleFor({ action: 'move-unit', parent: 's' }, held.slice(0, 2))).toBeNull();
  });

  it('is that over the person, and over those who are delegated to', () => {
    const by: Administrator = { id: 'admin', roles: [leader, administrator('s')], clearance: 'none', ...nobodyElse };
    const context = { person: 'p', by, units, today: '2026-06-01', othersAdminister: true };
    const grant = { role: 'officer', unit: 'u' } as const;
    const standing = { ...person.initial, grants: [grant] };
    expect(person.authority?.({ action: 'grant-role', grant, context }, standing)).toEqual(administrator('s'));
    expect(person.authority?.({ action: 'revoke-role', ...grant, context }, standing)).toEqual(administrator('s'));
    const from = { id: 'p', grants: [grant], home: null, isProgram: false };
    const about = { from, to: null, others: [], units, today: '2026-06-01' };
    const revoke = (who: { readonly id: string; readonly roles: readonly HeldRole[] }) =>
      delegations.authority?.({ action: 'revoke-delegation', id: 'd', context: { ...about, by: { ...nobodyElse, ...who } } }, []);
    expect(revoke(by)).toEqual(administrator('s'));
    expect(revoke({ id: 'other', roles: [leader] })).toBeNull();
    // One's own is one's own to delegate, by no right of an administrator.
    expect(revoke({ id: 'p', roles: [grant, administrator('s')] })).toEqual(grant);
    expect(revoke({ id: 'p', roles: [administrator('s'), leader, grant] })).toEqual(grant);
  });
});
