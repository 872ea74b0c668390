import type { RemedyAction, RemedyCommand } from '#programmes';
import type { AcceptRemedyDto, ReportRemedyDto, ReturnRemedyDto } from './recommendations.dto.js';

interface Bodies {
  readonly 'report-remedy': ReportRemedyDto;
  readonly 'accept-remedy': AcceptRemedyDto;
  readonly 'return-remedy': ReturnRemedyDto;
}

/** What each body asks for; a day that is left out is today. */
export const remedyRequests: { readonly [Action in RemedyAction]: (body: Bodies[Action], today: string) => RemedyCommand } = {
  'report-remedy': ({ recommendation, text, evidence, occurredOn }, today) => ({
    ...{ action: 'report-remedy', recommendation: recommendation.toLowerCase(), text, evidence, occurredOn: occurredOn ?? today },
  }),
  'accept-remedy': ({ recommendation, occurredOn }, today) => ({
    ...{ action: 'accept-remedy', recommendation: recommendation.toLowerCase(), occurredOn: occurredOn ?? today },
  }),
  'return-remedy': ({ recommendation, reason, occurredOn }, today) => ({
    ...{ action: 'return-remedy', recommendation: recommendation.toLowerCase(), reason, occurredOn: occurredOn ?? today },
  }),
};
