import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Accepted } from '#event-store';
import type { Sent } from '#workflow';
import { Inspections } from '../inspections/inspections.js';
import type { InspectionRequest, SeenInspection } from '../inspections/inspections.js';

/** An inspection that is announced, or what is done with one that the sender sees. */
export class ActOnInspection extends Command<Accepted> {
  constructor(
    readonly inspection: string,
    readonly request: InspectionRequest,
    /** Null for one that begins. */
    readonly seen: SeenInspection | null,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(ActOnInspection)
export class ActOnInspectionHandler implements ICommandHandler<ActOnInspection, Accepted> {
  constructor(private readonly inspections: Inspections) {}

  execute({ inspection, request, seen, sent }: ActOnInspection): Promise<Accepted> {
    return this.inspections.decide(inspection, request, seen, sent);
  }
}
