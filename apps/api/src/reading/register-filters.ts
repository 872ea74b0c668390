import type { Directory } from '#identity';
import type { ListFilters } from '#procedures';
import { punctualityStates } from '#reporting';
import type { OnTime } from '#reporting';
import { punctualityMeasures } from '#workflow';
import type { Definitions, Sight } from '#workflow';
import type { Waiting } from '#worklist';
import { Problem } from '../http/problem.js';
import { startOf } from './reading.dto.js';
import type { ListedQuery } from './reading.dto.js';

/** What a list is narrowed by, whoever asks for it: what somebody sees is asked for each page. */
export type RegisterFilter = Omit<ListFilters, 'sight' | 'units'>;

/** Reads what a list of the register is narrowed by, with what other rooms know of procedures. */
export class RegisterFilters {
  constructor(
    private readonly definitions: Definitions,
    private readonly directory: Directory,
    private readonly waiting: Waiting,
    private readonly punctuality: OnTime,
  ) {}

  /** @throws Problem */
  async of(query: ListedQuery, sight: Sight): Promise<RegisterFilter> {
    const { kind, group, field, classification, stage, q, waitsFor, onTime, registeredFrom, inStageFrom } = query;
    await this.mustBeStage(stage);
    const [measure, state] = onTime?.split('.') ?? [];
    const known = { measure: punctualityMeasures.find((one) => one === measure), state: punctualityStates.find((one) => one === state) };
    return {
      ...{ kind, group, field, classification, stage, q },
      ...(registeredFrom !== undefined && { registeredFrom: startOf(registeredFrom) }),
      ...(inStageFrom !== undefined && { inStageFrom: startOf(inStageFrom) }),
      among: [
        ...(waitsFor === undefined ? [] : [await this.waiting.condition(waitsFor.toLowerCase(), this.directory.units())]),
        ...(known.measure && known.state
          ? [await this.punctuality.condition({ measure: known.measure, state: known.state }, sight, new Date())]
          : []),
      ],
    };
  }

  private async mustBeStage(stage: string | undefined): Promise<void> {
    if (stage !== undefined && !(await this.definitions.all()).some(({ stages }) => Object.hasOwn(stages, stage)))
      throw new Problem('invalid-query', { errors: [{ path: 'stage', message: 'is not a stage' }] });
  }
}

/** The views that the answer rests on besides the register. */
export const viewsOf = ({ waitsFor, onTime }: ListedQuery): readonly ['register', ...string[]] => [
  'register',
  ...(waitsFor === undefined ? [] : ['work']),
  ...(onTime === undefined ? [] : ['publications', 'counts']),
];
