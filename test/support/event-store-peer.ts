import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import codes from '@eventstore/db-client/generated/code_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import grpc from '@grpc/grpc-js';
import anyMessage from 'google-protobuf/google/protobuf/any_pb.js';
import { CuttableLine } from './cuttable-line.js';

const maxAppendBytes = 1024 * 1024;
const ticksPerMs = 10_000n;
/** The largest number that the server knows: the revision of a tombstone, and what a stream that was deleted softly is cut before. */
const endOfStream = 2n ** 63n - 1n;

/** What goes wrong with the next append. */
export type AppendFault = 'cut-before-commit' | 'cut-after-commit' | 'no-answer' | 'not-leader';

interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

interface Stored extends Proposed {
  readonly stream: string;
  readonly revision: number | bigint;
  readonly position: bigint;
  readonly created: bigint;
}

interface StreamOfEvents {
  readonly events: Stored[];
  tombstoned: boolean;
}

/** What is said of a stream `name` in the newest event of `$$name`, of whatever type. */
interface StreamMetadata {
  readonly $tb?: number;
  readonly $maxCount?: number;
  /** Seconds. */
  readonly $maxAge?: number;
}
const metadataMark = '$$';

type Expected = number | 'any' | 'exists';
type Outcome =
  | { readonly kind: 'stored'; readonly last: Stored }
  | { readonly kind: 'wrong'; readonly current: number | null; readonly expected: Expected }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'too-large' };

type BatchCall = grpc.ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;
type ReadCall = grpc.ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/**
 * A server that speaks EventStoreDB's protocol over a real socket, in memory: what the adapter is tested against where no
 * real server is at hand. Its semantics are those seen on version 24.6, and it fails when told to.
 */
