import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { PaperTemplates, builtInTemplate, paperKinds, readTemplateOf } from '#reporting';
import type { PaperKind, TemplateChange, TemplateFault } from '#reporting';
import type { Sent } from '#workflow';
import { administeringMetadata, mustGovern } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { shownActor } from '../reading/shown-actor.js';
import { PaperTemplateAnswer, ReplaceTemplateDto, RestoreTemplateDto, TemplateChangedAnswer } from './paper-templates.dto.js';
import { paperNamed } from './papers.js';

/** The wording of papers, which administrators of a service or the ministry may replace. */
@ApiTags('papers')
@ApiBearerAuth()
@ApiParam({ name: 'paper', enum: paperKinds })
@Controller('api/v1/papers/:paper/template')
export class PaperTemplatesController {
  constructor(
    private readonly templates: PaperTemplates,
    private readonly directory: Directory,
  ) {}

  /** The wording that the paper has now, and who gave it which one before. */
  @Get()
  @Needs('read')
  async read(@Param('paper') name: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<PaperTemplateAnswer> {
    const { kind } = paperNamed(name);
    const versions = await this.templates.versions(kind);
    const text = versions.at(-1)?.text ?? null;
    if (versions.length > 0) void reply.header('etag', `"${String(versions.length - 1)}"`);
    return {
      ...{ paper: kind, version: versions.length, isBuiltIn: text === null, text: text ?? builtInTemplate(kind) },
      versions: versions.map(({ version, reason, text: of, actor, recordedAt }) => ({
        ...{ version, reason, isBuiltIn: of === null, recordedAt },
        actor: shownActor(actor, this.directory),
      })),
    };
  }

  /** Replaces the wording. One that is broken is refused, with line and column of what is wrong. */
  @Post('versions')
  @Needs('administer')
  async replace(
    @Param('paper') name: string,
    @Body() { text, reason }: ReplaceTemplateDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateChangedAnswer> {
    mustGovern(person);
    const { kind } = paperNamed(name);
    const kept = text.normalize('NFC').replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'); // prettier-ignore
    const read = readTemplateOf(kind, kept);
    if (!read.ok) throw broken(read.faults);
    return this.change(kind, { text: kept, reason }, { sent, person, reply });
  }

  /** Restores the built-in wording. */
  @Post('restore')
  @HttpCode(200)
  @Needs('administer')
  async restore(
    @Param('paper') name: string,
    @Body() { reason }: RestoreTemplateDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateChangedAnswer> {
    mustGovern(person);
    return this.change(paperNamed(name).kind, { text: null, reason }, { sent, person, reply });
  }

  private async change(
    kind: PaperKind,
    command: TemplateChange,
    { sent, person, reply }: { readonly sent: Sent; readonly person: Person; readonly reply: FastifyReply },
  ): Promise<TemplateChangedAnswer> {
    const on = { metadata: administeringMetadata(sent, person), ifMatch: sent.ifMatch };
    const { revision, position } = await this.templates.change(kind, command, on);
    void reply.header('etag', `"${String(revision)}"`).header('location', `/api/v1/papers/${kind}/template`);
    return { id: kind, version: revision + 1, revision, position: String(position) };
  }
}

/** Faults that are told at once; with these mended, others may be told. */
const mostTold = 5;

function broken(faults: readonly TemplateFault[]): Problem {
  const told = faults.slice(0, mostTold);
  const message = told.map(({ line, column, message: said }) => `line ${String(line)}, column ${String(column)}: ${said}`).join('; ');
  const vi = told.map(({ line, column, vi: said }) => `dòng ${String(line)}, cột ${String(column)}: ${said}`).join('; ');
  return new Problem('invalid-body', { errors: [{ path: 'text', message, vi }] });
}
