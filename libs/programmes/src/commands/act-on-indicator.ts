import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Accepted } from '#event-store';
import type { Sent } from '#workflow';
import type { Defined } from '../indicators/indicator.js';
import { Indicators } from '../indicators/indicators.js';
import type { Place, ReportRequest } from '../indicators/indicators.js';

/** An indicator that units will report. */
export class DefineIndicator extends Command<Accepted> {
  constructor(
    readonly defined: Omit<Defined, 'owner'>,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(DefineIndicator)
export class DefineIndicatorHandler implements ICommandHandler<DefineIndicator, Accepted> {
  constructor(private readonly indicators: Indicators) {}

  execute({ defined, sent }: DefineIndicator): Promise<Accepted> {
    return this.indicators.define(defined, sent);
  }
}

/** What a unit reports of a period, or what a checker says to it. */
export class ReportIndicator extends Command<Accepted> {
  constructor(
    readonly place: Place,
    readonly request: ReportRequest,
    readonly of: Defined,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(ReportIndicator)
export class ReportIndicatorHandler implements ICommandHandler<ReportIndicator, Accepted> {
  constructor(private readonly indicators: Indicators) {}

  execute({ place, request, of, sent }: ReportIndicator): Promise<Accepted> {
    return this.indicators.report(place, request, of, sent);
  }
}

/** Reminds units that have not reported. */
export class RemindIndicator extends Command<Accepted> {
  constructor(
    readonly of: Pick<Place, 'indicator' | 'period'>,
    readonly missing: readonly string[],
    readonly owner: string,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(RemindIndicator)
export class RemindIndicatorHandler implements ICommandHandler<RemindIndicator, Accepted> {
  constructor(private readonly indicators: Indicators) {}

  execute({ of, missing, owner, sent }: RemindIndicator): Promise<Accepted> {
    return this.indicators.remind(of, missing, owner, sent);
  }
}