export class EventStorePeer {
  private readonly server = new grpc.Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024 });
  private readonly log: Stored[] = [];
  private readonly scavenged = new Set<Stored>();
  private readonly streams = new Map<string, StreamOfEvents>();
  private readonly followers = new Set<() => void>();
  private readonly faults: AppendFault[] = [];
  private line!: CuttableLine;
  private port = 0;
  /** Whoever subscribes from a position is sent what was before it once more. */
  repeatsOnSubscribe = false;
  /** Waits this long before each event of a subscription, ms. */
  slowness = 0;
  version = '24.6.0';

  private constructor(
    private readonly options: {
      /** Whoever gives others, or none, is refused. (Default: everybody may) */
      readonly credentials?: { readonly username: string; readonly password: string };
      /** PEM. (Default: without TLS) */
      readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
    },
  ) {}

  static async start(options: EventStorePeer['options'] = {}): Promise<EventStorePeer> {
    const peer = new EventStorePeer(options);
    peer.server.addService(streamsService.StreamsService, {
      read: (call: ReadCall) => peer.read(call),
      append: (call: grpc.ServerReadableStream<streams.AppendReq, streams.AppendResp>, answer: grpc.sendUnaryData<streams.AppendResp>) =>
        peer.append(call, answer),
      batchAppend: (call: BatchCall) => peer.batchAppend(call),
      tombstone: (
        call: grpc.ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
        answer: grpc.sendUnaryData<streams.TombstoneResp>,
      ) => peer.tombstone(call, answer),
      delete: (call: grpc.ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>, answer: grpc.sendUnaryData<streams.DeleteResp>) =>
        peer.deleteSoftly(call, answer),
    });
    peer.server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: grpc.sendUnaryData<features.SupportedMethods>) => answer(null, peer.supported()),
    });
    const { tls } = options;
    const credentials = tls
      ? grpc.ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
      : grpc.ServerCredentials.createInsecure();
    peer.port = await promisify(peer.server.bindAsync.bind(peer.server))('127.0.0.1:0', credentials);
    peer.line = await CuttableLine.to(peer.port);
    peer.commit('$settings', [{ ...emptyEvent('$started'), contentType: 'application/json' }]);
    return peer;
  }

  /** Without credentials. */
  get url(): string {
    return `esdb://${this.address}?tls=${String(this.options.tls !== undefined)}`;
  }

  get address(): string {
    return `127.0.0.1:${String(this.line.port)}`;
  }

  /** The next appends fail in these ways, one each. */
  failAppends(...faults: readonly AppendFault[]): void {
    this.faults.push(...faults);
  }

  /** The connections, to be cut and held. */
  get connections(): CuttableLine {
    return this.line;
  }

  /** Takes away for good what streams do not show any more. The last event stays, of metadata the newest; of what was tombstoned nothing does. */
  scavenge(): void {
    for (const [name, { events }] of this.streams) {
      const isMetadata = name.startsWith(metadataMark);
      const isEnded = this.streams.get(isMetadata ? name.slice(metadataMark.length) : name)?.tombstoned === true;
      for (const event of isEnded ? events : events.slice(0, -1))
        if (isEnded || isMetadata || event.revision < this.shownFrom(name)) this.scavenged.add(event);
    }
  }

  async stop(): Promise<void> {
    await this.line.close();
    this.server.forceShutdown();
  }

  private supported(): features.SupportedMethods {
    const methods = new features.SupportedMethods().setEventStoreServerVersion(this.version);
    for (const name of ['read', 'append', 'tombstone', 'delete', 'batchappend'])
      methods.addMethods(new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name));
    return methods;
  }

  private stream(name: string): StreamOfEvents {
    let found = this.streams.get(name);
    if (!found) this.streams.set(name, (found = { events: [], tombstoned: false }));
    return found;
  }

  /** The first revision of the stream that is read of it; past its end where it shows none. */
  private shownFrom(name: string): number {
    const metadata = this.streams.get(metadataMark + name);
    const said = metadata?.events.at(-1);
    if (!said || metadata?.tombstoned === true) return 0;
    const { events } = this.stream(name);
    const { $tb = 0, $maxCount = Infinity, $maxAge = Infinity } = metadataIn(said);
    const old = Number.isFinite($maxAge) ? BigInt(Date.now() - $maxAge * 1000) * ticksPerMs : 0n;
    const recent = events.findIndex(({ created }) => created >= old);
    return Math.max($tb, events.length - $maxCount, recent === -1 ? events.length : recent);
  }

  private refused(call: { readonly metadata: grpc.Metadata }): grpc.ServiceError | undefined {
    const { credentials } = this.options;
    if (!credentials) return undefined;
    const wanted = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
    return call.metadata.get('authorization')[0] === wanted
      ? undefined
      : failure(grpc.status.UNAUTHENTICATED, 'Status: Unauthenticated', {});
  }

  /** As the server decides: by ids, and by the revision that the writer named. */
  private store(name: string, proposed: readonly Proposed[], expected: Expected): Outcome {
    const stream = this.stream(name);
    if (stream.tombstoned || this.streams.get(name.slice(metadataMark.length))?.tombstoned === true) return { kind: 'deleted' };
    const size = proposed.reduce((sum, { data, metadata, type }) => sum + data.length + metadata.length + type.length, 0);
    if (size > maxAppendBytes) return { kind: 'too-large' };
    const { events } = stream;
    const current = events.length === 0 ? null : events.length - 1;
    const wrong: Outcome = { kind: 'wrong', current, expected };
    const isHidden = this.shownFrom(name) >= endOfStream;
    if (expected === 'exists' && current === null) return wrong;
    if (expected === 'exists' && isHidden) return { kind: 'deleted' };
    if (typeof expected === 'number') {
      if (expected > (current ?? -1)) return wrong;
      if (expected < (current ?? -1)) {
        const there = events.slice(expected + 1, expected + 1 + proposed.length);
        const last = there.at(-1);
        if (last && there.length === proposed.length && there.every(({ id }, index) => id === proposed[index]?.id))
          return { kind: 'stored', last };
        // One that was deleted softly may be begun anew; its revisions go on.
        if (expected !== -1 || !isHidden) return wrong;
      }
    } else {
      const there = events.filter(({ id }) => proposed.some((one) => one.id === id));
      const last = there.at(-1);
      if (last && there.length === proposed.length) return { kind: 'stored', last };
      if (last) return wrong;
    }
    if (isHidden) this.tell(name, events.length);
    return { kind: 'stored', last: this.commit(name, proposed) };
  }

  private commit(name: string, proposed: readonly Proposed[]): Stored {
    const { events } = this.stream(name);
    for (const one of proposed) {
      const stored = { ...one, stream: name, revision: events.length, ...this.next() };
      events.push(stored);
      this.log.push(stored);
    }
    for (const follower of [...this.followers]) follower();
    const last = events.at(-1);
    if (!last) throw new Error('An append without events.');
    return last;
  }

  private next(): Pick<Stored, 'position' | 'created'> {
    const before = this.log.at(-1);
    const position = before ? before.position + BigInt(before.data.length + before.metadata.length + 100) : 0n;
    // From year 1 on, in the clock's ticks; the client counts them from 1970.
    return { position, created: BigInt(Date.now()) * ticksPerMs };
  }

  private batchAppend(call: BatchCall): void {
    const refused = this.refused(call);
    if (refused) {
      call.emit('error', refused);
      return;
    }
    const open = new Map<string, { readonly options: streams.BatchAppendReq.Options; readonly proposed: Proposed[] }>();
    call.on('end', () => call.end());
    call.on('error', () => undefined);
    call.on('data', (request: streams.BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const key = correlation?.getString() ?? '';
      const options = request.getOptions();
      if (options) open.set(key, { options, proposed: [] });
      const batch = open.get(key);
      if (!batch) return;
      batch.proposed.push(...request.getProposedMessagesList().map(toProposed));
      if (!request.getIsFinal()) return;
      open.delete(key);
      const fault = this.faults.shift();
      if (fault === 'not-leader') {
        call.emit('error', this.notLeader());
        return;
      }
      if (fault === 'cut-before-commit') {
        this.line.cut();
        return;
      }
      const name = nameOf(batch.options.getStreamIdentifier());
      const outcome = this.store(name, batch.proposed, expectedOfBatch(batch.options));
      if (fault === 'cut-after-commit') {
        this.line.cut();
        return;
      }
      if (fault === 'no-answer') return;
      const answer = new streams.BatchAppendResp().setStreamIdentifier(batch.options.getStreamIdentifier());
      if (correlation) answer.setCorrelationId(correlation);
      if (outcome.kind === 'stored') answer.setSuccess(successOf(outcome.last));
      else answer.setError(errorOf(outcome));
      call.write(answer);
    });
  }

  private append(
    call: grpc.ServerReadableStream<streams.AppendReq, streams.AppendResp>,
    answer: grpc.sendUnaryData<streams.AppendResp>,
  ): void {
    const refused = this.refused(call);
    if (refused) {
      answer(refused);
      return;
    }
    let options: streams.AppendReq.Options | undefined;
    const proposed: Proposed[] = [];
    call.on('data', (request: streams.AppendReq) => {
      options = request.getOptions() ?? options;
      const message = request.getProposedMessage();
      if (message) proposed.push(toProposed(message));
    });
    call.on('end', () => {
      const expected =
        options?.hasNoStream() === true
          ? -1
          : options?.hasAny() === true
            ? 'any'
            : options?.hasStreamExists() === true
              ? 'exists'
              : Number(options?.getRevision());
      const outcome = this.store(nameOf(options?.getStreamIdentifier()), proposed, expected);
      const response = new streams.AppendResp();
      if (outcome.kind === 'stored') {
        const position = String(outcome.last.position);
        const success = new streams.AppendResp.Success().setCurrentRevision(String(outcome.last.revision));
        success.setPosition(new streams.AppendResp.Position().setCommitPosition(position).setPreparePosition(position));
        answer(null, response.setSuccess(success));
        return;
      }
      if (outcome.kind === 'wrong') {
        const wrong = new streams.AppendResp.WrongExpectedVersion();
        if (outcome.current === null) wrong.setCurrentNoStream(new shared.Empty());
        else wrong.setCurrentRevision(String(outcome.current));
        answer(null, response.setWrongExpectedVersion(wrong));
        return;
      }
      answer(
        outcome.kind === 'deleted'
          ? streamDeleted(nameOf(options?.getStreamIdentifier()))
          : failure(grpc.status.INVALID_ARGUMENT, 'Too large.', {
              exception: 'maximum-append-size-exceeded',
              'maximum-append-size': String(maxAppendBytes),
            }),
      );
    });
  }

  private tombstone(
    call: grpc.ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
    answer: grpc.sendUnaryData<streams.TombstoneResp>,
  ): void {
    const name = nameOf(call.request.getOptions()?.getStreamIdentifier());
    if (this.stream(name).tombstoned) {
      answer(streamDeleted(name));
      return;
    }
    this.stream(name).tombstoned = true;
    this.log.push({ ...emptyEvent('$streamDeleted'), stream: name, revision: endOfStream, ...this.next() });
    for (const follower of [...this.followers]) follower();
    answer(null, new streams.TombstoneResp().setNoPosition(new shared.Empty()));
  }

  private deleteSoftly(
    call: grpc.ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>,
    answer: grpc.sendUnaryData<streams.DeleteResp>,
  ): void {
    const name = nameOf(call.request.getOptions()?.getStreamIdentifier());
    if (this.stream(name).tombstoned) {
      answer(streamDeleted(name));
      return;
    }
    this.tell(name, endOfStream);
    answer(null, new streams.DeleteResp().setNoPosition(new shared.Empty()));
  }

  /** What was said of it before is forgotten. */
  private tell(name: string, truncateBefore: number | bigint): void {
    const said = Buffer.from(`{"$tb":${String(truncateBefore)}}`);
    this.commit(metadataMark + name, [{ ...emptyEvent('$metadata'), contentType: 'application/json', data: said }]);
  }

  private notLeader(): grpc.ServiceError {
    const [host = '', port = ''] = this.address.split(':');
    return failure(grpc.status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': port,
    });
  }

  private read(call: ReadCall): void {
    const refused = this.refused(call);
    if (refused) {
      call.emit('error', refused);
      return;
    }
    const options = call.request.getOptions() ?? new streams.ReadReq.Options();
    if (options.hasSubscription()) return void this.follow(call, options);
    const forwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS;
    const count = Number(options.getCount());
    let found: readonly Stored[];
    const all = options.getAll();
    const of = options.getStream();
    if (of) {
      const name = nameOf(of.getStreamIdentifier());
      const stream = this.streams.get(name);
      if (stream?.tombstoned === true) {
        call.emit('error', streamDeleted(name));
        return;
      }
      const shownFrom = this.shownFrom(name);
      if (!stream || stream.events.length === 0 || shownFrom >= endOfStream) {
        const identifier = of.getStreamIdentifier();
        call.write(new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier)));
        call.end();
        return;
      }
      const from = of.hasStart() ? 0 : of.hasEnd() ? stream.events.length - 1 : Number(of.getRevision());
      const seen = stream.events.filter(({ revision }) => revision >= shownFrom);
      found = forwards ? seen.filter(({ revision }) => revision >= from) : seen.filter(({ revision }) => revision <= from).reverse();
    } else {
      const from = all?.hasPosition() === true ? BigInt(all.getPosition()?.getCommitPosition() ?? '0') : undefined;
      found = forwards
        ? this.log.filter((event) => event.position >= (from ?? 0n) && !this.scavenged.has(event))
        : this.log.filter((event) => (from === undefined || event.position < from) && !this.scavenged.has(event)).reverse();
    }
    for (const event of found.slice(0, count)) call.write(readEvent(event));
    call.end();
  }

  private async follow(call: ReadCall, options: streams.ReadReq.Options): Promise<void> {
    const all = options.getAll();
    const after = all?.hasPosition() === true ? BigInt(all.getPosition()?.getCommitPosition() ?? '0') : -1n;
    const filter = options.getFilter();
    const interval = (filter?.getMax() ?? 32) * (filter?.getCheckpointintervalmultiplier() ?? 1);
    const wanted = matcher(filter);
    let next = this.log.findIndex(({ position }) => position > after);
    if (next === -1) next = this.log.length;
    if (this.repeatsOnSubscribe && next > 0) next = Math.max(0, next - 3);
    let wake: () => void = () => undefined;
    const follower = (): void => wake();
    this.followers.add(follower);
    let ended = false;
    const end = (): void => {
      ended = true;
      this.followers.delete(follower);
      wake();
    };
    call.on('cancelled', end);
    call.on('close', end);
    call.on('error', end);
    call.write(new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())));
    let passed = 0;
    let found = false;
    let caughtUp = false;
    const checkpoint = (position: string): void => {
      call.write(
        new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition(position).setPreparePosition(position)),
      );
    };
    while (!ended) {
      const event = this.log[next];
      if (!event) {
        // Seen on 24.6 where nothing has passed the filter and no window is full: -1 as a number without a sign.
        if (!caughtUp && after === -1n && !found && passed < interval) checkpoint(String(2n ** 64n - 1n));
        if (!caughtUp) call.write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
        caughtUp = true;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      next++;
      if (wanted(event) && !this.scavenged.has(event)) {
        found = true;
        if (this.slowness > 0) await new Promise((resolve) => setTimeout(resolve, this.slowness));
        call.write(readEvent(event));
      }
      if (++passed % interval === 0) checkpoint(String(event.position));
    }
  }
}

