import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { Progress } from '#reporting';
import type { ProgrammeProgress } from '#reporting';
import { idIn } from '../administration/administered.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Pasts } from '../reading/pasts.js';
import { MomentQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { ProgressAnswer } from './programmes.dto.js';
import { targetAnswer } from './programmes.controller.js';

/** The views that targets are counted from; freshness is that of the first. */
const counted = ['figures', 'indicators', 'past-units'] as const;

type Asked = { readonly asOf: string | undefined; readonly minPosition: string | undefined };

/** How far programmes have come, of what the caller may see. */
@ApiTags('programmes')
@ApiBearerAuth()
@Controller('api/v1')
export class ProgressController {
  constructor(
    private readonly views: Views,
    private readonly progress: Progress,
    private readonly pasts: Pasts,
  ) {}

  /** How each target of a programme stands, or stood. */
  @Get('programmes/:id/progress')
  @Needs('read')
  async read(@Param('id') id: string, @Query() query: MomentQuery, @SignedIn() person: Person): Promise<ProgressAnswer> {
    return this.of(idIn(id), { asOf: query.asOf, minPosition: query.minPosition }, person);
  }

  private async of(id: string, { asOf: asked, minPosition }: Asked, person: Person): Promise<ProgressAnswer> {
    if (asked === undefined) {
      const { asOf, sight } = await this.views.open(counted, { minPosition }, person);
      const found = await this.pasts.inTurn(person, () => this.progress.now(id, { sight }, new Date(asOf.at)));
      return { asOf, targets: shown(found) };
    }
    const moment = await this.views.momentOf(asked, counted);
    const { sight } = await this.views.open(counted, { minPosition }, person);
    const found = await this.pasts.inTurn(person, () => this.progress.past(id, moment, { sight }));
    if (!found) throw new Problem('not-found');
    const { position, at } = found.moment;
    return { asOf: { position: String(position), at: at.toISOString(), lagMs: 0 }, targets: shown(found) };
  }
}

function shown(found: Pick<ProgrammeProgress, 'targets'> | null): ProgressAnswer['targets'] {
  if (!found) throw new Problem('not-found');
  return found.targets.map(({ target, state, withoutBaseline, ...standing }) =>
    Object.assign(targetAnswer(target, state), standing, withoutBaseline !== null && { withoutBaseline }),
  );
}
