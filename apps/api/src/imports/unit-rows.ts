import { uuidv5 } from '#event-store';
import type { Administration, Directory, Person } from '#identity';
import { UnitTree } from '#workflow';
import type { Unit } from '#workflow';
import { wrong } from '../administration/administered.js';
import { registrationOfUnit } from '../administration/registrations.js';
import { RegisterUnitDto } from '../administration/units.dto.js';
import { newId, orderOf } from '../http/must-administer.js';
import { shapeOf } from '../http/shape-of.js';
import { faultOf, findingOf } from './kind.js';
import type { ImportKind, PreparedRow, RowSession } from './kind.js';
import { titlesOfUnits } from './titles.js';
import { UnitNames } from './unit-names.js';

/** Rows that make units known; one may stand below another that comes before it in the sheet. */
export function unitRows(administration: Administration, directory: Directory): ImportKind {
  return {
    make: RegisterUnitDto,
    shape: shapeOf(RegisterUnitDto),
    besides: [],
    titles: titlesOfUnits,
    place: 'parent',
    needs: 'administer',
    oneByOne: true,
    isPersonal: false,
    begin: (person) => new UnitSession(administration, directory, person),
  };
}

class UnitSession implements RowSession {
  private readonly names: UnitNames;
  /** Units of rows before, as they would be. */
  private readonly coming = new Map<string, Unit>();

  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly person: () => Person,
  ) {
    this.names = new UnitNames(directory);
  }

  unitOf(text: string): ReturnType<UnitNames['find']> {
    return this.names.find(text);
  }

  prepare(body: object): Promise<PreparedRow> {
    const unit = body as RegisterUnitDto;
    const registration = (): ReturnType<typeof registrationOfUnit> => registrationOfUnit(unit, (id) => this.known(id));
    return Promise.resolve({
      content: unit,
      claims: [],
      check: async (key) => {
        const id = uuidv5(this.person().id, `unit:${key}`);
        if (this.directory.units().get(id)) return { outcome: 'repeated' };
        return findingOf(() => Promise.resolve(this.administration.unmetByUnit(id, registration(), this.person(), this.treeAbove(unit.parent)).map(faultOf))); // prettier-ignore
      },
      enter: async (sent) => {
        const by = this.person();
        return (await this.administration.onUnit(newId('unit', sent, by), registration(), orderOf(sent, by))).position;
      },
    });
  }

  found({ content }: PreparedRow, key: string): void {
    const { name, level, parent = null } = content as RegisterUnitDto;
    const id = uuidv5(this.person().id, `unit:${key}`);
    this.coming.set(id, { id, name, level, parent });
    this.names.add(name, id);
  }

  private known(id: string): string {
    return (
      this.directory.units().get(id)?.id ?? this.coming.get(id)?.id ?? wrong('parent', 'is not a unit that exists', 'không có đơn vị này')
    );
  }

  /** As much of the tree as a unit below that one is decided on. */
  private treeAbove(parent: string | null | undefined): UnitTree {
    const units = this.directory.units();
    const chain: Unit[] = [];
    let id = parent ?? null;
    for (
      let unit = id === null ? undefined : this.coming.get(id);
      unit && !chain.includes(unit);
      unit = id === null ? undefined : this.coming.get(id)
    ) {
      // prettier-ignore
      chain.push(unit);
      id = unit.parent;
    }
    return chain.length === 0 ? units : new UnitTree([...chain, ...(id === null ? [] : units.pathUp(id))]);
  }
}
