import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rowsOfXlsx } from '#sheets';
import { startApp, type StartedApp } from './support/app.js';
import { order, registration, signInAs, type Caller } from './support/client.js';

describe('a report that is taken along', () => {
  let app: StartedApp;
  let officer: Caller;
  beforeAll(async () => {
    app = await startApp();
    officer = await signInAs(app.url, 'officer', 'service');
    const { position } = await order(officer, 'procedures', registration(officer));
    await officer.get(`/api/v1/reports/funnel?minPosition=${position}`);
  });
  afterAll(() => app.stop());

  const file = async (query: string): Promise<{ readonly type: string | null; readonly bytes: Buffer }> => {
    const answer = await fetch(`${app.url}/api/v1/reports/${query}`, {
      headers: { authorization: `Bearer ${officer.token ?? ''}`, 'accept-language': 'vi' },
    });
    return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  it('is a workbook with figures as figures below a Vietnamese header', async () => {
    const { type, bytes } = await file('funnel?format=xlsx&kind=internal');
    expect(type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    async function* read(from: number, to: number): AsyncGenerator<Buffer> {
      yield await Promise.resolve(bytes.subarray(from, to));
    }
    const rows: (readonly unknown[])[] = [];
    for await (const { cells } of rowsOfXlsx({ size: bytes.length, read }))
      rows.push(cells.map((cell) => (cell?.type === 'text' ? cell.text : cell?.type === 'number' ? cell.value : null)));
    expect(rows[0]).toEqual(['Loại', 'Nhóm', 'Giai đoạn', 'Số thủ tục']);
    expect(rows[1]?.slice(0, 3)).toEqual(['internal', 'D', 'registered']);
    expect(rows[1]?.[3]).toBeGreaterThan(0);
  });

  it('is a paper in PDF with whole Vietnamese type', async () => {
    const { type, bytes } = await file('funnel?format=pdf');
    expect(type).toBe('application/pdf');
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(bytes.toString('latin1')).toContain('BeVietnamPro');
  });
});
