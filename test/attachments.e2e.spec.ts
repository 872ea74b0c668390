import { createHash, randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import { startApp, tinhgon, type StartedApp } from './support/app.js';
import { startAppWithChief } from './support/chief.js';
import {
  Caller,
  decision,
  goodReview,
  order,
  proposal,
  registration,
  signInAs,
  type Accepted,
  type Answer,
  type Problem,
} from './support/client.js';
import { docx, docxType, pdf, zip } from './support/sample-files.js';

const limit = 20 * 1024 * 1024;

interface FileAnswer {
  readonly hash: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}
interface Listed extends FileAnswer {
  readonly by: { readonly name: string | null };
  readonly revisions: readonly number[];
  readonly comments: readonly string[];
}
interface Commented {
  readonly id: string;
  readonly text: string;
  readonly author: { readonly name: string };
  readonly revision: number | null;
  readonly attachments: readonly FileAnswer[];
}

describe('Comments and attachments', () => {
  let app: StartedApp;
  let chief: Caller;
  let officer: Caller;
  let authority: Caller;
  let auditor: Caller;
  let unitOfficer: Caller;
  let procedure: string;
  const at = (id: string, rest: string): string => `/api/v1/procedures/${id}/${rest}`;
  const upload = async <Body = FileAnswer & Problem>(by: Caller, id: string, name: string, type: string | null, content: Buffer | ReadableStream): Promise<Answer<Body>> => {
    const answer = await fetch(`${app.url}${at(id, `attachments?name=${encodeURIComponent(name)}`)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${by.token ?? ''}`, ...(type !== null && { 'content-type': type }) },
      body: content,
      duplex: 'half',
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
  }; // prettier-ignore
  const attach = async (by: Caller, id: string, name: string, content: Buffer, type = 'application/pdf'): Promise<FileAnswer> => {
    const { status, body } = await upload(by, id, name, type, content);
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  };
  const refused = async (...args: Parameters<typeof upload>): Promise<readonly [number, string]> => {
    const { status, body } = await upload(...args);
    return [status, body.code];
  };
  const listed = async (by: Caller, id: string): Promise<readonly Listed[]> =>
    (await by.get<{ items: readonly Listed[] }>(at(id, 'attachments'))).body.items;
  const download = (by: Caller, id: string, hash: string): Promise<Response> =>
    fetch(`${app.url}${at(id, `attachments/${hash}`)}`, { headers: { authorization: `Bearer ${by.token ?? ''}` } });
  /** A file whose content is written bit by bit. */
  const begin = (by: Caller, id: string, agent?: Agent, more: Readonly<Record<string, string>> = {}): ClientRequest => {
    const headers = { authorization: `Bearer ${by.token ?? ''}`, 'content-type': 'application/pdf', ...more };
    const begun = request(`${app.url}${at(id, 'attachments?name=a.pdf')}`, { method: 'POST', headers, ...(agent && { agent }) });
    // Whoever is cut off while writing has had the answer before.
    return begun.on('error', () => undefined);
  };
  const answered = async (begun: ClientRequest): Promise<{ readonly status: number | undefined; readonly body: Problem; readonly type: string | undefined; readonly connection: string | undefined }> => {
    const [answer] = (await once(begun, 'response')) as [IncomingMessage];
    const { 'content-type': type, connection } = answer.headers;
    const body = JSON.parse((await answer.setEncoding('utf8').toArray()).join('')) as Problem;
    return { status: answer.statusCode, body, type, connection };
  }; // prettier-ignore
  const proposed = async (more: object = {}): Promise<string> => {
    const { id } = await order(officer, 'procedures', { ...registration(officer), ...more });
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    return id;
  };

  beforeAll(async () => {
    ({ app, chief } = await startAppWithChief());
    officer = await signInAs(app.url, 'officer', 'service');
    authority = await signInAs(app.url, 'authority', 'service');
    auditor = await signInAs(app.url, 'auditor', 'ministry');
    unitOfficer = await signInAs(app.url, 'officer', 'unit', 2);
    ({ id: procedure } = await order(officer, 'procedures', registration(officer)));
  });
  afterAll(() => app.stop());

  it(
    'go with an action into its event, and the signed scan with the decision',
    async () => {
      const id = await proposed();
      const draft = await attach(officer, id, 'Dự thảo.docx', docx('Dự thảo'), docxType);
      const scan = await attach(authority, id, 'Quyết định 12.pdf', pdf('đã ký'));
      expect(scan).toEqual({ hash: createHash('sha256').update(pdf('đã ký')).digest('hex'), name: 'Quyết định 12.pdf', type: 'application/pdf', size: pdf('đã ký').length });
      const published = await order(authority, `procedures/${id}/actions/publish`, {
        decision: { ...decision, scan: scan.hash }, comment: 'Đã ký ngày 1/2', attachments: [draft.hash],
      });
      const { body } = await auditor.get<{ items: { data: object }[] }>(at(id, 'history'));
      expect(body.items.at(-1)?.data).toEqual({
        occurredOn: expect.any(String), stage: 'published', decision: { ...decision, scan: scan.hash }, comment: 'Đã ký ngày 1/2', attachments: [draft],
      });
      const said = await order(officer, `procedures/${id}/comments`, { text: 'Xem dự thảo', revision: published.revision, attachments: [draft.hash] });
      expect(await listed(auditor, id)).toEqual([
        { ...draft, uploadedAt: expect.any(String), by: { id: expect.any(String), name: officer.person?.name }, revisions: [published.revision], comments: [said.id] },
        { ...scan, uploadedAt: expect.any(String), by: { id: expect.any(String), name: authority.person?.name }, revisions: [published.revision], comments: [] },
      ]);
      const corrected = await officer.post<Problem>(at(id, 'actions/correct'), { revision: 3, changes: { attachments: [] }, reason: 'x' });
      expect([corrected.status, corrected.body.errors?.[0]?.path]).toEqual([400, 'changes.attachments']);
      for (const changes of [{ 'decision.scan': 'f'.repeat(64) }, { decision: { ...decision, scan: 'x' } }])
        expect((await authority.post<Problem>(at(id, 'actions/correct'), { revision: 3, changes, reason: 'x' })).body).toMatchObject({ status: 400, code: 'invalid-body' });
    }); // prettier-ignore

  it('are given out to be kept, never to be shown as a part of the site', async () => {
    const name = 'Báo cáo "quý 1"; filename=x.csv';
    const content = Buffer.from('\ufeffmã;tên\n=1+1;"<script>"\n');
    const { hash } = await attach(officer, procedure, name, content, 'text/csv');
    const answer = await download(auditor, procedure, hash);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-length': String(content.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': expect.stringContaining('private'),
    });
    const { 'content-disposition': disposition = '' } = Object.fromEntries(answer.headers);
    expect(disposition).toMatch(/^attachment; filename="B\?o c\?o \\"qu\? 1\\"; filename=x\.csv"; filename\*=UTF-8''/);
    expect(decodeURIComponent(disposition.split("filename*=UTF-8''")[1] ?? '')).toBe(name);
    expect((await download(auditor, procedure, hash.toUpperCase())).status).toBe(200);
    expect((await download(auditor, procedure, 'f'.repeat(64))).status).toBe(404);
    expect((await download(auditor, procedure, '..%2f..%2fetc%2fpasswd')).status).toBe(404);
  });

  it.each([
    ['a web page that is called a PDF', 'a.pdf', 'application/pdf', Buffer.from('<html><script>alert(1)</script>'), [400, 'file-type-mismatch']],
    ['a web page', 'a.html', 'text/html', Buffer.from('<html></html>'), [415, 'file-type-not-allowed']],
    ['a script in its name', 'a.js', 'text/plain', Buffer.from('alert(1)'), [400, 'file-type-mismatch']],
    ['an archive that is no document', 'a.docx', docxType, zip({ 'a.exe': 'MZ' }), [400, 'file-type-mismatch']],
    ['an archive that unpacks without end', 'a.docx', docxType, docx('x', 2 ** 31), [415, 'file-type-not-allowed']],
    ['no type', 'a.pdf', null, pdf('x'), [415, 'file-type-not-allowed']],
    ['JSON', 'a.json', 'application/json', Buffer.from('{}'), [415, 'file-type-not-allowed']],
    ['nothing in it', 'a.pdf', 'application/pdf', Buffer.alloc(0), [400, 'invalid-body']],
    ['a path for a name', '../../a.pdf', 'application/pdf', pdf('x'), [400, 'invalid-query']],
    ['two dots for a name', '..', 'application/pdf', pdf('x'), [400, 'invalid-query']],
    ['a header in its name', 'a.pdf\r\nSet-Cookie: a=b', 'application/pdf', pdf('x'), [400, 'invalid-query']],
    ['a name without end', `${'a'.repeat(200)}.pdf`, 'application/pdf', pdf('x'), [400, 'invalid-query']],
    ['one byte more than 20 MB', 'a.pdf', 'application/pdf', pdf('x', limit + 1), [413, 'file-too-large']],
  ] as const)('are not taken with %s', async (_what, name, type, content, expected) => {
    expect(await refused(officer, procedure, name, type, content)).toEqual(expected);
  }); // prettier-ignore

  it('are taken up to 20 MB, and are not read to the end when they are longer than they said', async () => {
    const largest = await attach(officer, procedure, 'Bản quét.pdf', pdf('lớn', limit));
    expect(largest.size).toBe(limit);
    const answer = await download(officer, procedure, largest.hash);
    expect(
      createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex'),
    ).toBe(largest.hash);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1024 * 1024;
        if (sent > 40 * 1024 * 1024) controller.close();
        else controller.enqueue(sent === 1024 * 1024 ? pdf('x', 1024 * 1024) : Buffer.alloc(1024 * 1024, 'x'));
      },
    });
    expect(await refused(officer, procedure, 'a.pdf', 'application/pdf', endless)).toEqual([413, 'file-too-large']);
  });

  it('leave the connection to the next request when they are refused while they come, and cut one that does not end', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const long = begin(officer, procedure, agent);
    for (let no = 0; no < 25; no++) long.write(no === 0 ? pdf('x', 1024 * 1024) : Buffer.alloc(1024 * 1024));
    long.end();
    expect(await answered(long)).toMatchObject({ status: 413, body: { code: 'file-too-large' } });
    const next = begin(officer, procedure, agent);
    next.end(pdf('sau đó'));
    expect(await answered(next)).toMatchObject({ status: 201 });
    expect(next.socket?.localPort).toBe(long.socket?.localPort);
    agent.destroy();

    const endless = begin(officer, procedure);
    // Whoever writes on learns of the cut by a reset as well.
    const cut = new Promise<void>((resolve) => endless.on('error', () => undefined).once('close', () => resolve()));
    const writing = setInterval(() => endless.write(Buffer.alloc(1024 * 1024)), 20);
    expect((await answered(endless)).status).toBe(413);
    await cut;
    clearInterval(writing);
  });

  it('must come within 30 seconds, two of one person at a time, so that nobody keeps others from sending', async () => {
    const trickling = [1, 2].map(() => begin(officer, procedure));
    const bytes = setInterval(() => trickling.forEach((one) => one.write('%')), 500);
    const [began, late] = [Date.now(), trickling.map(answered)];
    await delay(1_500);
    const third = await upload(officer, procedure, 'a.pdf', 'application/pdf', pdf('ba'));
    expect([third.status, third.body.code, third.headers.get('retry-after')]).toEqual([429, 'too-many-requests', '1']);
    await attach(authority, procedure, 'a.pdf', pdf('người khác'));
    for (const { status, body, type, connection } of await Promise.all(late))
      expect([status, body.code, type, connection]).toEqual([408, 'file-too-slow', 'application/problem+json; charset=utf-8', 'close']);
    clearInterval(bytes);
    expect(Date.now() - began).toBeGreaterThan(29_000);
    await attach(officer, procedure, 'a.pdf', pdf('ba'));
  });

  it('are taken as they are, and not packed on the way', async () => {
    const packed = begin(officer, procedure, undefined, { 'content-encoding': 'gzip' });
    packed.end(pdf('gói'));
    expect(await answered(packed)).toMatchObject({ status: 415, body: { code: 'file-encoded' } });
  });

  it(
    'leave nothing when their sender goes away, and the server goes on',
    async () => {
      const before = (await listed(officer, procedure)).length;
      const { hostname, port } = new URL(app.url);
      await new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(
            [`POST ${at(procedure, 'attachments?name=half.pdf')} HTTP/1.1`, `Host: ${hostname}`, `Authorization: Bearer ${officer.token ?? ''}`, 'Content-Type: application/pdf', 'Content-Length: 100000', '', '%PDF-1.7 half'].join('\r\n'),
            () => setTimeout(() => socket.destroy(), 300),
          );
        });
        socket.on('close', () => resolve()).on('error', reject);
      });
      expect((await listed(officer, procedure)).length).toBe(before);
      expect(app.stderr() + app.stdout()).not.toContain('A request failed unexpectedly');
    }); // prettier-ignore

  it('keep a Vietnamese name composed, and the first name of what comes twice, also at once', async () => {
    const [name, content] = ['Tờ trình đề nghị.pdf', pdf(randomUUID())];
    const twice = await Promise.all([1, 2].map(() => attach(officer, procedure, name.normalize('NFD'), content)));
    expect(twice.map((one) => one.name)).toEqual([name.normalize('NFC'), name.normalize('NFC')]);
    expect((await attach(officer, procedure, 'Tên khác.pdf', content)).name).toBe(name);
    expect((await listed(officer, procedure)).filter(({ hash }) => hash === twice[0]?.hash)).toHaveLength(1);
  });

  it(
    'name files of their own procedure alone, through whichever door',
    async () => {
      const [mine, other] = [await proposed(), await proposed()];
      const { hash } = await attach(officer, other, 'a.pdf', pdf('của thủ tục khác'));
      const wrong = async (by: Caller, path: string, body: object): Promise<readonly unknown[]> => {
        const answer = await by.post<Problem>(at(mine, path), body);
        return [answer.status, answer.body.code, answer.body.errors?.map((error) => error.path)];
      };
      expect(await wrong(authority, 'actions/publish', { decision, attachments: [hash] })).toEqual([400, 'invalid-body', ['attachments.0']]);
      expect(await wrong(authority, 'actions/publish', { decision: { ...decision, scan: hash } })).toEqual([400, 'invalid-body', ['decision.scan']]);
      expect(await wrong(officer, 'comments', { text: 'x', attachments: [hash] })).toEqual([400, 'invalid-body', ['attachments.0']]);
      expect(await wrong(officer, 'comments', { text: 'x', revision: 99 })).toEqual([400, 'invalid-body', ['revision']]);
      for (const attachments of [['x'], [hash, hash], [hash.toUpperCase()], Array.from({ length: 21 }, (_, index) => index.toString(16).padStart(64, '0')), hash])
        expect((await wrong(authority, 'actions/publish', { decision, attachments })).slice(0, 2)).toEqual([400, 'invalid-body']);
      for (const text of ['', 'x'.repeat(4_001)])
        expect((await wrong(officer, 'comments', { text })).slice(0, 2)).toEqual([400, 'invalid-body']);
      expect((await download(officer, mine, hash)).status).toBe(404);
      const registered = await officer.post<Problem>('/api/v1/procedures', { ...registration(officer), attachments: [hash] });
      expect(registered.status).toBe(400);
    }); // prettier-ignore

  it(
    'say what people think besides acting, oldest first, each once',
    async () => {
      const id = await proposed();
      const key = { 'idempotency-key': randomUUID() };
      const first = await order(officer, `procedures/${id}/comments`, { text: 'Ý kiến thứ nhất' }, key);
      expect(await order(officer, `procedures/${id}/comments`, { text: 'Ý kiến thứ nhất' }, key)).toEqual(first);
      expect((await officer.post<Problem>(at(id, 'comments'), { text: 'Khác' }, key)).body.code).toBe('key-reused');
      await Promise.all(Array.from({ length: 8 }, (_, index) => order(authority, `procedures/${id}/comments`, { text: String(index) })));
      const pages: Commented[][] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const path: string = at(id, `comments?limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`);
        const { body } = await auditor.get<{ items: Commented[]; nextCursor: string | null }>(path);
        pages.push(body.items);
        cursor = body.nextCursor;
      }
      expect(pages.map((page) => page.length)).toEqual([4, 4, 1]);
      expect(pages[0]?.[0]).toMatchObject({ id: first.id, text: 'Ý kiến thứ nhất', revision: null, attachments: [], author: { name: officer.person?.name } });
      expect((await auditor.get<Problem>(at(id, 'comments?cursor=abc'))).body.code).toBe('invalid-query');
      const beyond = Buffer.from(JSON.stringify(['comments', '9'.repeat(18)])).toString('base64url');
      expect((await auditor.get(at(id, `comments?cursor=${beyond}`))).body).toEqual({ items: [], nextCursor: null });
      // Comments are no actions: the procedure is where it was.
      expect((await officer.get<Accepted>(`/api/v1/procedures/${id}`)).body.revision).toBe(2);
    }); // prettier-ignore

  it('are not for who only audits, nor for who does not see the procedure', async () => {
    const id = await proposed();
    expect(await refused(auditor, id, 'a.pdf', 'application/pdf', pdf('x'))).toEqual([403, 'not-authorised']);
    expect((await auditor.post<Problem>(at(id, 'comments'), { text: 'x' })).body.code).toBe('not-authorised');
    const { body } = await auditor.get<{ items: { type: string; data: { action: string } }[] }>(at(id, 'history?refused=true'));
    expect(body.items.flatMap(({ type, data }) => (type === 'CommandRefused' ? [data.action] : []))).toEqual(['attach', 'comment']);
    expect(await refused(unitOfficer, id, 'a.pdf', 'application/pdf', pdf('x'))).toEqual([404, 'not-found']);
    for (const path of ['attachments', 'comments', `attachments/${'f'.repeat(64)}`])
      expect([path, (await unitOfficer.get(at(id, path))).status]).toEqual([path, 404]);
    expect((await unitOfficer.post(at(id, 'comments'), { text: 'x' })).status).toBe(404);
    expect((await new Caller(app.url, null).get(at(id, 'attachments'))).status).toBe(401);
  });

  it(
    'of a confidential procedure are there for the cleared alone, and of a secret one there are none',
    async () => {
      const kept = await proposed({ classification: 'confidential' });
      const { hash } = await attach(officer, kept, 'Mật.pdf', pdf('mật'));
      await order(officer, `procedures/${kept}/comments`, { text: 'Mật' });
      expect((await download(auditor, kept, hash)).status).toBe(200);
      const administrator = await signInAs(app.url, 'administrator', 'service');
      const { body: people } = await administrator.get<{ items: { id: string; username: string }[] }>('/api/v1/people');
      const me = people.items.find(({ username }) => username === officer.person?.username)?.id ?? '';
      await order(chief, `people/${me}/clearance`, { clearance: 'topSecret' });
      const { id } = await order(officer, 'procedures', { ...registration(officer), classification: 'secret', parts: undefined });
      expect(await refused(officer, id, 'a.pdf', 'application/pdf', pdf('x'))).toEqual([400, 'invalid-body']);
      for (const [path, body] of [['comments', { text: 'x' }], ['actions/review', { ...goodReview, comment: 'x' }]] as const)
        expect((await officer.post<Problem>(at(id, path), body)).body.code).toBe('invalid-body');
      await order(administrator, `people/${me}/clearance`, { clearance: 'none' });
      expect((await download(officer, kept, hash)).status).toBe(404);
      expect((await officer.get(at(kept, 'comments'))).status).toBe(404);
      await order(administrator, `people/${me}/clearance`, { clearance: 'confidential' });
    }); // prettier-ignore

  it(
    'are brought and said on the command line, as the guide says',
    async () => {
      const id = await proposed();
      const guide = await readFile('docs/attachments.md', 'utf8');
      const steps = [...guide.matchAll(/```bash attachments\n(.*?)```/gs)].map(([, step = '']) => step);
      const prepare = `tinhgon() { node apps/cli/tinhgon.js "$@" --url "$TINHGON_URL"; }; printf 'Dự thảo' > '/tmp/Dự thảo.txt'; printf '%%PDF-1.7 đã ký' > '/tmp/Quyết định 12.pdf'`;
      const env = { ...process.env, TINHGON_URL: app.url, ID: id, AUTHORITY: authority.token ?? '' };
      const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', [prepare, ...steps].join('\n')], { env });
      expect(steps).toHaveLength(3);
      const scan = createHash('sha256').update('%PDF-1.7 đã ký').digest('hex');
      expect(stdout).toContain(`${scan}  /tmp/Quyết định 12.pdf`);
      expect(stdout).toContain('The comment was added.');
      expect(stdout).toMatch(new RegExp(`${scan}  -\n$`));
      expect((await listed(officer, id)).map(({ name, revisions }) => [name, revisions])).toEqual([['Dự thảo.txt', []], ['Quyết định 12.pdf', [3]]]);
      const failed = await tinhgon(['attach', id, '/tmp/Dự thảo.txt', 'docs/attachments.md', '--url', app.url]);
      expect(failed).toMatchObject({ code: 1, stderr: 'docs/attachments.md: files that end so are not taken.\n' });
      expect((await tinhgon(['attach', id, '/tmp/không có.pdf', '--url', app.url])).stderr).toBe('/tmp/không có.pdf cannot be read.\n');
    }); // prettier-ignore

  it(
    'that are damaged are named and not given out',
    async () => {
      const env = { DATA_DIR: `${app.dataDir}-damaged` };
      const other = await startApp({ env });
      const by = await signInAs(other.url, 'officer', 'service');
      const { id } = await order(by, 'procedures', registration(by));
      const path = at(id, 'attachments');
      const sent = { method: 'POST', headers: { authorization: `Bearer ${by.token ?? ''}`, 'content-type': 'application/pdf' }, body: pdf('x') };
      const { hash } = (await (await fetch(`${other.url}${path}?name=a.pdf`, sent)).json()) as FileAnswer;
      await other.stop();
      const database = await openDatabase({ dataDir: env.DATA_DIR });
      await database.pool.query('UPDATE files.chunks SET bytes = $1', [pdf('y')]);
      await database.close();
      const again = await startApp({ env });
      const { status, body } = await new Caller(again.url, by.token).get<Problem>(`${path}/${hash}`);
      expect([status, body.code]).toEqual([500, 'file-damaged']);
      expect(body.detail).toContain(hash);
      // What was logged has come through the pipe when the process has ended.
      await again.stop();
      expect(again.stdout() + again.stderr()).toContain('A stored file is damaged');
      await rm(env.DATA_DIR, { recursive: true });
    }); // prettier-ignore
});
