import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Administration, Directory } from '#identity';
import type { Person } from '#identity';
import { countProcedures } from '#procedures';
import { administeringRole } from '#workflow';
import type { Sent } from '#workflow';
import { listTasks } from '#worklist';
import { newId, orderOf } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { Problem } from '../http/problem.js';
import { Views } from '../reading/views.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Settings } from '../settings.js';
import { AdministeredAnswer, idIn, unitIn } from './administered.js';
import { registrationOfUnit } from './registrations.js';
import { CloseUnitDto, MergeUnitDto, MoveUnitDto, RegisterUnitDto, RenameUnitDto, UnitsAnswer, UnitUseAnswer } from './units.dto.js';

/** Counted one by one. */
const mostTasks = 200;

@ApiTags('administration')
@ApiBearerAuth()
@Controller('api/v1/units')
export class UnitsController {
  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly views: Views,
    private readonly settings: Settings,
  ) {}

  /** The units of this installation, closed ones too. */
  @Get()
  @Needs('read')
  async list(@Query() { minPosition }: ReadQuery, @SignedIn() person: Person): Promise<UnitsAnswer> {
    await this.views.directoryUpTo(minPosition);
    const units = this.directory.units();
    return {
      items: units.all().map(({ id, name, level, parent, closed = false, mergedInto = null }) => {
        const administered = administeringRole(person.roles, id, units) !== null;
        return { id, name, level, parent, closed, mergedInto, administered };
      }),
    };
  }

  /** What a unit has: what therefore comes along when it is moved or merged, and stays behind when it is closed. For its administrators. */
  @Get(':id/use')
  @Needs('read')
  async use(@Param('id') id: string, @Query() query: ReadQuery, @SignedIn() person: Person): Promise<UnitUseAnswer> {
    await this.views.directoryUpTo(query.minPosition);
    const units = this.directory.units();
    const unit = units.get(idIn(id)) ?? notFound();
    if (!administeringRole(person.roles, unit.id, units))
      throw new Problem('not-authorised', { detail: 'This is for administrators of the unit.' });
    const { sight } = await this.views.open(['register', 'tasks'], query, person);
    const standing = units.standingFor(unit.id);
    const today = this.directory.date();
    const holders = this.directory
      .people()
      .filter(({ grants }) => grants.some((held) => standing.includes(held.unit) && (held.to ?? today) >= today));
    const tasks = await listTasks(this.settings.database, {
      ...{ units: standing, side: 'asked', state: 'open', today, clearance: sight.clearance },
      limit: mostTasks,
    });
    return {
      people: holders.filter(({ isProgram }) => !isProgram).length,
      programs: holders.filter(({ isProgram }) => isProgram).length,
      procedures: await countProcedures(this.settings.database, { sight, units: standing }),
      openTasks: { count: tasks.items.length, more: tasks.nextCursor !== null },
      unitsBelow: units.subtree(unit.id).filter((one) => one !== unit.id && units.get(one)?.closed !== true).length,
    };
  }

  /** Makes a unit known. For administrators of the unit that it stands below. */
  @Post()
  @Needs('administer')
  async register(@Body() body: RegisterUnitDto, @HowSent() sent: Sent, @SignedIn() person: Person): Promise<AdministeredAnswer> {
    const command = registrationOfUnit(body, (id) => unitIn(this.directory, id, 'parent'));
    return this.administration.onUnit(newId('unit', sent, person), command, orderOf(sent, person));
  }

  @Post(':id/rename')
  @Needs('administer')
  @HttpCode(200)
  async rename(
    @Param('id') id: string,
    @Body() { name }: RenameUnitDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const command = { action: 'rename-unit', name: name } as const;
    return this.administration.onUnit(idIn(id), command, orderOf(sent, person));
  }

  /** Puts it below another unit, with all that stands below it. */
  @Post(':id/move')
  @Needs('administer')
  @HttpCode(200)
  async move(
    @Param('id') id: string,
    @Body() { parent }: MoveUnitDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const command = { action: 'move-unit', parent: unitIn(this.directory, parent, 'parent') } as const;
    return this.administration.onUnit(idIn(id), command, orderOf(sent, person));
  }

  /** Makes it part of another unit of its level, which then has its procedures, its people's roles and the units below it. */
  @Post(':id/merge')
  @Needs('administer')
  @HttpCode(200)
  async merge(
    @Param('id') id: string,
    @Body() { into }: MergeUnitDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const command = { action: 'merge-unit', into: unitIn(this.directory, into, 'into') } as const;
    return this.administration.onUnit(idIn(id), command, orderOf(sent, person));
  }

  /** Ends it. Its procedures stay with the units above it; roles at it count no more. */
  @Post(':id/close')
  @Needs('administer')
  @HttpCode(200)
  async close(
    @Param('id') id: string,
    @Body() { reason }: CloseUnitDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    return this.administration.onUnit(idIn(id), { action: 'close-unit', reason }, orderOf(sent, person));
  }
}

function notFound(): never {
  throw new Problem('not-found');
}
