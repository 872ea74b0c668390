import { randomBytes } from 'node:crypto';
import type { Database } from '#platform';
import type { Directory, Person } from './directory.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { Tokens } from './tokens.js';
import type { IssuedToken } from './tokens.js';

/** Local accounts: turns a password into a token and a token into a person. */
export class SignIn {
  private readonly throttle = new SignInThrottle();
  /** Verified for unknown usernames, so that the time taken does not tell who exists. */
  private dummyHash: Promise<string> | undefined;

  private constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly tokens: Tokens,
    private readonly demo: boolean,
  ) {}

  /** @param options.demo Whether sample people may sign in. */
  static async open(database: Database, directory: Directory, options: { readonly demo: boolean }): Promise<SignIn> {
    return new SignIn(database, directory, await Tokens.open(database), options.demo);
  }

  /** A token for whom the password is right, null otherwise. @throws SignInThrottled */
  async signIn(username: string, password: string): Promise<(IssuedToken & { readonly person: Person }) | null> {
    const key = username.normalize('NFC').toLowerCase();
    return this.throttle.attempt(key, async () => {
      const { rows } = await this.database.pool.query<{ person: string; password_hash: string; demo: boolean }>(
        'SELECT person, password_hash, demo FROM identity.accounts WHERE username = $1',
        [key],
      );
      const account = rows[0];
      this.dummyHash ??= hashPassword(randomBytes(16).toString('hex'));
      const right = await verifyPassword(account?.password_hash ?? (await this.dummyHash), password);
      if (!account || !right || (account.demo && !this.demo)) return null;
      // The account may have been made by another process since the directory was read.
      if (!this.directory.person(account.person)) await this.directory.reload();
      const person = this.directory.person(account.person);
      return person ? { ...(await this.tokens.issue(person.id)), person } : null;
    });
  }

  /** Who the token stands for, null when it is not good or the person may not sign in. */
  async whoIs(token: string): Promise<Person | null> {
    const id = await this.tokens.verify(token);
    if (id === null) return null;
    // A token of another process may name somebody made since the directory was read.
    if (!this.directory.person(id)) await this.directory.reload();
    const person = this.directory.person(id);
    return person && (!person.demo || this.demo) ? person : null;
  }
}
