import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '#identity';
import { dateInVietnam } from '#platform';
import { InvalidCursor, readKey, writeCursor } from '#processors';
import { Definitions, inForceOn, parameterNames, versionsBefore } from '#workflow';
import type { ParameterName, Sent } from '#workflow';
import { wrong } from '../administration/administered.js';
import { administeringMetadata, mustGovern } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { LongPageQuery } from '../reading/reading.dto.js';
import { ParameterAnswer, ParameterSetAnswer, ParametersAnswer, SetParameterDto } from './parameters.dto.js';

/** Figures that costs are reckoned with. Once an hourly wage is in force, options must use it. */
@ApiTags('parameters')
@ApiBearerAuth()
@Controller('api/v1/parameters')
export class ParametersController {
  constructor(private readonly definitions: Definitions) {}

  /** Every parameter with its newest 200 versions. */
  @Get()
  @Needs('read')
  async list(): Promise<ParametersAnswer> {
    return { items: await Promise.all(parameterNames.map((name) => this.shown(name, {}))) };
  }

  /** A page of its versions, the newest on the first one. */
  @Get(':name')
  @Needs('read')
  read(@Param('name') name: string, @Query() query: LongPageQuery): Promise<ParameterAnswer> {
    return this.shown(nameIn(name), query);
  }

  /** Sets it from a day on; what was proposed before keeps what it was reckoned with. For administrators of a service or the ministry. */
  @Post(':name/versions')
  @Needs('administer')
  async set(
    @Param('name') name: string,
    @Body() body: SetParameterDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParameterSetAnswer> {
    mustGovern(person);
    const id = nameIn(name);
    if (id === 'periodLastDay' && body.value > 31) wrong('value', 'must be a day from 1 to 31', 'phải là một ngày từ 1 đến 31');
    const { value, source, validFrom } = body;
    const content = { value, source, validFrom, today: dateInVietnam(new Date()) };
    const on = { metadata: administeringMetadata(sent, person), ifMatch: sent.ifMatch };
    const { state, revision, position } = await this.definitions.parameters.set(id, content, on);
    reply.header('etag', `"${String(revision)}"`).header('location', `/api/v1/parameters/${id}`);
    return { id, version: state.length, revision, position: String(position) };
  }

  private async shown(name: ParameterName, { cursor, limit }: LongPageQuery): Promise<ParameterAnswer> {
    const before = cursor === undefined ? undefined : versionIn(readKey(cursor, listOf(name)));
    const all = await this.definitions.parameters.versions(name);
    const { versions, areMore } = versionsBefore(all, { before, limit: Number(limit ?? mostShown) });
    const [first] = versions;
    return {
      ...{ name, inForce: inForceOn(all, dateInVietnam(new Date())), versions: [...versions] },
      nextCursor: first && areMore ? writeCursor([listOf(name), String(first.version)]) : null,
    };
  }
}

const mostShown = 200;
const listOf = (name: ParameterName): string => `parameter-${name}`;

function versionIn(key: string): number {
  if (!/^\d{1,9}$/.test(key)) throw new InvalidCursor('The cursor is not one of this list.');
  return Number(key);
}

function nameIn(name: string): ParameterName {
  const found = parameterNames.find((one) => one === name);
  if (!found) throw new Problem('not-found');
  return found;
}
