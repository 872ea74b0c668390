import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import grpc from '@grpc/grpc-js';

/** Appends the text as it is, and says that it is JSON, which the client never says of anything else. @param url without TLS */
export async function appendOctets(
  url: string,
  stream: string,
  { type, text }: { readonly type: string; readonly text: string },
): Promise<void> {
  const { host } = new URL(url.replace(/^\w+/, 'http'));
  const client = new streamsService.StreamsClient(host, grpc.credentials.createInsecure());
  const identifier = new shared.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream)));
  const message = new streams.AppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(randomUUID()))
    .setData(Uint8Array.from(Buffer.from(text)));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  try {
    await new Promise<void>((resolve, reject) => {
      const call = client.append((error) => (error ? reject(error) : resolve()));
      const options = new streams.AppendReq.Options().setAny(new shared.Empty()).setStreamIdentifier(identifier);
      call.write(new streams.AppendReq().setOptions(options));
      call.write(new streams.AppendReq().setProposedMessage(message));
      call.end();
    });
  } finally {
    client.close();
  }
}
