import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A message as it came. */
export interface ReceivedMessage {
  readonly path: string;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server on loopback that keeps what it is sent, and answers as it is told. */
export class WebhookReceiver {
  readonly messages: ReceivedMessage[] = [];
  /** What is answered on a path, `before` being how many came there before. (Default: 204) */
  readonly answers = new Map<string, (response: ServerResponse, before: number) => void>();

  private constructor(
    private readonly server: Server,
    /** As `WEBHOOK_HOSTS` names it. */
    readonly host: string,
  ) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new WebhookReceiver(server, `127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        const before = receiver.at(path).length;
        receiver.messages.push({ path, id: String(headers['webhook-id']), headers, body: Buffer.concat(chunks).toString() });
        (receiver.answers.get(path) ?? ((plain) => plain.writeHead(204).end()))(response, before);
      });
    });
    return receiver;
  }

  /** What came to the path, oldest first. */
  at(path: string): readonly ReceivedMessage[] {
    return this.messages.filter((one) => one.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** What a body says. */
export interface Notice {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The body, once the reference implementation of Standard Webhooks has verified it. @throws WebhookVerificationError */
export function verified({ headers, body }: ReceivedMessage, secret: string): Notice {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as Notice;
}
