import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { requestHash } from './sent.js';

const personal = ['name', 'username', 'password'];
const request = (body: object, url = '/api/v1/people') => ({ method: 'POST', url, body, actingFor: null });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('The hash of a request, which stands in the log', () => {
  const account = { name: 'Nguyễn Văn A', username: 'a.nguyen', password: 'một mật khẩu thật dài', clearance: 'none' };

  it('tells nothing of a name, a username or a password that are left out of it', () => {
    expect(requestHash(request(account), personal)).toBe(sha256('POST /api/v1/people\n{"clearance":"none"}'));
    const other = { ...account, name: 'B', username: 'b', password: 'mật khẩu khác hẳn' };
    expect(requestHash(request(other), personal)).toBe(requestHash(request(account), personal));
    expect(requestHash(request({ ...account, clearance: 'secret' }), personal)).not.toBe(requestHash(request(account), personal));
  });

  it('is what it always was where nothing is left out, however the body was laid out', () => {
    const hash = sha256('POST /api/v1/units\n{"level":"unit","name":"Đơn vị","parent":{"a":[1],"b":2}}');
    expect(requestHash(request({ name: 'Đơn vị', parent: { b: 2, a: [1] }, level: 'unit' }, '/api/v1/Units?x=1'))).toBe(hash);
    expect(requestHash(request({ name: 'Đơn vị', parent: { b: 2, a: [1] }, level: 'unit' }, '/api/v1/%75nits'))).toBe(hash);
    const actingFor = { id: 'somebody', roles: [], actions: [] };
    expect(requestHash({ ...request({}, '/x'), actingFor })).toBe(sha256('POST /x\n{}\nsomebody'));
  });
});
