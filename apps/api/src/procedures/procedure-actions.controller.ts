import { Body, Controller, HttpCode, Param, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { TakesActingFor } from '../http/acting-for.js';
import { HowSent } from '../http/sent.js';
import { AcceptedHeaders } from './accepted-headers.js';
import {
  AbolishProcedure,
  ApplyProcess,
  ApproveOption,
  AssignReview,
  AuditProcess,
  BuildProcess,
  CheckQuality,
  CorrectRecord,
  DiscloseProcedure,
  ImplementOption,
  ProposeOption,
  ProposePublication,
  PublishProcedure,
  RejectOption,
  ResumeProcedure,
  ReturnProcedure,
  ReviewProcedure,
  SuspendProcedure,
  WithdrawProcedure,
} from '#procedures/commands';
import type { Sent } from '#workflow';
import { KnownProcedure } from './known-procedure.js';
import { ApproveOptionDto, CheckQualityDto, ImplementOptionDto, OptionReasonDto, ProposeOptionDto } from './option-action.dto.js';
import {
  AbolishDto,
  ApplyDto,
  AssignReviewDto,
  AuditDto,
  BuildDto,
  CorrectDto,
  DiscloseDto,
  ProposeDto,
  PublishDto,
  ReasonDto,
  ResumeDto,
  ReviewDto,
} from './procedure-action.dto.js';
import { AcceptedAnswer } from './register-procedure.dto.js';

/** One call for each action that a procedure can take. */
@ApiTags('procedures')
@ApiBearerAuth()
@Controller('api/v1/procedures/:id/actions')
@TakesActingFor()
@UseGuards(KnownProcedure)
@UseInterceptors(AcceptedHeaders)
export class ProcedureActionsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('build')
  @HttpCode(200)
  build(@Param('id') id: string, @Body() body: BuildDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new BuildProcess(id, body, sent));
  }

  @Post('review')
  @HttpCode(200)
  review(@Param('id') id: string, @Body() body: ReviewDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ReviewProcedure(id, body, sent));
  }

  @Post('propose')
  @HttpCode(200)
  propose(@Param('id') id: string, @Body() body: ProposeDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ProposePublication(id, body, sent));
  }

  @Post('publish')
  @HttpCode(200)
  publish(@Param('id') id: string, @Body() body: PublishDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new PublishProcedure(id, body, sent));
  }

  @Post('disclose')
  @HttpCode(200)
  disclose(@Param('id') id: string, @Body() body: DiscloseDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new DiscloseProcedure(id, body, sent));
  }

  @Post('apply')
  @HttpCode(200)
  apply(@Param('id') id: string, @Body() body: ApplyDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ApplyProcess(id, body, sent));
  }

  @Post('audit')
  @HttpCode(200)
  audit(@Param('id') id: string, @Body() body: AuditDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new AuditProcess(id, body, sent));
  }

  @Post('assign-review')
  @HttpCode(200)
  assignReview(@Param('id') id: string, @Body() body: AssignReviewDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new AssignReview(id, body, sent));
  }

  @Post('propose-option')
  @HttpCode(200)
  proposeOption(@Param('id') id: string, @Body() body: ProposeOptionDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ProposeOption(id, body, sent));
  }

  @Post('check-quality')
  @HttpCode(200)
  checkQuality(@Param('id') id: string, @Body() body: CheckQualityDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new CheckQuality(id, body, sent));
  }

  @Post('approve-option')
  @HttpCode(200)
  approveOption(@Param('id') id: string, @Body() body: ApproveOptionDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ApproveOption(id, body, sent));
  }

  @Post('reject-option')
  @HttpCode(200)
  rejectOption(@Param('id') id: string, @Body() body: OptionReasonDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new RejectOption(id, body, sent));
  }

  @Post('implement-option')
  @HttpCode(200)
  implementOption(@Param('id') id: string, @Body() body: ImplementOptionDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ImplementOption(id, body, sent));
  }

  @Post('return')
  @HttpCode(200)
  return(@Param('id') id: string, @Body() body: OptionReasonDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ReturnProcedure(id, body, sent));
  }

  @Post('abolish')
  @HttpCode(200)
  abolish(@Param('id') id: string, @Body() body: AbolishDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new AbolishProcedure(id, body, sent));
  }

  @Post('withdraw')
  @HttpCode(200)
  withdraw(@Param('id') id: string, @Body() body: ReasonDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new WithdrawProcedure(id, body, sent));
  }

  @Post('suspend')
  @HttpCode(200)
  suspend(@Param('id') id: string, @Body() body: ReasonDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new SuspendProcedure(id, body, sent));
  }

  @Post('resume')
  @HttpCode(200)
  resume(@Param('id') id: string, @Body() body: ResumeDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ResumeProcedure(id, body, sent));
  }

  @Post('correct')
  @HttpCode(200)
  correct(@Param('id') id: string, @Body() body: CorrectDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new CorrectRecord(id, body, sent));
  }
}
