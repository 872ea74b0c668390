import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { deadlines } from '#deadlines';
import { directoryView } from '#identity';
import { notificationsView } from '#notifications';
import { refusals, register } from '#procedures';
import type { View } from '#processors';
import { boardsView, indicatorsView, inspectionsView, pastUnits, periodsView, programmesView } from '#programmes';
import { reorganisationsView, unitNames } from '#reorganisation';
import { acts, counts, figures, publications, reviewResults, stageStays, trail } from '#reporting';
import { tasks, work } from '#worklist';
import { everyView } from '../apps/worker/src/what-follows.js';

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

const viewed = (source: string): readonly string[] => [...source.matchAll(/\bviews\.(\w+)/g)].map(([, name = '']) => name);
/** Which room a view belongs to. */
const rooms: Readonly<Record<string, readonly View[]>> = {
  procedures: [register, refusals],
  deadlines: [deadlines],
  worklist: [work, tasks],
  programmes: [programmesView, inspectionsView, indicatorsView, pastUnits, periodsView, boardsView],
  reporting: [counts, publications, figures, stageStays, acts, reviewResults, trail],
  identity: [directoryView],
  notifications: [notificationsView],
  reorganisation: [reorganisationsView, unitNames],
};
const roomOf = (file: string): string => /^libs[\\/]([\w-]+)/.exec(file)?.[1] ?? '';

describe('Statements', () => {
  it('read the views of their own room; those of another by the name that its door gives out', () => {
    expect(
      Object.values(rooms)
        .flat()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(everyView.map(({ name }) => name).sort());
    const owners = new Map(
      Object.entries(rooms).flatMap(([room, views]) => views.flatMap(({ tables }) => tables.map((table) => [table, room]))),
    );
    const sources = files
      .filter((file) => roomOf(file) in rooms && !file.endsWith('.spec.ts'))
      .map((file) => [file, readFileSync(file, 'utf8')] as const);
    const strange = sources.flatMap(([file, source]) =>
      viewed(source).flatMap((table) => (owners.has(table) && owners.get(table) !== roomOf(file) ? [`${file}: views.${table}`] : [])),
    );
    expect(strange).toEqual([]);
    expect(sources.flatMap(([, source]) => viewed(source))).toContain('register');
  });

  it('order figures as figures, not as the text that they are shown as', () => {
    expect(ordersByShownText('`SELECT id::text, at FROM events ORDER BY id DESC LIMIT 1`')).toEqual(['id: id DESC']);
    expect(ordersByShownText('`SELECT e.id::text, at FROM events e ORDER BY e.id`')).toEqual([]);
    expect(ordersByShownText('`SELECT id::text AS key FROM events ORDER BY id`')).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => ordersByShownText(readFileSync(file, 'utf8')).map((found) => `${file} ${found}`))).toEqual([]);
  });
});
