/** A place in a text; lines and columns count from 1, as editors show them. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  /** Characters before it. */
  readonly offset: number;
}

export type ReadJson =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Where the value of each path begins; paths in dot notation. */ readonly places: ReadonlyMap<string, TextPlace>;
    }
  | { readonly ok: false; readonly at: TextPlace; readonly found: 'end' | 'character' | 'twice' };

class Fault extends Error {
  constructor(
    readonly offset: number,
    readonly found: 'end' | 'character' | 'twice',
  ) {
    super(found);
  }
}

/** Reads JSON, and remembers where everything stands: what is found amiss later is shown there. */
export function readJson(text: string): ReadJson {
  const reader = new Reader(text);
  try {
    const value = reader.document();
    return { ok: true, value, places: new Map([...reader.offsets].map(([path, offset]) => [path, placeAt(text, offset)])) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, at: placeAt(text, error.offset), found: error.found };
  }
}

function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1, offset };
}

/** Where the path stands, or what is around it where it is missing. */
export function placeOf(path: string, places: ReadonlyMap<string, TextPlace>): TextPlace | null {
  const found = places.get(path);
  if (found || path === '') return found ?? null;
  return placeOf(path.split('.').slice(0, -1).join('.'), places);
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

class Reader {
  private at = 0;
  readonly offsets = new Map<string, number>();
  constructor(private readonly text: string) {}

  document(): unknown {
    const value = this.value('');
    if (this.next() !== '') throw this.fault();
    return value;
  }

  private value(path: string): unknown {
    const next = this.next();
    this.offsets.set(path, this.at);
    if (next === '{') return this.object(path);
    if (next === '[') return this.list(path);
    return JSON.parse(this.take(next === '"' ? string : scalar)) as unknown;
  }

  private object(path: string): object {
    const entries = new Map<string, unknown>();
    this.each('}', () => {
      this.next();
      const start = this.at;
      const name = JSON.parse(this.take(string)) as string;
      if (entries.has(name)) throw new Fault(start, 'twice');
      this.expect(':');
      entries.set(name, this.value(inside(path, name)));
    });
    return Object.fromEntries(entries);
  }

  private list(path: string): readonly unknown[] {
    const items: unknown[] = [];
    this.each(']', () => items.push(this.value(inside(path, String(items.length)))));
    return items;
  }

  private each(end: '}' | ']', one: () => void): void {
    this.at++;
    if (this.next() === end) {
      this.at++;
      return;
    }
    for (;;) {
      one();
      if (this.next() === end) break;
      this.expect(',');
    }
    this.at++;
  }

  /** The next character that is no space. */
  private next(): string {
    while (' \t\r\n'.includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at++;
    return this.text.charAt(this.at);
  }

  private expect(character: string): void {
    if (this.next() !== character) throw this.fault();
    this.at++;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) throw this.fault();
    this.at += found.length;
    return found;
  }

  private fault(): Fault {
    return new Fault(this.at, this.at >= this.text.length ? 'end' : 'character');
  }
}

const inside = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
