/** One event of a stream (HTML, 9.2.6). What has an id alone tells how far the stream is. */
export interface ServerSent {
  readonly id: string | null;
  readonly event: string;
  /** Empty where it has none. */
  readonly data: string;
}

/** Reads a stream piece by piece, wherever the pieces end. */
export class ServerSentReader {
  private rest = '';

  /** What is whole by now. */
  read(piece: string): readonly ServerSent[] {
    const blocks = (this.rest + piece).replace(/\r\n/g, '\n').split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.map(readBlock).filter(({ id, data }) => id !== null || data !== '');
  }
}

function readBlock(block: string): ServerSent {
  const fields = block.split('\n').flatMap((line) => {
    const [, name, value] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  const last = (wanted: string): string | undefined => fields.findLast(([name]) => name === wanted)?.[1];
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
  return { id: last('id') ?? null, event: last('event') ?? 'message', data: data.join('\n') };
}
