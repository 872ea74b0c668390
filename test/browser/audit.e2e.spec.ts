import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { order, registration, signInAs } from '../support/client.js';
import { Office } from './office.js';
import type { Visitor } from './pages/visitor.js';

describe('The page of auditors', () => {
  const office = Office.forJourneys();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-audit-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const kept = async ({ page }: Visitor, press: () => Promise<void>): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };
  const lights = async ({ page }: Visitor, file: string, key: string): Promise<readonly (string | null)[]> => {
    await page.locator('input[type="file"]').first().setInputFiles(file);
    await page.locator('textarea[name="key"]').fill(key);
    await page.locator('[data-action="verify-file"]').click();
    await page.locator('[data-light="data"]').waitFor();
    return Promise.all(['history', 'data'].map((name) => page.locator(`[data-light="${name}"]`).getAttribute('data-holds')));
  };

  it('tells how far history is sealed, hands out bundles and proofs, and verifies what it handed out', async () => {
    const officer = await signInAs(office.url, 'officer', 'service');
    const { id } = await order(officer, 'procedures', { ...registration(officer), title: 'Cấp giấy chứng nhận quân trang' });
    const auditor = await office.visit('ministry.auditor', '/audit');
    const { page } = auditor;
    const key = (await (await fetch(`${office.url}/audit/key`)).text()).trim();
    const state = page.locator('section[aria-labelledby="sealed-state"]');
    await state.getByText(key).waitFor();
    expect(Number(await state.locator('[data-sealed-size]').getAttribute('data-sealed-size'))).toBeGreaterThan(0);
    await state.getByText('Không có nhân chứng nào được hỏi.').waitFor();

    await page.locator('[data-action="ask-bundle"]').click();
    await page.locator('select[name="scope"]').selectOption('unit');
    await page.locator('form [name="from"]').waitFor();
    // Both ask from which day on; each label leads to its own field.
    await page.getByRole('search', { name: 'Lọc nhật ký' }).getByText('Từ ngày').click();
    expect(await page.getByRole('search', { name: 'Lọc nhật ký' }).locator('input:focus').count()).toBe(1);
    await page.locator('select[name="scope"]').selectOption('period');
    await page.locator('input[name="period"]').fill(String(new Date().getUTCFullYear()));
    const bundle = await kept(auditor, () => page.locator('form button[type="submit"]').click());
    await page.locator('[data-bundle="kept"]').waitFor();

    await page.locator('[data-action="verify-bundle"]').click();
    expect(await lights(auditor, bundle, key)).toEqual(['true', 'true']);

    await auditor.open(`/procedures/${id}/history`);
    const entry = page.locator('[data-event="ProcedureRegistered"]');
    await entry.locator('[data-proof="sealed"]').waitFor();
    const proof = await kept(auditor, () => entry.getByRole('button', { name: /Tải bằng chứng/ }).click());
    await auditor.open('/audit');
    await page.locator('[data-action="verify-bundle"]').click();
    expect(await lights(auditor, proof, key)).toEqual(['true', 'true']);

    const { id: who, name } = (await officer.get<{ id: string; name: string }>('/api/v1/account')).body;
    await auditor.open(`/audit?actor=${who}&q=${encodeURIComponent('không ai làm')}`);
    await page.getByText('Không có sự kiện nào khớp').waitFor();
    await page.getByText(`Mọi việc của ${name}.`).waitFor();
    expect(await page.locator('#field-actor').inputValue()).toBe(name);
    await auditor.leave();
  });
});
