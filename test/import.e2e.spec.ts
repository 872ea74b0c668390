import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, tinhgon, type StartedApp } from './support/app.js';
import { order, signInAs, type Caller } from './support/client.js';

describe("importing the Navy's report", () => {
  let app: StartedApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  const funnel = async (): Promise<{ total: number; counts: Record<string, number> }> => {
    const auditor = await signInAs(app.url, 'auditor', 'ministry');
    const { body } = await auditor.get<{ total: number; rows: { kind: string; stage: string; count: number }[] }>('/api/v1/reports/funnel');
    const counts: Record<string, number> = {};
    for (const { kind, stage, count } of body.rows) counts[`${kind} ${stage}`] = (counts[`${kind} ${stage}`] ?? 0) + count;
    return { total: body.total, counts };
  };

  it('enters 93 procedures at the stages that it states', async () => {
    const { code, stdout, stderr } = await tinhgon(['import', 'navy-2022-2025', '--url', app.url]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('93 procedures: 93 entered, 0 were already there.');
    for (const entered of ['5 targets', '18', '22', '6', 'concluded, with 8 requests'])
      expect(stdout).toMatch(new RegExp(` ${entered} *\\n`));
    expect(await funnel()).toEqual({
      total: 93,
      counts: { 'public disclosed': 6, 'internal proposed': 2, 'internal published': 13, 'quality applied': 72 },
    });
  });

  it('changes nothing the second time, from a path as well as by name', async () => {
    const { code, stdout } = await tinhgon(['import', join('apps', 'cli', 'scenarios', 'navy-2022-2025.json'), '--url', app.url]);
    expect(code).toBe(0);
    expect(stdout).toContain('93 procedures: 0 entered, 93 were already there.');
    expect((await funnel()).total).toBe(93);
  });

  it('changes nothing either from a spreadsheet that says the same', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-'));
    expect(await tinhgon(['import', 'navy-2022-2025', '--as', 'xlsx', '--out', folder, '--url', app.url])).toMatchObject({
      code: 0,
      stderr: '',
    });
    const { code, stdout } = await tinhgon(['import', join(folder, 'report.xlsx'), '--url', app.url]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('93 procedures: 0 entered, 93 were already there.')]);
    for (const entered of ['5 targets', '18', '22', '6', 'concluded, with 8 requests'])
      expect(stdout).toMatch(new RegExp(` ${entered} *\\n`));
    expect((await funnel()).total).toBe(93);
  });

  it('changes nothing either after a unit was renamed', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const { body } = await administrator.get<{ items: { id: string; level: string; name: string }[] }>('/api/v1/units');
    for (const { id, name } of body.items.filter(({ level }) => level !== 'ministry'))
      await order(administrator, `units/${id}/rename`, { name: `${name} (mới)` });
    expect(await tinhgon(['import', 'navy-2022-2025', '--url', app.url])).toMatchObject({
      ...{ code: 0, stderr: '' },
      stdout: expect.stringContaining('93 procedures: 0 entered, 93 were already there.'),
    });
  });

  it('goes on after units were merged: what was entered is there, and what was not goes to the unit that they became part of', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const { body } = await administrator.get<{ items: { id: string; level: string }[] }>('/api/v1/units');
    const [first, second] = body.items.filter(({ level }) => level === 'unit');
    await order(administrator, `units/${first?.id ?? ''}/merge`, { into: second?.id });
    const again = await tinhgon(['import', 'navy-2022-2025', '--url', app.url]);
    expect(again.stdout).toContain('93 procedures: 0 entered, 93 were already there.');
    const file = join(await mkdtemp(join(tmpdir(), 'tinhgon-')), 'other.json');
    const rows = [{ kind: 'quality', group: null, count: 3, units: 3, reached: 'built' }];
    await writeFile(file, JSON.stringify({ programme: { id: 'after-a-merge', title: 'Sau hợp nhất' }, procedures: rows }));
    expect(await tinhgon(['import', file, '--url', app.url])).toMatchObject({ code: 0, stdout: expect.stringContaining('3 entered') });
    // A unit that stands first in the list spreads all samples otherwise.
    const service = body.items.find(({ level }) => level === 'service')?.id;
    await order(administrator, 'units', { name: 'A đứng đầu danh sách', level: 'unit', parent: service });
    for (const [scenario, number] of [[file, 3], ['navy-2022-2025', 93]] as const)
      expect(await tinhgon(['import', scenario, '--url', app.url])).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`${String(number)} procedures: 0 entered, ${String(number)} were already there.`) });
  }); // prettier-ignore

  it('does not let anybody approve their own option, whatever roles they have', async () => {
    const [administrator, checker, auditor] = await Promise.all([
      signInAs(app.url, 'administrator', 'service'),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'auditor', 'ministry'),
    ]);
    const officer = await signInAs(app.url, 'officer', 'service');
    const unit = officer.person?.unit;
    const { body } = await administrator.get<{ items: { id: string; name: string }[] }>('/api/v1/people');
    const id = body.items.find(({ name }) => name === officer.person?.name)?.id ?? '';
    await order(administrator, `people/${id}/roles`, { role: 'authority', unit: unit?.id });
    const both = await signInAs(app.url, 'officer', 'service');

    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-'));
    const [people, scenario] = [join(folder, 'people.json'), join(folder, 'scenario.json')];
    const of = (role: string, { token }: Caller, at = unit): object => ({ role, unit: at, token });
    const known = [of('officer', both), of('authority', both), of('checker', checker), of('auditor', auditor, auditor.person?.unit)];
    await writeFile(people, JSON.stringify(known));
    const rows = [{ kind: 'internal', group: 'C', count: 1, field: 'văn thư', reached: 'simplified' }];
    await writeFile(scenario, JSON.stringify({ programme: { id: 'own-approval', title: 'Tự duyệt' }, procedures: rows }));
    const { code, stderr } = await tinhgon(['import', scenario, '--url', app.url, '--people', people]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('same-person') });
    await administrator.send('DELETE', `/api/v1/people/${id}/roles/authority?unit=${unit?.id ?? ''}`);
  });

  it('says what is wrong with a file that it cannot play', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'tinhgon-')), 'bad.json');
    await writeFile(file, JSON.stringify({ programme: { id: 'x' }, procedures: [{ kind: 'secret', count: -1, reached: 'done' }] }));
    const { code, stderr } = await tinhgon(['import', file, '--url', app.url]);
    expect(code).toBe(1);
    expect(stderr).toContain('procedures[0].kind must be one of internal, public, quality; procedures[0].count must be a whole number');
    expect(stderr).not.toContain('    at ');
  });
});
