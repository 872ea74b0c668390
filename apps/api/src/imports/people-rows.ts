import { uuidv5 } from '#event-store';
import type { Administration, Directory, Person } from '#identity';
import { RegisterPersonDto } from '../administration/people.dto.js';
import { accountOf } from '../administration/registrations.js';
import { newId, orderOf } from '../http/must-administer.js';
import { shapeOf } from '../http/shape-of.js';
import { faultOf, findingOf } from './kind.js';
import type { Fault, ImportKind, PreparedRow, RowSession } from './kind.js';
import { titlesOfPeople } from './titles.js';
import { UnitNames } from './unit-names.js';

/** Rows that make people known, without passwords: whoever imports gives nobody a way in. */
export function peopleRows(administration: Administration, directory: Directory): ImportKind {
  const prepare = (body: RegisterPersonDto, person: () => Person, taken: ReadonlySet<string>): PreparedRow => {
    const username = body.username.toLowerCase();
    return {
      content: { name: body.name, username, clearance: body.clearance, unit: body.unit },
      claims: [{ what: `username ${username}`, fault: twice }],
      check: async (key) => {
        const id = uuidv5(person().id, `person:${key}`);
        if (directory.person(id) || directory.isErased(id)) return { outcome: 'repeated' };
        return findingOf(() => {
          const account = accountOf(body, person(), directory);
          const unmet = administration.unmetByPerson({ id, ...account }, person()).map(faultOf);
          // Whoever may make nobody is told of nobody.
          return Promise.resolve(unmet.length === 0 && taken.has(username) ? [usernameTaken] : unmet);
        });
      },
      enter: async (sent) => {
        const by = person();
        const account = { id: newId('person', sent, by), ...accountOf(body, by, directory) };
        return (await administration.registerPerson(account, orderOf(sent, by))).position;
      },
    };
  };
  return {
    make: RegisterPersonDto,
    shape: shapeOf(RegisterPersonDto),
    besides: [],
    titles: titlesOfPeople,
    needs: 'in-person',
    oneByOne: false,
    isPersonal: true,
    begin: (person): RowSession => {
      const units = new UnitNames(directory);
      const taken = new Set(directory.people().map(({ username }) => username));
      return {
        unitOf: (text) => units.find(text),
        prepare: (body) => Promise.resolve(prepare(body as RegisterPersonDto, person, taken)),
      };
    },
  };
}

const usernameTaken: Fault = { path: 'username', code: 'username-taken', message: 'is taken', vi: 'đã được dùng' };
const twice: Fault = { path: 'username', code: 'username-taken', message: 'stands in another row of this sheet', vi: 'trùng với một dòng khác trong bảng' }; // prettier-ignore
