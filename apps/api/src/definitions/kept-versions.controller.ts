import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { countByVersion } from '#procedures';
import { Definitions } from '#workflow';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { Settings } from '../settings.js';
import { KeptVersionsAnswer } from './definitions.dto.js';

/** Says which procedures follow which version. */
@ApiTags('definitions')
@ApiBearerAuth()
@Controller('api/v1/definitions')
export class KeptVersionsController {
  constructor(
    private readonly views: Views,
    private readonly settings: Settings,
    private readonly definitions: Definitions,
  ) {}

  /** How many procedures that the caller may see keep each version, by their stages. */
  @Get(':id/kept-versions')
  @Needs('read')
  async keptVersions(@Param('id') id: string, @Query() query: ReadQuery, @SignedIn() person: Person): Promise<KeptVersionsAnswer> {
    if (!(await this.definitions.versions(id))) throw new Problem('not-found');
    const { asOf, sight } = await this.views.open(['register'], query, person);
    return { items: [...(await countByVersion(this.settings.database, { lifecycle: id, sight }))], asOf };
  }
}
