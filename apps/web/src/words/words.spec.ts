import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import en from './en.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.spec\.ts$|schema\.ts$|\.gen\.ts$/.test(path))
  .map((path) => readFileSync(join(web, path), 'utf8'));
const placesOf = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('The words of the pages', () => {
  it('are there in both languages, with the same places to fill', () => {
    expect(Object.keys(en)).toEqual(Object.keys(vi));
    const words = vi as Readonly<Record<string, string>>;
    for (const [word, text] of Object.entries(en)) expect([word, placesOf(text)]).toEqual([word, placesOf(words[word] ?? '')]);
    expect(Object.entries({ ...vi, ...en }).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are all used', () => {
    const all = sources.join('\n');
    expect(Object.keys(vi).filter((word) => !all.includes(`'${word}'`))).toEqual([]);
  });

  it('are nowhere written into a page', () => {
    const literal = sources.flatMap((source) => source.match(/>\s*[A-Za-zÀ-ỹ][^<>{}=();]*[a-zà-ỹ][^<>{}=();]*<\//g) ?? []);
    expect(literal).toEqual([]);
  });
});