function matcher(filter: streams.ReadReq.Options.FilterOptions | undefined): (event: Stored) => boolean {
  const types = filter?.getEventType();
  const expression = types ?? filter?.getStreamIdentifier();
  if (!expression) return () => true;
  const [prefixes, regex] = [expression.getPrefixList(), new RegExp(expression.getRegex())];
  const isWanted = (text: string): boolean => (prefixes.length > 0 ? prefixes.some((prefix) => text.startsWith(prefix)) : regex.test(text));
  return ({ type, stream }) => isWanted(types ? type : stream);
}

const emptyEvent = (type: string): Proposed => ({
  ...{ id: randomUUID(), type, contentType: 'application/octet-stream', data: new Uint8Array(), metadata: new Uint8Array() },
});

/** The server reads more than the standard does, such as names without quotes and text behind the end. A number has to be whole and positive. */
function metadataIn({ contentType, data }: Stored): StreamMetadata {
  if (contentType !== 'application/json') return {};
  const numbers = [
    ...Buffer.from(data)
      .toString()
      .matchAll(/(\$tb|\$maxCount|\$maxAge)["']?\s*:\s*(-?\d+)(?![\d.e])/g),
  ];
  const said: Record<string, number> = {};
  for (const [, name = '', number] of numbers) if (Number(number) > 0) said[name] = Number(number);
  return said;
}

const streamDeleted = (name: string): grpc.ServiceError =>
  failure(grpc.status.FAILED_PRECONDITION, 'Deleted.', { exception: 'stream-deleted', 'stream-name': name });

const nameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? new Uint8Array()).toString('utf8');

function toProposed(message: streams.BatchAppendReq.ProposedMessage | streams.AppendReq.ProposedMessage): Proposed {
  const described = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: described.get('type') ?? '',
    contentType: described.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function readEvent({ stream, revision, position, id, type, contentType, created, data, metadata }: Stored): streams.ReadResp {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream))))
    .setStreamRevision(String(revision))
    .setPreparePosition(String(position))
    .setCommitPosition(String(position))
    .setData(data)
    .setCustomMetadata(metadata);
  event.getMetadataMap().set('type', type).set('content-type', contentType).set('created', String(created));
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(position)));
}

