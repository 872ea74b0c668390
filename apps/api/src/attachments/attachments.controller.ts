import { Readable } from 'node:stream';
import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { create as disposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStore } from '#event-store';
import { Files, declaredType, fileTypeNames, mustBeOfType } from '#files';
import { tidyLine } from '#platform';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { namedFilesOf } from '#procedures';
import { CommentDesk } from '#procedures/commands';
import type { Sent } from '#workflow';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Views } from '../reading/views.js';
import { LongPageQuery, ReadQuery } from '../reading/reading.dto.js';
import { pageOf } from '../reading/page-of.js';
import { AttachQuery, AttachmentsAnswer, FileAnswer } from './attachments.dto.js';
import { Uploads, takingFile } from './upload.js';

const binary = { type: 'string', format: 'binary' } as const;

/** Files of a procedure, each known by its hash. */
@ApiTags('attachments')
@ApiBearerAuth()
@Controller('api/v1/procedures/:id/attachments')
@UseGuards(SeenProcedure)
export class AttachmentsController {
  private readonly uploads = new Uploads();

  constructor(
    private readonly files: Files,
    private readonly desk: CommentDesk,
    private readonly views: Views,
    private readonly directory: Directory,
    private readonly store: EventStore,
  ) {}

  /** Stores a file of at most 20 MB, so that actions and comments can name it. The same file again changes nothing. */
  @Post()
  @Needs('commands', takingFile)
  @ApiConsumes(...fileTypeNames)
  @ApiBody({ schema: binary })
  async attach(
    @Param('id') id: string,
    @Query() query: AttachQuery,
    @Req() request: FastifyRequest,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<FileAnswer> {
    const { body, headers } = request;
    const { owningUnit: unit } = await this.desk.mayAttach(id, sent);
    const name = tidyLine(query.name);
    const type = declaredType(headers['content-type'], name);
    const stream = body instanceof Readable ? body : Readable.from([]);
    return this.uploads.take(stream, { contentLength: headers['content-length'], person }, async (content) => {
      // It may have been under way for 30 seconds.
      await mustStillBeSignedIn(request);
      await mustBeOfType(content, type);
      return this.files.attach(id, content, { name, type, uploadedBy: sent.by.id, unit });
    });
  }

  /** Its files, oldest first, and where each is named. */
  @Get()
  @Needs('read')
  async list(@Param('id') id: string, @Query() query: LongPageQuery): Promise<AttachmentsAnswer> {
    await this.views.upTo(query.minPosition, ['register']);
    const { items, nextCursor } = pageOf('attachments', await this.files.of(id), ({ hash }) => hash, query);
    const named = await namedFilesOf(this.store, id);
    const shown = items.map(({ uploadedBy, ...file }) => {
      const { revisions = [], comments = [] } = named.get(file.hash) ?? {};
      const by = { id: uploadedBy, name: this.directory.person(uploadedBy)?.name ?? null };
      return { ...file, by, revisions: [...revisions], comments: [...comments] };
    });
    return { items: shown, nextCursor };
  }

  /** The content of a file, to be kept and never to be shown by a browser as a part of this site. */
  @Get(':hash')
  @Needs('read')
  @ApiProduces(...fileTypeNames)
  @ApiOkResponse({ schema: binary })
  async content(
    @Param('id') id: string,
    @Param('hash') hash: string,
    @Query() { minPosition }: ReadQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.views.upTo(minPosition, ['register']);
    const [file] = await this.files.named(id, [hash.toLowerCase()]);
    if (!file) throw new Problem('not-found');
    const content = await this.files.content(file.hash);
    reply.headers({
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
    return new StreamableFile(Readable.from(content), {
      type: file.type.startsWith('text/') ? `${file.type}; charset=utf-8` : file.type,
      disposition: disposition(file.name),
      length: file.size,
    });
  }
}
