import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';

describe('the tour in the README', () => {
  let app: StartedApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  it('runs as it stands there', async () => {
    const readme = await readFile('README.md', 'utf8');
    const blocks = [...readme.matchAll(/^```bash tour\n([^]*?)^```$/gm)].map(([, block]) => block ?? '');
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', blocks.join('\n')], {
      env: { ...process.env, TINHGON_URL: app.url },
    });
    expect(blocks).toHaveLength(5);
    expect(stdout).toContain('"code":"not-authorised"');
    expect(stdout).toContain('ProcedurePublished by ');
    expect(stdout).toMatch(/^reviewed$/m);
    expect(stdout).toContain('93 procedures: 93 entered');
    for (const line of [
      'internal/A/proposed: 2',
      'internal/C/published: 2',
      'internal/D/published: 12',
      'public//disclosed: 6',
      'quality//applied: 72',
      'yesterday: 0',
    ])
      expect(stdout).toContain(`\n${line}\n`);
    for (const stated of [18, 22, 6]) expect(stdout).toMatch(new RegExp(`: ${String(stated)}$`, 'm'));
    expect(stdout).toContain('published 97.87 of 100 score 97.87');
    expect(stdout.match(/^ProcedurePublished 1$/gm)).toHaveLength(12);
    expect((await readFile('/tmp/tinhgon-decision.docx')).subarray(0, 2).toString()).toBe('PK');
  });
});
