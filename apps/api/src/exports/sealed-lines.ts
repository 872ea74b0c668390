import { createHash } from 'node:crypto';

/**
 * Lines of JSON, each sealed together with all before it: `{"<name>":<value>,"chain":"<sha256>"}`, where the chain is SHA-256 over the chain of the line
 * before (nothing before the first), a line feed, and the value as it is written. The last line, `trailer`, has the number of `procedure` lines and SHA-256
 * over all bytes before it. So a line that was changed, left out, put elsewhere or added is named, and a file that was cut off is known by its end.
 */
type LineName = 'header' | 'procedure' | 'trailer';

/** What the first line says that it is. */
export const format = { format: 'tinhgon-register', version: 1 } as const;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const sealOf = (before: string, value: string): string => sha256(`${before}\n${value}`);

/** Writes such lines, one after the other, and remembers none. */
export class SealedLines {
  private chain = '';
  private procedures = 0;
  private readonly all = createHash('sha256');

  /** With its line feed. */
  line(name: Exclude<LineName, 'trailer'>, value: object): string {
    if (name === 'procedure') this.procedures++;
    const written = this.sealed(name, JSON.stringify(value));
    this.all.update(written);
    return written;
  }

  /** The last one; nothing comes after it. */
  trailer(): string {
    return this.sealed('trailer', JSON.stringify({ procedures: this.procedures, sha256: this.all.digest('hex') }));
  }

  private sealed(name: LineName, value: string): string {
    this.chain = sealOf(this.chain, value);
    return `{"${name}":${value},"chain":"${this.chain}"}\n`;
  }
}

/** What a file came to: that it is whole, or the first line that is not as it was written. */
export type Verdict =
  | { readonly ok: true; readonly procedures: number; readonly position: string; readonly sha256: string }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/** No procedure weighs more; what does is no export. */
const mostLineBytes = 64 * 1024 * 1024;

const shape = /^\{"(header|procedure|trailer)":([^]*),"chain":"([0-9a-f]{64})"\}$/;

/** Reads a file once, line by line. */
export async function verifyLines(bytes: AsyncIterable<Uint8Array>): Promise<Verdict> {
  const all = createHash('sha256');
  let [chain, procedures, number, position, last, ended] = ['', 0, 0, '', '', false];
  let digest = '';
  const wrong = (reason: string): Verdict => ({ ok: false, line: number, reason });
  for await (const line of linesOf(bytes)) {
    number++;
    if (ended) return wrong('stands after the trailer');
    if (line === null) return wrong('is longer than any line of an export');
    if (line.isCut) return wrong('is cut off');
    const [, name, value = '', seal] = shape.exec(line.bytes.toString('utf8')) ?? [];
    if (name === undefined) return wrong('is no line of an export');
    if (seal !== sealOf(chain, value)) return wrong('is not as it was written, or one before it was left out, added or moved');
    chain = seal;
    const said = parsed(value);
    if (!said) return wrong('is no JSON');
    if ((number === 1) !== (name === 'header')) return wrong(number === 1 ? 'is no header' : 'is a second header');
    if (name === 'header') {
      if (said['format'] !== format.format || said['version'] !== format.version) return wrong('says that it is another format or version');
      position = String(said['position']);
    } else if (name === 'procedure') {
      const id = String(said['id']);
      if (id <= last) return wrong('is out of order: procedures come by their ids, each once');
      last = id;
      procedures++;
    } else {
      digest = all.digest('hex');
      if (said['procedures'] !== procedures)
        return wrong(`says ${String(said['procedures'])} procedures, and there are ${String(procedures)}`);
      if (said['sha256'] !== digest) return wrong('says another SHA-256 of the lines before it');
      ended = true;
    }
    if (!ended) all.update(line.bytes).update('\n');
  }
  number++;
  return ended ? { ok: true, procedures, position, sha256: digest } : wrong('is missing: the file was cut off before its trailer');
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

interface Line {
  readonly bytes: Buffer;
  /** Whether the file ends before its line feed. */
  readonly isCut: boolean;
}

/** By line feeds alone: text may hold what other readers take for the end of a line. Null for one that is too long, which is the last. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line | null, void, undefined> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      yield { bytes: Buffer.concat([...parts, rest.subarray(0, end)]), isCut: false };
      [parts, length, rest] = [[], 0, rest.subarray(end + 1)];
    }
    if (rest.length === 0) continue;
    length += rest.length;
    if (length > mostLineBytes) {
      yield null;
      return;
    }
    parts.push(Buffer.from(rest));
  }
  if (length > 0) yield { bytes: Buffer.concat(parts), isCut: true };
}
