import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { Planning } from '#reporting';
import type { BackwardsPlan } from '#reporting';
import type { UnitTree } from '#workflow';
import { idIn } from '../administration/administered.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Pasts } from '../reading/pasts.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { PlanAnswer } from './plan.dto.js';

const views = ['figures', 'register', 'stage_stays', 'indicators', 'past-units'] as const;

/** Targets looked at from their deadline, over what the caller may see. */
@ApiTags('programmes')
@ApiBearerAuth()
@Controller('api/v1/programmes')
export class PlanController {
  constructor(
    private readonly views: Views,
    private readonly pasts: Pasts,
    private readonly planning: Planning,
    private readonly directory: Directory,
  ) {}

  /** What is missing, the last day of each step that is left, who holds it up, and how few options would reach it. */
  @Get(':id/targets/:target/plan')
  @Needs('read')
  async read(
    @Param('id') id: string,
    @Param('target') target: string,
    @Query() { minPosition }: ReadQuery,
    @SignedIn() person: Person,
  ): Promise<PlanAnswer> {
    const { asOf, sight } = await this.views.open(views, { minPosition }, person);
    const asked = { seen: { sight }, now: new Date(asOf.at), tree: this.directory.units() };
    const found = await this.pasts.inTurn(person, () => this.planning.plan(idIn(id), idIn(target), asked));
    if (!found) throw new Problem('not-found');
    return { asOf, ...shown(found, asked.tree) };
  }
}

function shown({ standing, missing, ways, units, procedures, fewest }: BackwardsPlan, tree: UnitTree): Omit<PlanAnswer, 'asOf'> {
  const { target, value, reached, workingDaysLeft } = standing;
  const nameOf = (unit: string): string => tree.get(unit)?.name ?? unit;
  const named = <Of extends { readonly unit: string }>(of: Of): Of & { readonly unitName: string } => ({
    ...of,
    unitName: nameOf(of.unit),
  });
  return {
    ...{ target: target.id, metric: target.metric, threshold: target.threshold, deadline: target.deadline },
    ...{ value, reached, workingDaysLeft, missing },
    ways: ways.map(({ steps, ...way }) => ({ ...way, steps: steps && steps.map(({ stay, ...step }) => ({ ...step, ...stay })) })),
    units: units.map(named),
    procedures: procedures.map(named),
    fewest: fewest && { ...fewest, procedures: fewest.procedures.map(named) },
  };
}
