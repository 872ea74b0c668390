import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { InvalidBody, Rejected } from '#event-store';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { ProcedureMigration } from '#procedures/commands';
import type { Sent } from '#workflow';
import { mustGovern } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { Views } from '../reading/views.js';
import { DefinitionDesk } from './definition-desk.js';
import { MigrationAnswer, MigrationDto } from './definitions.dto.js';

/** Gives running procedures another version of their lifecycle. */
@ApiTags('definitions')
@ApiBearerAuth()
@Controller('api/v1/definitions')
export class MigrationsController {
  constructor(
    private readonly desk: DefinitionDesk,
    private readonly migration: ProcedureMigration,
    private readonly views: Views,
    private readonly directory: Directory,
  ) {}

  /**
   * Migrates the running procedures that keep a version to another one, each by an event of its own, or says with `dryRun`
   * what would become of them. Sent again under its `Idempotency-Key`, it goes on with what is left. For administrators of a service or the ministry.
   */
  @Post(':id/migrations')
  @Needs('administer')
  @HttpCode(200)
  async migrate(
    @Param('id') id: string,
    @Body() body: MigrationDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<MigrationAnswer> {
    mustGovern(person);
    const { stages, clocks, reason, dryRun = false, procedures, units, limit } = body;
    const to = await this.target(id, body);
    await this.views.upToNow(['register']);
    const tree = this.directory.units();
    const { outcomes, refused } = await this.migration.run(
      {
        plan: { from: body.from, to, stages, clocks, reason },
        sight: this.directory.sightOf(person),
        dryRun,
        procedures: procedures && [...new Set(procedures.map((one) => one.toLowerCase()))],
        units: units?.flatMap((unit) => tree.subtree(unit.toLowerCase())),
        limit,
      },
      sent,
    );
    return {
      outcomes: [...outcomes],
      refused: refused.map(({ procedure, unmet }) => ({ procedure, unmet: [...unmet] })),
    };
  }

  /** The version to migrate to. @throws InvalidBody, Rejected */
  private async target(id: string, { from, to, stages }: MigrationDto): ReturnType<DefinitionDesk['published']> {
    const old = await this.desk.published(id, from, 'from');
    const next = await this.desk.published(id, to, 'to');
    if (from === to) throw new InvalidBody([{ path: 'to', message: 'must be another version than from' }]);
    const [first, ...others] = Object.keys(stages)
      .filter((stage) => !Object.hasOwn(old.stages, stage))
      .map((stage) => ({ path: `stages.${stage}`, message: `is not a stage of version ${String(from)}` }));
    if (first) throw new InvalidBody([first, ...others]);
    if (await this.desk.isRetired(id, to))
      throw new Rejected([{ code: 'definition-state', message: `Version ${String(to)} is retired.`, path: 'to' }]);
    return next;
  }
}
