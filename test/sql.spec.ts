import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const files = ['apps', 'libs'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((name) => /\.(ts|sql)$/.test(name)),
);

/** `ORDER BY id` means the column that is shown where one has the name, and `id::text` has it: 9 comes after 10 then. */
function ordersByShownText(sql: string): readonly string[] {
  return [...sql.matchAll(/SELECT((?:(?!SELECT)[^])*?)ORDER BY ([^`']*?)(?:LIMIT|[`')]|$)/g)].flatMap(([, body = '', order = '']) => {
    const shown = [...body.matchAll(/(\w+)::text\b(?!\s+AS\b)/g)].map(([, name]) => name);
    return shown
      .filter((name) => new RegExp(`(?<![.\\w"])${String(name)}\\b`).test(order))
      .map((name) => `${String(name)}: ${order.trim()}`);
  });
}

describe('Statements', () => {
  it('order figures as figures, not as the text that they are shown as', () => {
    expect(ordersByShownText('`SELECT id::text, at FROM events ORDER BY id DESC LIMIT 1`')).toEqual(['id: id DESC']);
    expect(ordersByShownText('`SELECT e.id::text, at FROM events e ORDER BY e.id`')).toEqual([]);
    expect(ordersByShownText('`SELECT id::text AS key FROM events ORDER BY id`')).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => ordersByShownText(readFileSync(file, 'utf8')).map((found) => `${file} ${found}`))).toEqual([]);
  });
});
