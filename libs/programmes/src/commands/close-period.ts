import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Accepted } from '#event-store';
import type { Sent } from '#workflow';
import type { ClosedPeriod } from '../periods/closing.js';
import { Periods } from '../periods/periods.js';

/** A period whose figures are to stand. */
export class ClosePeriod extends Command<Accepted> {
  constructor(
    readonly closed: ClosedPeriod,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(ClosePeriod)
export class ClosePeriodHandler implements ICommandHandler<ClosePeriod, Accepted> {
  constructor(private readonly periods: Periods) {}

  execute({ closed, sent }: ClosePeriod): Promise<Accepted> {
    return this.periods.close(closed, sent);
  }
}
