import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';

describe('docs/openapi.json', () => {
  let app: StartedApp;
  beforeAll(async () => {
    app = await startApp();
  }, 180_000);
  afterAll(() => app.stop());

  it('is what the server serves; `npm run openapi` writes it', async () => {
    const served: unknown = await (await fetch(`${app.url}/openapi.json`)).json();
    expect(JSON.parse(await readFile('docs/openapi.json', 'utf8'))).toEqual(served);
    expect(served).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  });
});
