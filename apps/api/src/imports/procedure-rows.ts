import type { CommandBus } from '@nestjs/cqrs';
import { uuidv5 } from '#event-store';
import type { Directory, Person } from '#identity';
import { foldCode } from '#procedures';
import { RegisterProcedure } from '#procedures/commands';
import type { ProcedureDesk } from '#procedures/commands';
import { shapeOf } from '../http/shape-of.js';
import { RegisterProcedureDto } from '../procedures/register-procedure.dto.js';
import { faultOf, findingOf } from './kind.js';
import type { ImportKind, PreparedRow, RowSession } from './kind.js';
import { titlesOfProcedures } from './titles.js';
import { UnitNames } from './unit-names.js';

/** Rows that register procedures. */
export function procedureRows(commands: CommandBus, desk: ProcedureDesk, directory: Directory): ImportKind {
  const prepare = (body: RegisterProcedureDto, person: () => Person): PreparedRow => ({
    content: body,
    claims: body.code === undefined ? [] : [{ what: `code ${foldCode(body.code)}`, fault: sameCode }],
    check: async (key) => {
      const id = uuidv5(person().id, `procedure:${key}`);
      if (await desk.find(id)) return { outcome: 'repeated' };
      return findingOf(async () => (await desk.unmetByRegistration(id, body, person())).map(faultOf));
    },
    enter: async (sent) => (await commands.execute(new RegisterProcedure(body, sent))).position,
  });
  return {
    make: RegisterProcedureDto,
    shape: shapeOf(RegisterProcedureDto),
    besides: [],
    titles: titlesOfProcedures,
    place: 'owningUnit',
    needs: 'register',
    oneByOne: false,
    isPersonal: false,
    begin: (person): RowSession => {
      const units = new UnitNames(directory);
      return {
        unitOf: (text) => units.find(text),
        prepare: (body) => Promise.resolve(prepare(body as RegisterProcedureDto, person)),
      };
    },
  };
}

const sameCode = {
  ...{ path: 'code', code: 'code-taken', message: 'stands in another row of this sheet', vi: 'trùng với một dòng khác trong bảng' },
};
