import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressBlock } from '#identity';
import { isOpen } from './gate.js';
import { bodyLimit, parseJsonBody } from './json-body.js';
import { Problem } from './problem.js';
import { anonymous, programsOf } from './shared-places.js';
import type { Holder } from './shared-places.js';

/** What is taken from one sender. */
interface Allowance {
  readonly from: Holder;
  /** Of one body. */
  readonly mostBytes: number;
  /** Until it must have come whole. */
  readonly patienceMs: number;
  /** That are coming at once. */
  readonly mostAtOnce: number;
}

/** Most bytes where nobody needs to sign in: names, a password, a token. */
const openBodyLimit = 8 * 1024;
const ofAddresses = { mostBytes: openBodyLimit, patienceMs: 5_000, mostAtOnce: 100 } as const;
const ofPeople = { mostBytes: bodyLimit, patienceMs: 10_000, mostAtOnce: 1_000 } as const;
/** Of all that is coming, so that memory suffices. */
const mostBytesOfOne = 16 * bodyLimit;
const mostBytesOfPrograms = 48 * bodyLimit;
const mostBytesInAll = 128 * bodyLimit;
/** For the rest of a body that was refused, which would otherwise stand before the next request. */
const readingAwayMs = 2_000;

interface Coming {
  bytes: number;
  cut(): void;
}

/**
 * Takes bodies as they come: within seconds, so many of each sender at once, and no more bytes than are taken. Of a sender with too many half-sent
 * ones the oldest is cut off, since what is meant comes within milliseconds.
 */
export class BodyIntake {
  private readonly senders = new Map<string, Set<Coming>>();
  private readonly ofPrograms = new Map<string, number>();
  private bytes = 0;

  /** @throws Problem for a body that is too large, too slow or cut off */
  read(stream: Readable, { from, mostBytes, patienceMs, mostAtOnce }: Allowance): Promise<Buffer> {
    const ofSender = this.senders.get(from.id) ?? new Set<Coming>();
    const programs = programsOf(from);
    this.senders.set(from.id, ofSender);
    const [oldest] = ofSender;
    if (oldest && ofSender.size >= mostAtOnce) oldest.cut();
    return new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      const coming: Coming = { bytes: 0, cut: () => refuse(new Problem('too-many-requests', { headers: cutting })) };
      const end = (): void => {
        clearTimeout(timer);
        stream.off('data', take).off('end', whole).off('close', broken).off('error', broken);
        this.count(-coming.bytes, programs);
        ofSender.delete(coming);
        if (ofSender.size === 0 && this.senders.get(from.id) === ofSender) this.senders.delete(from.id);
      };
      const refuse = (problem: Problem): void => {
        end();
        readAway(stream);
        reject(problem);
      };
      const take = (piece: Buffer): void => {
        coming.bytes += piece.length;
        this.count(piece.length, programs);
        pieces.push(piece);
        const isOver = sum(ofSender) > mostBytesOfOne || programs.some((name) => (this.ofPrograms.get(name) ?? 0) > mostBytesOfPrograms);
        if (coming.bytes > mostBytes) refuse(tooLarge(mostBytes));
        else if (isOver) refuse(new Problem('too-many-requests', { headers: { 'retry-after': '1' } }));
        else if (this.bytes > mostBytesInAll) refuse(new Problem('unavailable', { headers: { 'retry-after': '1' } }));
      };
      const whole = (): void => {
        end();
        resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces));
      };
      const broken = (): void => {
        end();
        const message = 'did not come whole';
        reject(new Problem('invalid-body', { detail: `The body ${message}.`, errors: [{ path: '', message }] }));
      };
      const timer = setTimeout(() => refuse(new Problem('body-too-slow', { headers: cutting })), patienceMs);
      ofSender.add(coming);
      if (stream.destroyed) broken();
      else stream.on('data', take).once('end', whole).once('close', broken).once('error', broken);
    });
  }

  private count(bytes: number, programs: readonly string[]): void {
    this.bytes += bytes;
    for (const name of programs) {
      const left = (this.ofPrograms.get(name) ?? 0) + bytes;
      if (left > 0) this.ofPrograms.set(name, left);
      else this.ofPrograms.delete(name);
    }
  }
}

/** Takes JSON, and nothing else. */
export function acceptJson(fastify: FastifyInstance): void {
  const intake = new BodyIntake();
  fastify.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    const { headers } = request;
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new Problem('body-encoded');
    const allowance = allowanceOf(request);
    // Who says so beforehand need not send it.
    if (Number(headers['content-length'] ?? 0) > allowance.mostBytes) throw tooLarge(allowance.mostBytes);
    return parseJsonBody(await intake.read(payload, allowance));
  });
}

function allowanceOf(request: FastifyRequest): Allowance {
  const { person } = request;
  if (!person) return { from: anonymous(addressBlock(request.ip)), ...ofAddresses };
  return { from: person, ...ofPeople, mostBytes: request.is404 || isOpen(request) ? openBodyLimit : bodyLimit };
}

const cutting = { connection: 'close', 'retry-after': '1' } as const;

function tooLarge(mostBytes: number): Problem {
  const most = mostBytes === bodyLimit ? '1 MB' : `${String(mostBytes / 1024)} KB`;
  return new Problem('body-too-large', { detail: `The body is larger than the ${most} that are taken here.` });
}

const sum = (coming: ReadonlySet<Coming>): number => [...coming].reduce((bytes, one) => bytes + one.bytes, 0);

/** Reads on for a moment, so that the connection can carry another request; then the connection is cut. */
function readAway(stream: Readable): void {
  if (stream.destroyed) return;
  const cut = setTimeout(() => stream.destroy(), readingAwayMs).unref();
  stream.once('close', () => clearTimeout(cut)).once('end', () => clearTimeout(cut)).resume(); // prettier-ignore
}
