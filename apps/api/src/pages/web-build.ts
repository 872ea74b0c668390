import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A file of the web application as it goes out, by encoding; the plain one is always there. */
interface Asset {
  readonly type: string;
  readonly bodies: ReadonlyMap<'identity' | 'gzip' | 'br', Buffer>;
}

/** The web application as it was built. */
export interface WebBuild {
  /** The one page that all addresses get, with `nonceMark` where its nonce belongs. */
  readonly page: string;
  /** By path, such as `assets/index-x1.js`. */
  readonly assets: ReadonlyMap<string, Asset>;
}

/** Stands in the built page for the nonce of the answer. */
export const nonceMark = '__NONCE__';

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2',
};
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** Reads the whole build, some megabytes, so that serving it waits for no disk. @returns null where the folder holds none */
export async function readWebBuild(folder: string): Promise<WebBuild | null> {
  if (!existsSync(join(folder, 'index.html'))) return null;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = new Map(
    await Promise.all(paths.map(async (path) => [relative(folder, path).split(sep).join('/'), await readFile(path)] as const)),
  );
  const assets = new Map<string, Asset>();
  for (const [path, body] of read) {
    const type = types[path.slice(path.lastIndexOf('.') + 1)];
    if (type === undefined || path === 'index.html') continue;
    const packed = encodings.flatMap(([encoding, suffix]) => {
      const found = read.get(path + suffix);
      return found ? [[encoding, found] as const] : [];
    });
    assets.set(path, { type, bodies: new Map<'identity' | 'gzip' | 'br', Buffer>([['identity', body], ...packed]) });
  }
  return { page: (read.get('index.html') ?? Buffer.alloc(0)).toString('utf8'), assets };
}
