import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SealedLog } from '#audit';
import { Malformed, parseTilePath, tilePath } from '#audit/verifier';
import type { TileName } from '#audit/verifier';
import { Problem } from '../http/problem.js';
import { isKnown } from '../http/known-answer.js';
import { isCovered } from '../http/needs.js';
import { Records } from '../http/records.js';

/** A tile is what it is for ever. */
const aYear = 'public, max-age=31536000, immutable';

/** The tree over the log, as c2sp.org/tlog-tiles has it, for mirrors, witnesses and verifiers: hashes alone, but for the leaves. */
@ApiTags('audit')
@Controller('audit')
export class TreeController {
  constructor(private readonly log: SealedLog) {}

  /** The key that checkpoints are verified with, `name+hash+base64`. Keep it: whoever asks us each time believes us each time. */
  @Get('key')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  key(@Res({ passthrough: true }) reply: FastifyReply): string {
    const { verifierKey } = this.log;
    if (verifierKey === null) throw nothingSealed();
    reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache');
    return `${verifierKey}\n`;
  }

  /** What was signed last (c2sp.org/tlog-checkpoint), with the signatures of its witnesses. */
  @Get('checkpoint')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async checkpoint(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const newest = await this.log.newest();
    if (!newest) throw nothingSealed();
    reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache');
    return newest.note;
  }

  /** Leaves, 256 to a bundle, each after its length. For auditors: a leaf says who did what. */
  @Get('tile/entries/*')
  @Records({ type: 'TrailRead', subject: 'audit/tile/entries' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async entries(
    @Param('*') path: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { person, caller } = request;
    if (!person) throw new Problem('not-signed-in', { headers: { 'www-authenticate': 'Bearer' } });
    if (caller?.scopes && !isCovered('read', caller.scopes)) throw new Problem('out-of-scope');
    if (!person.roles.some(({ role }) => role === 'auditor')) throw new Problem('not-authorised', { detail: 'This is for auditors.' });
    return this.send(nameOf(`tile/entries/${path}`), request, reply, 'private, max-age=31536000, immutable');
  }

  /** Hashes of a level, 256 to a tile. */
  @Get('tile/*')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  tile(@Param('*') path: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const name = nameOf(`tile/${path}`);
    // A slash that is written as %2F leads here and not to the leaves, which are not for everybody.
    return this.send(name?.level === 'entries' ? null : name, request, reply, aYear);
  }

  private async send(name: TileName | null, { headers }: FastifyRequest, reply: FastifyReply, cacheControl: string): Promise<Buffer> {
    const octets = name && (await this.log.tile(name));
    if (!octets) throw new Problem('not-found');
    const tag = `"${tilePath(name)}"`;
    reply.headers({ 'cache-control': cacheControl, etag: tag }).type('application/octet-stream');
    if (!isKnown(headers['if-none-match'], tag)) return Buffer.from(octets);
    reply.status(304);
    return Buffer.alloc(0);
  }
}

function nameOf(path: string): TileName | null {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

const nothingSealed = (): Problem => new Problem('not-found', { detail: 'Nothing of this log is sealed yet.' });
