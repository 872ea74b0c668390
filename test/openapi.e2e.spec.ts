import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';

describe('docs/openapi.json', () => {
  let app: StartedApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  it('is what the server serves; `npm run openapi` writes it', async () => {
    const served: unknown = await (await fetch(`${app.url}/openapi.json`)).json();
    expect(JSON.parse(await readFile('docs/openapi.json', 'utf8'))).toEqual(served);
    expect(served).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  });

  it('names the headers that a call reads', async () => {
    interface Described {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly { readonly name: string; readonly in: string }[] }>>>>;
    }
    const { paths } = (await (await fetch(`${app.url}/openapi.json`)).json()) as Described;
    const taking = (header: string): readonly string[] =>
      Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item).flatMap(([method, { parameters = [] }]) =>
          parameters.some(({ name }) => name === header) ? [`${method} ${path.replace('/api/v1', '')}`] : [],
        ),
      );
    expect(taking('Last-Event-ID')).toEqual(['get /stream']);
    const forOthers = taking('Acting-For');
    expect(forOthers).toEqual(expect.arrayContaining(['post /procedures', 'post /procedures/{id}/actions/publish', 'post /tasks/{id}/answer', 'post /procedures/{id}/claim', 'get /worklist', 'get /procedures/{id}']));
    expect(forOthers.filter((call) => /units|people|definitions|comments|attachments/.test(call))).toEqual([]);
    expect(taking('Idempotency-Key')).toEqual(expect.arrayContaining(['post /units', 'post /people', 'post /tasks/{id}/answer', 'post /webhooks']));
    for (const [path, item] of Object.entries(paths))
      for (const [method, { parameters = [] }] of Object.entries(item)) {
        const names = parameters.map((one) => `${one.in} ${one.name}`);
        expect([method, path, [...new Set(names)]]).toEqual([method, path, names]);
      }
  }); // prettier-ignore
});
