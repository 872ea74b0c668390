import type { Database } from '#platform';
import { UnitTree } from '#workflow';
import type { HeldRole, Unit } from '#workflow';

/** What somebody may see: none, mật, tối mật, tuyệt mật. */
export type Clearance = 'none' | 'confidential' | 'secret' | 'topSecret';

/** Somebody who may sign in, as they stand now. */
export interface Person {
  readonly id: string;
  /** Of the name. */
  readonly version: number;
  /** SHA-256 over salt and name, hexadecimal. */
  readonly commitment: string;
  readonly name: string;
  readonly username: string;
  readonly roles: readonly HeldRole[];
  /** Unit id: where the first role is held. */
  readonly unit: string;
  readonly clearance: Clearance;
  /** A sample person: cannot sign in outside demo mode. */
  readonly demo: boolean;
}

/** Units and people, kept in memory: no request waits for the database to know who asks. */
export class Directory {
  private tree = new UnitTree([]);
  private byId: ReadonlyMap<string, Person> = new Map();
  private names: ReadonlyMap<string, string> = new Map();
  private reloading: Promise<void> | undefined;

  private constructor(private readonly database: Database) {}

  /** Reads units and people; the schema must be up to date. */
  static async open(database: Database): Promise<Directory> {
    const directory = new Directory(database);
    await directory.reload();
    return directory;
  }

  units(): UnitTree {
    return this.tree;
  }

  person(id: string): Person | undefined {
    return this.byId.get(id);
  }

  people(): readonly Person[] {
    return [...this.byId.values()];
  }

  /** The name that the person had in that version; null when it was erased or never known here. */
  nameOf(id: string, version: number): string | null {
    return this.names.get(`${id}@${String(version)}`) ?? null;
  }

  /** Reads again what another process may have added; calls at the same time share one reading. */
  async reload(): Promise<void> {
    this.reloading ??= this.read().finally(() => (this.reloading = undefined));
    await this.reloading;
  }

  private async read(): Promise<void> {
    const units = await this.database.pool.query<Unit>('SELECT id, name, level, parent FROM identity.units ORDER BY level, name, id');
    const versions = await this.database.pool.query<{ person: string; version: number; name: string }>(
      'SELECT person, version, name FROM identity.person_versions',
    );
    const people = await this.database.pool.query<Omit<Person, 'unit'>>(
      `SELECT p.id, p.version, v.commitment, v.name, a.username, p.clearance, a.demo,
              coalesce((SELECT json_agg(json_build_object('role', r.role, 'unit', r.unit) ORDER BY r.place)
                        FROM identity.person_roles r WHERE r.person = p.id), '[]') AS roles
       FROM identity.people p
       JOIN identity.person_versions v ON v.person = p.id AND v.version = p.version
       JOIN identity.accounts a ON a.person = p.id`,
    );
    this.tree = new UnitTree(units.rows);
    this.names = new Map(versions.rows.map(({ person, version, name }) => [`${person}@${String(version)}`, name]));
    this.byId = new Map(people.rows.map((person) => [person.id, { ...person, unit: person.roles[0]?.unit ?? '' }]));
  }
}
