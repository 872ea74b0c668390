import { readFile } from 'node:fs/promises';
import type { Level, Role } from '#workflow';
import { ApiClient, Refused } from './client.js';

/** How the command line was told who acts. */
export interface WhoActs {
  readonly token?: string;
  readonly user?: string;
  readonly password?: string;
  /** A JSON file: a list of `{ name?, role, unit: { id, name, level } }`, each with a `token`, or a `username` and a `password`. */
  readonly people?: string;
}

export interface UnitRef {
  readonly id: string;
  readonly name: string;
  readonly level: Level;
  /** (Default: false) */
  readonly closed?: boolean;
  /** (Default: null) */
  readonly mergedInto?: string | null;
}

interface KnownPerson {
  readonly username?: string;
  readonly password?: string;
  readonly token?: string;
  readonly name?: string;
  readonly role: Role;
  readonly unit: UnitRef;
}

/** Whoever a step needs, signed in when first needed. */
export class People {
  private readonly tokens = new Map<KnownPerson, Promise<string>>();

  private constructor(
    private readonly api: ApiClient,
    private readonly known: readonly KnownPerson[],
    private readonly onlyToken: string | null,
  ) {}

  /** A token or a user acts alone; a people file or a demo server gives each step the person that it needs. */
  static async from(api: ApiClient, { token, user, password, people }: WhoActs): Promise<People> {
    if (token !== undefined) return new People(api, [], token);
    if (user !== undefined) {
      if (password === undefined) throw new Error('Give the password of --user in the variable TINHGON_PASSWORD.');
      return new People(api, [], await signIn(api, user, password));
    }
    if (people !== undefined) return new People(api, await readPeople(people), null);
    const demo = await api.get<readonly KnownPerson[]>('/api/v1/auth/demo').catch((error: unknown) => {
      if (error instanceof Refused && error.status === 404)
        throw new Error('This server is not in demo mode: say who acts with --user and TINHGON_PASSWORD, --token, or --people FILE.');
      throw error;
    });
    return new People(api, demo, null);
  }

  /** The token of the first person with this role at this level. */
  token(role: Role, level: Level): Promise<string> {
    if (this.onlyToken !== null) return Promise.resolve(this.onlyToken);
    const person = this.known.find((one) => one.role === role && one.unit.level === level);
    if (!person) return Promise.reject(new Error(`This needs a person with the role ${role} at the level ${level}, and none is known.`));
    let token = this.tokens.get(person);
    if (!token) {
      token = person.token === undefined ? signIn(this.api, person.username ?? '', person.password ?? '') : Promise.resolve(person.token);
      this.tokens.set(person, token);
    }
    return token;
  }

  /** All units where the server lists them, else those where the known people work. */
  async knownUnits(api: ApiClient): Promise<readonly UnitRef[]> {
    const answer = await api
      .get<readonly UnitRef[] | { readonly items: readonly UnitRef[] }>('/api/v1/units', { token: await this.token('officer', 'service') })
      .catch((error: unknown) => {
        if (error instanceof Refused && error.status === 404) return [...new Map(this.known.map(({ unit }) => [unit.id, unit])).values()];
        throw error;
      });
    return 'items' in answer ? answer.items : answer;
  }
}

async function signIn(api: ApiClient, username: string, password: string): Promise<string> {
  const { token } = await api.post<{ token: string }>('/api/v1/auth/login', { username, password });
  return token;
}

async function readPeople(file: string): Promise<readonly KnownPerson[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`The people file ${file} cannot be read.`);
  });
  const shape = `The people file ${file} must be a JSON list of { role, unit: { id, name, level }, token } or with username and password instead of token.`;
  let people: unknown;
  try {
    people = JSON.parse(text);
  } catch {
    throw new Error(shape);
  }
  const isPerson = (one: Partial<KnownPerson> | null): boolean =>
    typeof one === 'object' &&
    one !== null &&
    typeof one.role === 'string' &&
    typeof one.unit?.id === 'string' &&
    typeof one.unit.level === 'string' &&
    (typeof one.token === 'string' || (typeof one.username === 'string' && typeof one.password === 'string'));
  if (!Array.isArray(people) || !people.every(isPerson)) throw new Error(shape);
  return people as readonly KnownPerson[];
}
