import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '#identity';
import type { Sent } from '#workflow';
import { lifecycleDiagram, lifecycleSchema } from '#workflow';
import { administeringMetadata, mustGovern } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem, languageOf } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { Views } from '../reading/views.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { DefinitionDesk } from './definition-desk.js';
import { NothingDto } from '../http/shape.js';
import {
  DefinitionQuery,
  DefinitionsAnswer,
  FindingsAnswer,
  PublishDefinitionDto,
  RetireDto,
  VersionChangedAnswer,
} from './definitions.dto.js';

const document = {
  description: 'A lifecycle definition, as `GET /api/v1/definitions/schema` describes it.',
  type: 'object',
  additionalProperties: true,
} as const;

/** Lifecycle definitions: drafted, validated, published and retired by administrators, read by everybody who is signed in. */
@ApiTags('definitions')
@ApiBearerAuth()
@Controller('api/v1/definitions')
export class DefinitionsController {
  constructor(
    private readonly desk: DefinitionDesk,
    private readonly views: Views,
  ) {}

  /** Every lifecycle with its versions and their states. */
  @Get()
  @Needs('read')
  async list(@Query() { minPosition }: ReadQuery): Promise<DefinitionsAnswer> {
    await this.views.upTo(minPosition);
    const items = (await this.desk.list()).flatMap(({ id, current, versions }) => {
      const newest = versions.at(-1)?.document;
      const shown = versions.map(({ version, state, document: { title } }) => ({ version, state, title }));
      return newest ? [{ id, kind: newest.kind, title: newest.title, current, versions: shown }] : [];
    });
    return { items };
  }

  /** The JSON Schema (2020-12) of a definition. */
  @Get('schema')
  @Needs('read')
  @ApiOkResponse({ schema: { type: 'object' } })
  schema(): object {
    return lifecycleSchema;
  }

  /** A version as `POST` takes it, with the authority policy in it; or as a Mermaid diagram. */
  @Get(':id/versions/:version')
  @Needs('read')
  @ApiOkResponse({ content: { 'application/json': { schema: document }, 'text/plain': { schema: { type: 'string' } } } })
  async version(
    @Param('id') id: string,
    @Param('version') version: string,
    @Query() { format, lang, minPosition }: DefinitionQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | string> {
    await this.views.upTo(minPosition);
    const definition = await this.desk.document(id, numberOf(version));
    if (format !== 'mermaid') return definition;
    reply.type('text/plain; charset=utf-8');
    return lifecycleDiagram(definition, lang);
  }

  /** Drafts the next version; a `version` in the document is replaced by its number. For administrators of a service or the ministry. */
  @Post(':id/versions')
  @Needs('administer')
  @ApiBody({ schema: document })
  async draft(
    @Param('id') id: string,
    @Body() body: unknown,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<VersionChangedAnswer> {
    mustGovern(person);
    return this.desk.draft(id, body, administeringMetadata(sent, person), sent.ifMatch);
  }

  /** What is amiss with a version, held against the people and units of this moment. For administrators of a service or the ministry. */
  @Post(':id/versions/:version/validate')
  @Needs('administer')
  @HttpCode(200)
  async validate(
    @Param('id') id: string,
    @Param('version') version: string,
    @Body() _: NothingDto,
    @SignedIn() person: Person,
    @Headers('accept-language') languages?: string,
  ): Promise<FindingsAnswer> {
    mustGovern(person);
    return answerOf(await this.desk.validate(id, numberOf(version)), languages);
  }

  /**
   * As `validate`, for a document that is still being written: nothing is stored. What is wrong with its shape is found too, with the code `shape`.
   * For administrators of a service or the ministry.
   */
  @Post(':id/check')
  @Needs('administer')
  @HttpCode(200)
  @ApiBody({ schema: document })
  async check(
    @Param('id') id: string,
    @Body() body: unknown,
    @SignedIn() person: Person,
    @Headers('accept-language') languages?: string,
  ): Promise<FindingsAnswer> {
    mustGovern(person);
    return answerOf(await this.desk.check(id, body), languages);
  }

  /** Has new procedures get the version. Refused while errors are found in it, or doubts that `confirm` does not name. For administrators of a service or the ministry. */
  @Post(':id/versions/:version/publish')
  @Needs('administer')
  @HttpCode(200)
  async publish(
    @Param('id') id: string,
    @Param('version') version: string,
    @Body() { confirm }: PublishDefinitionDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<VersionChangedAnswer> {
    mustGovern(person);
    return this.desk.publish({ id, version: numberOf(version), confirm }, administeringMetadata(sent, person), sent.ifMatch);
  }

  /** Has no new procedure get the version; those that keep it go on. Refused for the last one of a lifecycle. For administrators of a service or the ministry. */
  @Post(':id/versions/:version/retire')
  @Needs('administer')
  @HttpCode(200)
  async retire(
    @Param('id') id: string,
    @Param('version') version: string,
    @Body() { reason }: RetireDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<VersionChangedAnswer> {
    mustGovern(person);
    return this.desk.retire(id, numberOf(version), reason, administeringMetadata(sent, person), sent.ifMatch);
  }
}

function answerOf(findings: Awaited<ReturnType<DefinitionDesk['check']>>, languages: string | undefined): FindingsAnswer {
  const language = languageOf(languages);
  return {
    ok: findings.every(({ severity }) => severity !== 'error'),
    findings: findings.map(({ code, severity, path, message }) => ({ code, severity, path, message: message[language] })),
  };
}

/** @throws Problem where there can be no such version */
function numberOf(version: string): number {
  if (!/^[1-9]\d{0,8}$/.test(version)) throw new Problem('not-found');
  return Number(version);
}
