import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';

describe('the tour in the README', () => {
  let app: StartedApp;
  beforeAll(async () => {
    app = await startApp();
  }, 180_000);
  afterAll(() => app.stop());

  it('runs as it stands there', async () => {
    const readme = await readFile('README.md', 'utf8');
    const blocks = [...readme.matchAll(/^```bash tour\n([^]*?)^```$/gm)].map(([, block]) => block ?? '');
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', blocks.join('\n')], {
      env: { ...process.env, TINHGON_URL: app.url },
    });
    expect(blocks).toHaveLength(4);
    expect(stdout).toContain('"code":"not-authorised"');
    expect(stdout).toContain('ProcedurePublished by ');
    expect(stdout).toMatch(/^reviewed$/m);
    expect(stdout).toContain('93 procedures: 93 entered');
  });
});
