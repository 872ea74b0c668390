import type { CommandBus } from '@nestjs/cqrs';
import { uuidv5 } from '#event-store';
import type { Directory, Person } from '#identity';
import { foldCode, mayAddress, proceduresWithCode, tidyCode } from '#procedures';
import { ActOnProcedure } from '#procedures/commands';
import type { ActionBody, Found, ProcedureDesk } from '#procedures/commands';
import type { Database } from '#platform';
import { isUuid } from '../http/sent.js';
import { shapeOf } from '../http/shape-of.js';
import { optionActionBodies } from '../procedures/option-action.dto.js';
import { faultOf, findingOf } from './kind.js';
import type { Fault, ImportKind, PreparedRow, RowSession } from './kind.js';
import { titlesOfOptions } from './titles.js';

const make = optionActionBodies['propose-option'];
type Body = ActionBody<'propose-option'>;
const action = 'propose-option';

interface Desks {
  readonly commands: CommandBus;
  readonly desk: ProcedureDesk;
  readonly directory: Directory;
  readonly database: Database;
}

/** Rows that propose options for procedures, which they name by id or official code. */
export function optionRows({ commands, desk, directory, database }: Desks): ImportKind {
  /** Null where nobody, or nobody whom the person may know of, is called so. */
  const find = async (text: string, by: Person): Promise<{ readonly id: string; readonly found: Found } | null> => {
    const ids = isUuid(text) ? [text.toLowerCase()] : await proceduresWithCode(database, foldCode(tidyCode(text)));
    for (const id of ids) {
      const found = await desk.find(id);
      if (found && mayAddress(directory.sightOf(by), found.state)) return { id, found };
    }
    return null;
  };
  const prepare = async (
    body: Body,
    procedure: string,
    person: () => Person,
  ): Promise<PreparedRow | { readonly faults: readonly Fault[] }> => {
    const named = await find(procedure, person());
    if (!named) return { faults: [unknown] };
    const { id, found } = named;
    return {
      content: { procedure: id, body },
      claims: [{ what: `procedure ${id}`, fault: second }],
      check: async (key) => {
        const commandId = uuidv5(person().id, key);
        if (found.state.options.some((option) => option.id === commandId)) return { outcome: 'repeated' };
        return findingOf(async () => (await desk.unmetByAction(id, found, { action, body }, person())).map(faultOf));
      },
      enter: async (sent) => (await commands.execute(new ActOnProcedure(id, action, body, sent))).position,
    };
  };
  return {
    make,
    shape: shapeOf(make),
    besides: ['procedure'],
    titles: titlesOfOptions,
    place: 'procedure',
    needs: action,
    oneByOne: false,
    isPersonal: false,
    begin: (person): RowSession => ({
      unitOf: (value) => ({ value }),
      prepare: (body, { procedure = '' }) => prepare(body as Body, procedure, person),
    }),
  };
}

const unknown: Fault = { path: 'procedure', code: 'unknown-procedure', message: 'is no procedure: its official code or its id is needed', vi: 'không phải là thủ tục: cần mã hoặc định danh' }; // prettier-ignore
const second: Fault = { path: 'procedure', code: 'wrong-stage', message: 'has another option in this sheet: one is open at a time', vi: 'đã có phương án khác trong bảng: mỗi lúc chỉ một phương án' }; // prettier-ignore