function expectedOfBatch(options: streams.BatchAppendReq.Options): Expected {
  if (options.hasNoStream()) return -1;
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'exists' : Number(options.getStreamPosition());
}

function successOf({ revision, position }: Stored): streams.BatchAppendResp.Success {
  const at = new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
}

function errorOf(outcome: Exclude<Outcome, { kind: 'stored' }>): statusMessages.Status {
  const details = new anyMessage.Any();
  const pack = (message: { serializeBinary(): Uint8Array }, name: string): void =>
    details.pack(message.serializeBinary(), `event_store.client.${name}`);
  switch (outcome.kind) {
    case 'wrong': {
      const wrong = new shared.WrongExpectedVersion();
      if (outcome.current === null) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentStreamRevision(String(outcome.current));
      if (outcome.expected === 'exists') wrong.setExpectedStreamExists(new shared.Empty());
      else if (outcome.expected === 'any') wrong.setExpectedAny(new shared.Empty());
      else if (outcome.expected === -1) wrong.setExpectedNoStream(new shared.Empty());
      else wrong.setExpectedStreamPosition(String(outcome.expected));
      pack(wrong, 'WrongExpectedVersion');
      break;
    }
    case 'deleted':
      pack(new shared.StreamDeleted(), 'StreamDeleted');
      break;
    case 'too-large':
      pack(new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendBytes), 'MaximumAppendSizeExceeded');
  }
  return new statusMessages.Status().setCode(codes.Code.FAILED_PRECONDITION).setMessage(outcome.kind).setDetails(details);
}

function failure(code: grpc.status, message: string, described: Readonly<Record<string, string>>): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(described)) metadata.set(name, value);
  return Object.assign(new Error(message), { code, details: message, metadata });
}
