import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const packages = join(process.cwd(), 'node_modules', '@mantine');
const core = join(packages, 'core', 'esm');
const web = join(process.cwd(), 'apps', 'web', 'src');

const sourcesOf = (folder: string, kind: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => kind.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'));

const namesIn = (list: string): readonly string[] => list.split(',').map((one) => one.trim().split(' as ')[0] ?? '');

/** Files of the library by the names that they are exported under. */
function filesByName(): ReadonlyMap<string, string> {
  const index = readFileSync(join(core, 'index.mjs'), 'utf8');
  const all = [...index.matchAll(/import \{([^}]*)\} from "(\.[^"]+)"/g)];
  return new Map(all.flatMap(([, names = '', file = '']) => namesIn(names).map((name) => [name, resolve(core, file)] as const)));
}

/** Names of the style sheets that this file and all that it is made of come with. */
function styles(file: string, seen: Set<string>): readonly string[] {
  if (seen.has(file) || !existsSync(file)) return [];
  seen.add(file);
  const own = /^(\w+)\.module\.mjs$/.exec(basename(file))?.[1];
  const made = [...readFileSync(file, 'utf8').matchAll(/from "(\.[^"]+)"/g)].map(([, path = '']) => resolve(dirname(file), path));
  return [...(own === undefined ? [] : [own]), ...made.flatMap((one) => styles(one, seen))];
}

describe('The styles of the library', () => {
  it('are those of what the pages use, and of what that is made of, in its own order', () => {
    const files = filesByName();
    // Fields of dates are made of it, too.
    const sources = [...sourcesOf(web, /\.tsx?$/), ...sourcesOf(join(packages, 'dates', 'esm'), /\.mjs$/)];
    const used = sources.flatMap((source) => [...source.matchAll(/import \{([^}]*)\} from ['"]@mantine\/core['"]/g)]);
    const seen = new Set<string>();
    const needed = new Set(used.flatMap(([, names = '']) => namesIn(names).flatMap((name) => styles(files.get(name) ?? '', seen))));
    const listed = [...readFileSync(join(web, 'theme', 'library.css'), 'utf8').matchAll(/styles\/([A-Z]\w*)\.css/g)].map(
      ([, name = '']) => name,
    );
    const whole = readFileSync(join(packages, 'core', 'styles.css'), 'utf8');
    const place = (name: string): number =>
      whole.indexOf(readFileSync(join(packages, 'core', 'styles', `${name}.css`), 'utf8').slice(0, 120));
    expect(listed).toEqual([...needed].sort((one, other) => place(one) - place(other)));
  });
});
