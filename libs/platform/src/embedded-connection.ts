import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';

/**
 * What node-postgres takes for a socket to a server. All packets of a query are answered in one go, because each entry into the
 * WebAssembly module costs.
 */
export class EmbeddedConnection extends Duplex {
  constructor(private readonly pglite: PGlite) {
    super();
  }

  connect(): void {
    process.nextTick(() => this.emit('connect'));
  }

  // What else is asked of a socket.
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}

  override _read(): void {
    // Answers come when there are any.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.ask(chunk);
    done();
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: () => void): void {
    this.ask(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  private ask(request: Buffer): void {
    // As a socket: never before whoever asks is back from asking.
    process.nextTick(() => {
      this.answer(request).catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))));
    });
  }

  private async answer(request: Buffer): Promise<void> {
    if (isFarewell(request)) return;
    if (isGreeting(request)) {
      await beginAnew(this.pglite);
      this.push(welcome);
      return;
    }
    const parts: Buffer[] = [];
    await this.pglite.execProtocolRawStream(request, {
      // The files are written as they change.
      syncToFs: false,
      // The module writes over it, and whoever reads it must not do so within the module.
      onRawData: (part) => void parts.push(Buffer.from(part)),
    });
    this.push(Buffer.concat(parts));
  }
}

/** Of all that a client sends only the first packet begins with its length instead of a letter. */
const isGreeting = (request: Buffer): boolean => request[0] === 0;
const isFarewell = (request: Buffer): boolean => request[0] === 'X'.charCodeAt(0);

/** AuthenticationOk and ReadyForQuery. */
const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

/** The one session outlives its clients: the next one finds no transaction open and no statement prepared. */
async function beginAnew(pglite: PGlite): Promise<void> {
  if (pglite.isInTransaction()) await pglite.exec('ROLLBACK');
  await pglite.exec('DEALLOCATE ALL');
}
