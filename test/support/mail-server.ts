import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it came. */
export interface ReceivedMail {
  readonly to: readonly string[];
  readonly headers: string;
  /** Both forms of the body, decoded. */
  readonly body: string;
}

/** A real SMTP server that keeps what it is sent, and can fail. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  /** Answered to every recipient whose address has the text; null takes everything. */
  refuses: { readonly text: string; readonly code: number } | null = null;
  /** Cuts the line once a message is there, instead of saying that it was taken over. */
  breaks = false;

  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  static async start(): Promise<MailServer> {
    const holder: { mail?: MailServer } = {};
    const server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false },
      onRcptTo: ({ address }, _session, done) => {
        const refuses = holder.mail?.refuses;
        if (!refuses || !address.includes(refuses.text)) {
          done();
          return;
        }
        done(Object.assign(new Error(`<${address}> is not for us`), { responseCode: refuses.code }));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          holder.mail?.mails.push({ to, ...parsed(Buffer.concat(chunks).toString()) });
          if (holder.mail?.breaks !== true) {
            done();
            return;
          }
          // Its connections are the server's own business, and so is how they end.
          for (const connection of server.connections) (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.server.address() as AddressInfo;
    const mail = new MailServer(server, `smtp://127.0.0.1:${String(port)}`);
    holder.mail = mail;
    return mail;
  }

  /** Those that went to the address. */
  to(address: string): readonly ReceivedMail[] {
    return this.mails.filter(({ to }) => to.includes(address));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** The product sends parts in base64 below one boundary. */
function parsed(raw: string): Pick<ReceivedMail, 'headers' | 'body'> {
  const [headers = ''] = raw.split('\r\n\r\n', 1);
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1] ?? '';
  const parts = raw.split(`--${boundary}`).slice(1, -1);
  const body = parts.map((part) => Buffer.from(part.split('\r\n\r\n')[1] ?? '', 'base64').toString()).join('\n');
  return { headers, body };
}
