import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const src = join(import.meta.dirname, 'src');
/** What is seen before anything else is opened: the sign-in and the worklist, in their frame. */
const firstRoutes = ['__root', '_signed-in', '_signed-in.index', 'sign-in'].map((name) => join(src, 'routes', `${name}.tsx`));
const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

type AllWords = Readonly<Record<string, string>>;

/** Words of a language in two parts: `?first` has those of the first pages, `?rest` those that every other page waits for. */
export function partedWords(): Plugin {
  return {
    name: 'parted-words',
    enforce: 'pre',
    load(id) {
      const [path = '', part] = id.split('?');
      if (!/\/words\/\w+\.json$/.test(path) || (part !== 'first' && part !== 'rest')) return null;
      this.addWatchFile(path);
      const all = JSON.parse(readFileSync(path, 'utf8')) as AllWords;
      const isFirst = wordsOfFirstPages();
      const own = Object.fromEntries(Object.entries(all).filter(([word]) => isFirst(word) === (part === 'first')));
      return { code: `export default ${JSON.stringify(own)};`, moduleType: 'js' };
    },
  };
}

/** Whether a word stands in what the first pages are made of, by its name or by what its name begins with. */
export function wordsOfFirstPages(): (word: string) => boolean {
  const names = new Set<string>();
  const beginnings: string[] = [];
  for (const text of reachable([join(src, 'main.tsx'), ...firstRoutes]).values()) {
    for (const [, name = ''] of text.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)) names.add(name);
    for (const [, beginning = ''] of text.matchAll(/`([\w-]+\.(?:[\w-]+\.)*)\$\{/g)) beginnings.push(beginning);
  }
  return (word) => names.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
}

/** The files that these lead to, with their text; not by way of another page's route. */
function reachable(from: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const left = [...from];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (texts.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    texts.set(file, text);
    for (const [, asked = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const found = endings.map((ending) => resolve(dirname(file), asked) + ending).find((one) => /\.tsx?$/.test(one) && existsSync(one));
      if (found !== undefined && (dirname(found) !== join(src, 'routes') || firstRoutes.includes(found))) left.push(found);
    }
  }
  return texts;
}
