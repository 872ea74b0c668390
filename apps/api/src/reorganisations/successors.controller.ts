import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory } from '#identity';
import { handovers, namesLike, successorsOf, unitEnds } from '#reorganisation';
import { Needs } from '../http/needs.js';
import { Views } from '../reading/views.js';
import { Settings } from '../settings.js';
import { SuccessorsAnswer, SuccessorsQuery } from './reorganisations.dto.js';

const mostNames = 50;

/** Today's units by old names. */
@ApiTags('administration')
@ApiBearerAuth()
@Controller('api/v1/units')
export class SuccessorsController {
  constructor(
    private readonly directory: Directory,
    private readonly views: Views,
    private readonly settings: Settings,
  ) {}

  /** Which units of today do what those did that have, or once had, such a name: after merges one, after a split several by field. */
  @Get('successors')
  @Needs('read')
  async find(@Query() { name, minPosition }: SuccessorsQuery): Promise<SuccessorsAnswer> {
    const asOf = await this.views.freshness(['unit-names', 'reorganisations'], { minPosition });
    await this.views.directoryUpTo(minPosition);
    const { database } = this.settings;
    const units = this.directory.units();
    const given = await handovers(database);
    const ended = await unitEnds(database);
    const names = await namesLike(database, name, mostNames);
    return {
      asOf,
      items: names.map((one) => ({
        ...one,
        closed: units.get(one.unit)?.closed === true,
        successors: successorsOf(one.unit, units, given, ended).map(({ unit, fields, by }) => ({
          ...{ unit, name: units.get(unit)?.name ?? unit, fields: fields && [...fields] },
          by: by.map(({ how, from, to, reorganisation }) => ({
            ...{ how, from, to, reorganisation: reorganisation?.reorganisation ?? null },
            ...{ on: reorganisation?.on ?? null, decision: reorganisation?.decision ?? null },
          })),
        })),
      })),
    };
  }
}
