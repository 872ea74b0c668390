/** An answer as it came, read as JSON where it is JSON. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface DemoPerson {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly role: string;
  readonly unit: { readonly id: string; readonly name: string; readonly level: string };
}

export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly unmet?: readonly { readonly code: string; readonly path?: string }[];
}

export interface Accepted {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly stage: string;
  readonly events: readonly string[];
}

/** Somebody who is signed in, or nobody when the token is null. */
export class Caller {
  constructor(
    readonly url: string,
    readonly token: string | null,
    readonly person: DemoPerson | null = null,
  ) {}

  get<Body = unknown>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<Body>> {
    return this.send('GET', path, undefined, headers);
  }

  post<Body = unknown>(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<Body>> {
    return this.send('POST', path, JSON.stringify(body), headers);
  }

  /** A body that is sent letter for letter. */
  async send<Body = unknown>(
    method: string,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as Body };
  }
}

/** What an order is answered with that must be accepted. @throws Error with the answer when it is not */
export async function order(by: Caller, path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Accepted> {
  const answer = await by.post<Accepted>(`/api/v1/${path}`, body, headers);
  if (answer.status >= 300) throw new Error(`${path} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Signs in the demo person of that role, level and place in line. */
export async function signInAs(url: string, role: string, level: string, nth = 0): Promise<Caller> {
  const { body: people } = await new Caller(url, null).get<readonly DemoPerson[]>('/api/v1/auth/demo');
  const person = people.filter((one) => one.role === role && one.unit.level === level)[nth];
  if (!person) throw new Error(`The demo has no ${role} ${nth} at the level ${level}.`);
  const { username, password } = person;
  for (let tries = 0; ; tries++) {
    const { status, body } = await new Caller(url, null).post<{ token: string }>('/api/v1/auth/login', { username, password });
    if (status === 200) return new Caller(url, body.token, person);
    // A machine that is busy says so, and a client comes again.
    if (![408, 429, 503].includes(status) || tries === 20)
      throw new Error(`${username} was answered with ${status} at the sign-in: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const allParts = {
  steps: 'Nộp, thẩm tra, trả kết quả',
  manner: 'Trực tiếp',
  dossier: { documents: ['Đơn đề nghị'], sets: 1 },
  timeLimitDays: 5,
  subjects: 'Đơn vị',
  agency: 'Văn phòng',
  legalBasis: ['Quy chế làm việc'],
};

export const goodReview = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Cần thiết và hợp lý' };
export const proposal = { document: { number: '01/TTr', date: '2023-01-09' } };
export const decision = { number: '12/QĐ', date: '2023-02-01', effectiveDate: '2023-03-01', signer: 'Nguyễn Văn A' };
export const option = {
  type: 'cutDocument',
  content: 'Bỏ một thành phần hồ sơ',
  reason: 'Đã có trong cơ sở dữ liệu',
  documentsToAmend: [{ title: 'Quy chế làm việc', change: 'Bỏ thành phần hồ sơ thứ hai' }],
  before: { hourlyWage: 31111, timesPerYear: 1, subjectsPerYear: 40, lines: [{ label: 'Hồ sơ', hours: '10', fee: 20000, service: 0 }] },
  after: { hourlyWage: 31111, timesPerYear: 1, subjectsPerYear: 40, lines: [{ label: 'Hồ sơ', hours: '6', fee: 20000, service: 0 }] },
};

/** An internal procedure of group D, owned by the service that the officer works for. */
export function registration(officer: Caller): Record<string, unknown> {
  return {
    title: 'Thủ tục kiểm thử',
    kind: 'internal',
    group: 'D',
    field: 'văn phòng',
    owningUnit: officer.person?.unit.id,
    parts: allParts,
  };
}
