import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, tinhgon, type StartedApp } from './support/app.js';
import { Caller, decision, goodReview, order, proposal, registration, signInAs, type Problem } from './support/client.js';
import { day, ended, sendSheet, workbook, type Imported } from './support/sheets.js';

const unitName = 'Quân chủng Hải quân';
const header = ['title', 'code', 'kind', 'group', 'field', 'owningUnit'];
const rowOf = (title: string, code = ''): string[] => [title, code, 'internal', 'D', 'văn phòng', unitName];
const csv = (rows: readonly (readonly string[])[], separator = ','): string => rows.map((row) => row.join(separator)).join('\r\n');
const marks = (result: Imported): unknown => result.refused.map(({ row, column, code }) => [row, column, code]);

/** Asks for the progress of an import as it comes on. */
const followed = ({ url, token }: Caller, id: string): Promise<Response> =>
  fetch(`${url}/api/v1/imports/${id}/events`, { headers: { authorization: `Bearer ${token ?? ''}` } });

/** All that is told of an import until its end. */
async function follow(by: Caller, id: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const text = await (await followed(by, id)).text();
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as Readonly<Record<string, unknown>>);
}

describe('Sheets that are imported', () => {
  let app: StartedApp;
  let officer: Caller;
  let administrator: Caller;
  const send = async (by: Caller, query: string, content: string | Buffer, name = 'a.csv'): Promise<Imported> => {
    const { status, body } = await sendSheet(by, query, name, content);
    expect([status, body]).toEqual([status === 202 ? 202 : 200, expect.objectContaining({ id: expect.any(String) })]);
    return ended(by, body.id);
  };
  const codesThere = async (...codes: readonly string[]): Promise<readonly string[]> => {
    const head = await order(officer, 'procedures', { ...registration(officer), title: `Mốc ${randomUUID()}` });
    const there = await Promise.all(
      codes.map(async (code) => {
        const { body } = await officer.get<{ items: readonly { code: string | null }[] }>(`/api/v1/procedures?q=${code}&minPosition=${head.position}`);
        return body.items.some((one) => one.code === code) ? [code] : [];
      }),
    );
    return there.flat();
  }; // prettier-ignore

  beforeAll(async () => {
    app = await startApp();
    [officer, administrator] = await Promise.all([signInAs(app.url, 'officer', 'service'), signInAs(app.url, 'administrator', 'service')]);
  });
  afterAll(() => app.stop());

  it('are only looked at unless somebody says otherwise, and enter what a dry run promised, once', async () => {
    const sheet = csv([header, rowOf('Một', '7.000001'), rowOf('Hai', '7.000002'), [], rowOf('Một', '7.000001')]);
    const promised = await send(officer, 'kind=procedures', sheet);
    expect(promised).toMatchObject({ state: 'done', rows: 3, accepted: 2, repeated: 1, refused: [] });
    expect(await codesThere('7.000001')).toEqual([]);
    expect(await send(officer, 'kind=procedures&dryRun=false', sheet)).toMatchObject({ state: 'done', rows: 3, accepted: 2, repeated: 1, refused: [] });
    expect(await codesThere('7.000001', '7.000002')).toEqual(['7.000001', '7.000002']);
    expect(await send(officer, 'kind=procedures&dryRun=false', sheet)).toMatchObject({ state: 'done', accepted: 0, repeated: 3 });
    expect(await send(officer, 'kind=procedures', sheet)).toMatchObject({ state: 'done', accepted: 0, repeated: 3 });
  }); // prettier-ignore

  it('enter nothing where one row is refused, and the others where that is wanted', async () => {
    const sheet = csv([header, rowOf('Đúng', '7.100001'), rowOf('', '7.100002'), rowOf('Trùng mã', '7.100001'), [...rowOf('Sai nhóm').slice(0, 3), 'Đ', 'x', 'Không có đơn vị']]);
    const marked = [[3, 'title', 'invalid-body'], [4, 'code', 'code-taken'], [5, 'group', 'invalid-body'], [5, 'owningUnit', 'unknown-unit']];
    const whole = await send(officer, 'kind=procedures&dryRun=false', sheet);
    expect([whole.state, whole.accepted, whole.refusedRows, marks(whole)]).toEqual(['refused', 0, 3, marked]);
    expect(await codesThere('7.100001')).toEqual([]);
    const partial = await send(officer, 'kind=procedures&dryRun=false&partial=true', sheet);
    expect([partial.state, partial.rows, partial.accepted, marks(partial)]).toEqual(['done', 4, 1, marked]);
    expect(await codesThere('7.100001')).toEqual(['7.100001']);
    const again = await send(officer, 'kind=procedures', csv([header, rowOf('Khác', '7.100001')]));
    expect([again.state, marks(again)]).toEqual(['refused', [[2, 'code', 'code-taken']]]);
  }); // prettier-ignore

  it('are read as people write them: titles in either language, separators, encodings, figures and days', async () => {
    const titles = ['Tên thủ tục *', 'Mã thủ tục', 'LOẠI', 'Nhóm', 'Lĩnh vực', 'Đơn vị chủ trì', 'Ngày thực hiện', 'parts.timeLimitDays'];
    const written = (code: string, date: string): string[] => [`Tên ${code}`.normalize('NFD'), code, 'Nội bộ', 'd', 'văn  phòng', ` ${unitName} `, date, '1.000'];
    const encoded: readonly (readonly [string, Buffer])[] = [
      ['UTF-8 with its mark', Buffer.from(`\uFEFF${csv([titles, written('7.200001', '01/02/2023')], ';')}`)],
      ['UTF-16', Buffer.from(`\uFEFF${csv([titles, written('7.200002', '2023-02-01')], '\t')}`, 'utf16le')],
      ['UTF-16 the other way', Buffer.from(`\uFEFF${csv([titles, written('7.200003', '1.2.2023')])}`, 'utf16le').swap16()],
    ];
    for (const [what, sheet] of encoded) expect([what, await send(officer, 'kind=procedures&dryRun=false', sheet)]).toMatchObject([what, { state: 'done', accepted: 1, refused: [] }]);
    // windows-1258 has no ầ: it writes â and a mark behind it.
    const old = Buffer.from('title,kind,group,field,owningUnit\r\nC\xe2\xccn thi\xeaft,Internal,D,x,{unit}\r\n'.replace('{unit}', officer.person?.unit.id ?? ''), 'latin1');
    expect(await send(officer, 'kind=procedures', old)).toMatchObject({ state: 'done', accepted: 1 });
    const days = [...header, 'occurredOn'];
    const dated = (cell: ReturnType<typeof day>): Buffer => workbook([days, [...rowOf(`Ngày ${JSON.stringify(cell)}`), cell]]);
    for (const [is1904, serial] of [[false, 44_958], [true, 43_496]] as const)
      expect(await send(officer, 'kind=procedures&dryRun=false', workbook([days, [...rowOf(`Ngày ${String(is1904)}`), day(serial)]], { is1904 }), 'b.xlsx')).toMatchObject({ state: 'done', accepted: 1 });
    expect(marks(await send(officer, 'kind=procedures', dated(day(60)), 'b.xlsx'))).toEqual([[2, 'occurredOn', 'invalid-body']]);
    expect(marks(await send(officer, 'kind=procedures', csv([days, [...rowOf('x'), '30/02/2023']])))).toEqual([[2, 'occurredOn', 'invalid-body']]);
  }); // prettier-ignore

  it('are refused by their header, whatever else they hold', async () => {
    const named = async (columns: readonly string[]): Promise<unknown> => {
      const result = await send(administrator, 'kind=people&partial=true&dryRun=false', csv([columns, columns.map(() => 'x')]));
      expect(result).toMatchObject({ state: 'refused', accepted: 0 });
      return marks(result);
    };
    expect(await named(['name', 'username', 'password'])).toEqual([[1, 'password', 'password-column']]);
    expect(await named(['name', 'username', 'Mật khẩu'])).toEqual([[1, 'Mật khẩu', 'password-column']]);
    expect(await named(['Họ và tên', 'Tên đăng nhập', 'colour', 'name'])).toEqual([[1, 'colour', 'unknown-column'], [1, 'name', 'column-twice']]);
    expect(await named(['name'])).toEqual([[1, 'username', 'column-missing']]);
    expect(marks(await send(officer, 'kind=procedures', workbook([[...header, null], [...rowOf('x'), 'lạc']]), 'a.xlsx'))).toEqual([[2, 'G', 'column-without-header']]);
  }); // prettier-ignore

  it('are told of by row and column where a cell is a formula, a fault, or a figure that was a code', async () => {
    const cells = [{ xml: '<c><f>1+1</f><v>2</v></c>' }, 1.00123, { xml: '<c t="e"><v>#REF!</v></c>' }, 'D', 'x', unitName];
    const result = await send(officer, 'kind=procedures', workbook([header, cells]), 'a.xlsx');
    expect(marks(result)).toEqual([[2, 'title', 'formula'], [2, 'code', 'code-as-number'], [2, 'kind', 'cell-fault']]);
  }); // prettier-ignore

  it('are not opened where they are encrypted, run, ask elsewhere, are blown up or broken', async () => {
    const good = [header, rowOf('x')];
    const part = (name: string, content: string | Buffer): object => ({ name, content, deflated: true });
    const files: readonly (readonly [string, Buffer])[] = [
      ['file-encrypted', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4_000)])],
      ['file-macros', workbook(good, { more: [part('xl/vbaProject.bin', 'x') as never] })],
      ['file-macros', workbook(good, { contentTypes: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml' })],
      ['file-external-links', workbook(good, { more: [part('xl/externalLinks/externalLink1.xml', '<x/>') as never] })],
      ['file-inflated', workbook(good, { more: [part('xl/media/a.bin', Buffer.alloc(40_000_000)) as never] })],
      ['file-unreadable', workbook(good).subarray(0, -30)],
      ['file-unreadable', Buffer.from('PK none at all')],
      ['file-unreadable', workbook(good, { after: '</x>' })],
    ];
    for (const [code, file] of files) {
      const result = await send(officer, 'kind=procedures&dryRun=false&partial=true', file, 'a.xlsx');
      expect([result.state, marks(result)]).toEqual(['refused', [[0, '', code]]]);
    }
    for (const [code, text] of [['file-empty', '\r\n\r\n'], ['file-unreadable', 'title\r\n"never closed'], ['file-unreadable', 'title\0']] as const) {
      const result = await send(officer, 'kind=procedures', text);
      expect([result.state, result.refused[0]?.code]).toEqual(['refused', code]);
    }
  }); // prettier-ignore

  it('propose options for procedures that they name by code or id, one at a time', async () => {
    const authority = await signInAs(app.url, 'authority', 'service');
    const published = async (code: string): Promise<string> => {
      const { id } = await order(officer, 'procedures', { ...registration(officer), code });
      await order(officer, `procedures/${id}/actions/review`, goodReview);
      await order(officer, `procedures/${id}/actions/propose`, proposal);
      return (await order(authority, `procedures/${id}/actions/publish`, { decision })).id;
    };
    const [first, second] = [await published('7.300001'), await published('7.300002')];
    const side = (at: string): string[] => ['hourlyWage', 'timesPerYear', 'subjectsPerYear', 'lines.0.hours', 'lines.0.fee', 'lines.0.service'].map((path) => `option.${at}.${path}`);
    const columns = ['procedure', 'option.type', 'option.content', 'option.reason', 'option.documentsToAmend.0.title', 'option.documentsToAmend.0.change', ...side('before'), ...side('after')];
    const proposing = (procedure: string, content = 'Bỏ giấy tờ'): string[] => [procedure, 'Bớt giấy tờ', content, 'Có sẵn', 'Quy chế', 'Bỏ', '31.111', '1', '40', '"10,5"', '20.000 đ', '0', '31.111', '1', '40', '6', '20000', '0'];
    const sheet = csv([columns, proposing('7.300001'), proposing(second), proposing('7.300002', 'Khác'), proposing('7.999999')]);
    const result = await send(officer, 'kind=options&dryRun=false&partial=true', sheet);
    expect([result.accepted, marks(result)]).toEqual([2, [[4, 'procedure', 'wrong-stage'], [5, 'procedure', 'unknown-procedure']]]);
    const { body } = await officer.get<{ options: readonly { before: { lines: readonly object[] } }[] }>(`/api/v1/procedures/${first}`);
    expect(body.options[0]?.before.lines).toEqual([{ hours: '10.5', fee: 20_000, service: 0 }]);
    expect(await send(officer, 'kind=options&dryRun=false', csv([columns, proposing('7.300001')]))).toMatchObject({ state: 'done', accepted: 0, repeated: 1 });
    expect(marks(await send(officer, 'kind=options', csv([columns, proposing(first, 'Nữa')])))).toEqual([[2, 'procedure', 'wrong-stage']]);
  }); // prettier-ignore

  it('make units below units of the same sheet, and people there, for administrators alone', async () => {
    const units = csv([['Tên đơn vị', 'Cấp', 'Đơn vị cấp trên'], ['Phòng thử', 'Đơn vị', unitName], ['Ban thử', 'unit', 'Phòng thử'], ['Lạc', 'service', '']]);
    const promised = await send(administrator, 'kind=units', units);
    expect([promised.state, marks(promised)]).toEqual(['refused', [[4, 'Đơn vị cấp trên', 'invalid-body']]]);
    expect(await send(administrator, 'kind=units&dryRun=false&partial=true', units)).toMatchObject({ state: 'done', accepted: 2 });
    expect(await send(administrator, 'kind=units&dryRun=false&partial=true', units)).toMatchObject({ state: 'done', accepted: 0, repeated: 2 });
    const people = csv([['name', 'username', 'unit'], ['Nguyễn Thử', 'nguyen.thu', 'Ban thử'], ['Người khác', 'Nguyen.Thu', 'Ban thử']]);
    const some = await send(administrator, 'kind=people&dryRun=false&partial=true', people);
    expect([some.accepted, marks(some)]).toEqual([1, [[3, 'username', 'username-taken']]]);
    expect(await send(administrator, 'kind=people', people.split('\r\n').slice(0, 2).join('\n'))).toMatchObject({ state: 'done', repeated: 1 });
    for (const [kind, sheet] of [['units', units], ['people', people]] as const)
      expect((await send(officer, `kind=${kind}&partial=true&dryRun=false`, sheet)).refused.map(({ code }) => code)).toContain('not-authorised');
  }); // prettier-ignore

  it('are known again after a unit that they name was closed, and what is new in them is told that it was', async () => {
    const name = `Đơn vị sẽ đóng ${randomUUID()}`;
    const unit = await order(administrator, 'units', { name, level: 'unit', parent: officer.person?.unit.id });
    const columns = ['title', 'kind', 'group', 'field', 'owningUnit'];
    const row = (title: string): string[] => [title, 'internal', 'D', 'văn phòng', name];
    const sheet = csv([columns, row('Đã nhập')]);
    expect(await send(officer, 'kind=procedures&dryRun=false', sheet)).toMatchObject({ state: 'done', accepted: 1 });
    await order(administrator, `units/${unit.id}/close`, {});
    expect(await send(officer, 'kind=procedures&dryRun=false', sheet)).toMatchObject({
      state: 'done',
      accepted: 0,
      repeated: 1,
      refused: [],
    });
    expect(marks(await send(officer, 'kind=procedures', csv([columns, row('Đã nhập'), row('Mới')])))).toEqual([
      [3, 'owningUnit', 'unit-closed'],
    ]);
  });

  it('report figures of several indicators, each row as the single call would, and correct with a reason alone', async () => {
    const checker = await signInAs(app.url, 'checker', 'service');
    const define = (code: string): Promise<{ readonly id: string }> =>
      order(checker, 'indicators', { code, title: `Chỉ số ${code}`, unitOfMeasure: 'đơn vị', per: 'service' });
    const [first, second] = [await define('SHEET-1'), await define('SHEET-2')];
    const columns = ['Chỉ số (mã hoặc định danh)', 'unit', 'Kỳ báo cáo', 'value', 'evidence', 'reason'];
    const row = (indicator: string, value: string, { unit = unitName, period = '2024', reason = '' } = {}): string[] => [indicator, unit, period, value, 'Sổ theo dõi', reason];
    const wrong = csv([columns, row('sheet-1', '17'), row('NONE', '1'), row(second.id, '1', { unit: 'Không có' }), row(second.id, '1', { period: '2024-13' }), row(second.id, '-1'), row('SHEET-1', '18')], ';');
    const promised = await send(officer, 'kind=indicators', wrong);
    expect([promised.state, promised.accepted, marks(promised)]).toEqual(['refused', 1, [
      [3, columns[0], 'unknown-indicator'], [4, 'unit', 'unknown-unit'], [5, 'Kỳ báo cáo', 'invalid-body'], [6, 'value', 'invalid-body'], [7, 'reason', 'reason-required'],
    ]]);
    const totals = async (position: string): Promise<unknown> => {
      const read = async (id: string): Promise<unknown> => (await checker.get<{ total: number }>(`/api/v1/indicators/${id}?period=2024&minPosition=${position}`)).body.total;
      return [await read(first.id), await read(second.id)];
    };
    const good = csv([columns, row('SHEET-1', '17'), row(second.id, '"18,5"'), row('SHEET-1', '17'), row('SHEET-1', '19', { reason: 'Đếm lại' })]);
    expect(await send(officer, 'kind=indicators&dryRun=false', good)).toMatchObject({ state: 'done', rows: 4, accepted: 3, repeated: 1, refused: [] });
    expect(await totals((await order(officer, 'procedures', { ...registration(officer), title: `Mốc ${randomUUID()}` })).position)).toEqual([19, 18.5]);
    expect(await send(officer, 'kind=indicators', good)).toMatchObject({ state: 'done', accepted: 0, repeated: 4 });
    expect(marks(await send(officer, 'kind=indicators', csv([columns, row('SHEET-2', '20')])))).toEqual([[2, 'reason', 'reason-required']]);
    const others = await send(checker, 'kind=indicators&dryRun=false', csv([columns, row('SHEET-2', '20', { reason: 'Tôi đếm' })]));
    expect([others.state, marks(others)]).toEqual(['refused', [[2, 'unit', 'not-authorised']]]);
  }); // prettier-ignore

  it('end when whoever sent them signed out, though they are signed in elsewhere; what was entered stays', async () => {
    const [leaving, staying] = [await signInAs(app.url, 'officer', 'service', 1), await signInAs(app.url, 'officer', 'service', 1)];
    const sheet = csv([header, ...Array.from({ length: 800 }, (_, at) => rowOf(`Đăng xuất ${String(at)}`))]);
    const { body } = await sendSheet(leaving, 'kind=procedures&dryRun=false', 'a.csv', sheet);
    while ((await leaving.get<Imported>(`/api/v1/imports/${body.id}`)).body.state === 'checking') await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await leaving.post('/api/v1/auth/logout', {})).status).toBe(204);
    const over = await ended(staying, body.id);
    expect([over.state, marks(over)]).toEqual(['failed', [[0, '', 'not-signed-in']]]);
    expect(over.accepted).toBeLessThan(800);
    expect(await send(staying, 'kind=procedures', sheet)).toMatchObject({ state: 'done', repeated: over.accepted });
  }); // prettier-ignore

  it('of a program end when the key is over that sent them', async () => {
    const made = { name: 'Nhập đêm', role: 'officer', unit: officer.person?.unit.id, scopes: ['read', 'commands'] };
    const { body: account } = await administrator.post<{ id: string; key: string }>('/api/v1/service-accounts', made);
    const program = new Caller(app.url, account.key, officer.person);
    const { body } = await sendSheet(program, 'kind=procedures&dryRun=false', 'a.csv', csv([header, ...Array.from({ length: 800 }, (_, at) => rowOf(`Khóa ${String(at)}`))]));
    while ((await program.get<Imported>(`/api/v1/imports/${body.id}`)).body.state === 'checking') await new Promise((resolve) => setTimeout(resolve, 10));
    const { body: next } = await administrator.post<{ key: string }>(`/api/v1/service-accounts/${account.id}/rotate`, {});
    const over = await ended(new Caller(app.url, next.key, officer.person), body.id);
    expect([over.state, marks(over)]).toEqual(['failed', [[0, '', 'not-signed-in']]]);
  }); // prettier-ignore

  it('enter what a report states, from the sheets that the command line writes of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-'));
    for (const as of ['xlsx', 'csv'])
      expect(await tinhgon(['import', 'navy-2022-2025', '--as', as, '--out', folder, '--url', app.url])).toMatchObject({ code: 0, stderr: '' });
    const checker = await signInAs(app.url, 'checker', 'service');
    const ids: string[] = [];
    for (const [code, title] of [['PMVB', 'Phần mềm văn bản'], ['CTS', 'Chứng thư số'], ['HTQLCL', 'Hệ thống chất lượng']])
      ids.push((await order(checker, 'indicators', { code, title, unitOfMeasure: 'đơn vị', per: 'service' })).id);
    const sheet = (name: string): Promise<Buffer> => readFile(join(folder, name));
    expect(await send(officer, 'kind=procedures&dryRun=false', await sheet('procedures.xlsx'), 'procedures.xlsx')).toMatchObject({ state: 'done', rows: 93, accepted: 93, refused: [] });
    expect(await send(officer, 'kind=procedures', await sheet('procedures.csv'), 'procedures.csv')).toMatchObject({ state: 'done', repeated: 93 });
    expect(await send(officer, 'kind=indicators&dryRun=false', await sheet('indicators.csv'), 'indicators.csv')).toMatchObject({ state: 'done', accepted: 3 });
    expect(await send(officer, 'kind=indicators', await sheet('indicators.xlsx'), 'indicators.xlsx')).toMatchObject({ state: 'done', repeated: 3 });
    const { position } = await order(officer, 'procedures', { ...registration(officer), title: `Mốc ${randomUUID()}` });
    const total = async (id: string): Promise<number> => (await checker.get<{ total: number }>(`/api/v1/indicators/${id}?period=2025&minPosition=${position}`)).body.total;
    expect(await Promise.all(ids.map(total))).toEqual([18, 22, 6]);
    const { body } = await officer.get<{ total: { count: number } }>(`/api/v1/procedures?q=${encodeURIComponent('Mẫu số')}&total=true&minPosition=${position}`);
    expect(body.total.count).toBe(93);
  }); // prettier-ignore

  it('are their maker’s alone, are one under their key, and can be cancelled', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const sheet = csv([header, rowOf('Một khóa')]);
    const first = await sendSheet(officer, 'kind=procedures', 'a.csv', sheet, headers);
    expect((await sendSheet(officer, 'kind=procedures', 'a.csv', sheet, headers)).body.id).toBe(first.body.id);
    const other = await sendSheet<Problem>(officer, 'kind=procedures', 'a.csv', `${sheet}\r\n`, headers);
    expect([other.status, other.body.code]).toEqual([409, 'key-reused']);
    expect((await administrator.get(`/api/v1/imports/${first.body.id}`)).status).toBe(404);
    expect((await administrator.post(`/api/v1/imports/${first.body.id}/cancel`, {})).status).toBe(404);
    const long = await sendSheet(officer, 'kind=procedures&dryRun=false', 'a.csv', csv([header, ...Array.from({ length: 5_000 }, (_, at) => rowOf(`Dài ${String(at)}`))]));
    expect([long.status, long.body.state]).toEqual([202, 'checking']);
    const events = follow(officer, long.body.id);
    expect((await followed(administrator, long.body.id)).status).toBe(404);
    const { body } = await officer.post<Imported>(`/api/v1/imports/${long.body.id}/cancel`, {});
    expect(body.state).toBe('cancelled');
    expect(await ended(officer, long.body.id)).toMatchObject({ state: 'cancelled' });
    const told = await events;
    expect([told[0], told.at(-1)]).toEqual([
      expect.objectContaining({ id: long.body.id, rows: expect.any(Number), refusedRows: 0 }),
      expect.objectContaining({ state: 'cancelled' }),
    ]);
  }); // prettier-ignore

  it('say what is wrong with how they are sent', async () => {
    const refusal = async (query: string, name: string): Promise<unknown> => {
      const { status, body } = await sendSheet<Problem>(officer, query, name, 'title\n');
      return [status, body.code];
    };
    expect(await refusal('kind=procedures', 'a.xlsm')).toEqual([415, 'file-type-not-allowed']);
    expect(await refusal('kind=colours', 'a.csv')).toEqual([400, 'invalid-query']);
    expect(await refusal('kind=procedures&dryRun=perhaps', 'a.csv')).toEqual([400, 'invalid-query']);
    const form = new FormData();
    form.set('sheet', new Blob(['x']), 'a.csv');
    const authorization = `Bearer ${officer.token ?? ''}`;
    const unnamed = await fetch(`${app.url}/api/v1/imports?kind=units`, { method: 'POST', body: form, headers: { authorization } });
    expect([unnamed.status, ((await unnamed.json()) as Problem).errors?.[0]?.path]).toEqual([400, 'file']);
    const notForm = await officer.send<Problem>('POST', '/api/v1/imports?kind=units', 'x', { 'content-type': 'text/csv' });
    expect(notForm.status).toBe(415);
  });

  it('have templates that are taken back as they are', async () => {
    for (const kind of ['procedures', 'options', 'units', 'people', 'indicators'])
      for (const format of ['csv', 'xlsx'])
        for (const language of ['vi', 'en']) {
          const headers = { authorization: `Bearer ${administrator.token ?? ''}`, 'accept-language': language };
          const answer = await fetch(`${app.url}/api/v1/imports/template?kind=${kind}&format=${format}`, { headers });
          const template = Buffer.from(await answer.arrayBuffer());
          expect([kind, format, await send(administrator, `kind=${kind}`, template, `a.${format}`)]).toMatchObject([kind, format, { state: 'done', rows: 0, refused: [] }]);
        }
  }); // prettier-ignore
});
