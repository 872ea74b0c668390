import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Accepted } from '#event-store';
import type { Sent } from '#workflow';
import { InquiryDesk } from '../inquiry-desk.js';
import type { AboutInquiry, InquiryRequest } from '../inquiry-desk.js';

/** A question to units, or what is said and done about one. */
export class ActOnInquiry extends Command<Accepted> {
  constructor(
    readonly inquiry: string,
    readonly request: InquiryRequest,
    readonly about: AboutInquiry,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(ActOnInquiry)
export class ActOnInquiryHandler implements ICommandHandler<ActOnInquiry, Accepted> {
  constructor(private readonly desk: InquiryDesk) {}

  execute({ inquiry, request, about, sent }: ActOnInquiry): Promise<Accepted> {
    return this.desk.decide(inquiry, request, about, sent);
  }
}
