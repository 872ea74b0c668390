import { createHash } from 'node:crypto';
import { dateInVietnam } from '#platform';
import type { Clock, Database } from '#platform';
import { UnitTree, isInForce, sees, sightOf } from '#workflow';
import type { ActingFor, Classification, Classified, Delegation, HeldRole, Level, Sight } from '#workflow';
import { governingRole, roleOverPerson } from './administering.js';
import type { Grant } from './person.js';
import { directoryChannel } from './directory-view.js';
import { delegatedActions, rolesOn } from './held-on.js';

/** Somebody who may sign in, as they stand today. */
export interface Person {
  readonly id: string;
  /** Of the name. */
  readonly version: number;
  /** SHA-256 over salt and name, hexadecimal. */
  readonly commitment: string;
  readonly name: string;
  readonly username: string;
  /** Those that count today. */
  readonly roles: readonly HeldRole[];
  /** All that were given and not taken back, also for other days. */
  readonly grants: readonly Grant[];
  /** Unit id: where the first role is held; empty without one. */
  readonly unit: string;
  /** Unit id: where they are looked after while they hold no role; null where nobody said. */
  readonly home: string | null;
  /** By which of their roles they order what belongs to no unit today; null when none lets them. */
  readonly governs: HeldRole | null;
  /** A service account, which acts by a key. */
  readonly isProgram: boolean;
  /**
   * Ids of who else counts as the same person where people must differ: of a program whoever made it or one of its keys, and their
   * other programs; of a person their programs.
   */
  readonly countsAs: readonly string[];
  /** Ids of the people who can use its keys, where it is a program. */
  readonly keepers: readonly string[];
  /** By a password or at the issuer; a program cannot, nor can a sample person outside demo mode. */
  readonly canSignIn: boolean;
  readonly clearance: Classification;
  /** A sample person: cannot sign in outside demo mode. */
  readonly demo: boolean;
}

type StoredPerson = Omit<Person, 'roles' | 'unit' | 'governs'>;

interface Snapshot {
  readonly tree: UnitTree;
  readonly people: readonly StoredPerson[];
  readonly names: ReadonlyMap<string, string>;
  /** Ids. */
  readonly erased: ReadonlySet<string>;
  readonly delegations: readonly Delegation[];
  readonly edition: string;
}

/**
 * Units, people and delegations, kept in memory: no request waits for the database to know who asks. They are read again
 * when the view of them changes, in whatever process that happens.
 */
export class Directory {
  private snapshot: Snapshot = { tree: new UnitTree([]), people: [], names: new Map(), erased: new Set(), delegations: [], edition: '' };
  private today = '';
  private byId: ReadonlyMap<string, Person> = new Map();
  private readonly sights = new Map<string, { readonly person: Person; readonly sight: Sight }>();
  private reading: Promise<void> | undefined;
  private again: Promise<void> | undefined;

  private constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly demo: boolean,
  ) {}

  /** Reads what is there and follows what changes, until the database is closed; the schema must be up to date. */
  static async open(database: Database, clock: Clock, { demo = false }: { readonly demo?: boolean } = {}): Promise<Directory> {
    const directory = new Directory(database, clock, demo);
    await database.listen(directoryChannel, () => void directory.reload().catch(() => undefined));
    await directory.reload();
    return directory;
  }

  units(): UnitTree {
    return this.snapshot.tree;
  }

  /** The same as long as units and the names of people are: answers that show them are the same only then. */
  edition(): string {
    return this.snapshot.edition;
  }

  person(id: string): Person | undefined {
    this.turnTheDay();
    return this.byId.get(id);
  }

  /** The person, also when another process made them known since the directory was read. */
  async find(id: string): Promise<Person | undefined> {
    if (!this.person(id) && !this.isErased(id)) await this.reload();
    return this.person(id);
  }

  /** Whether somebody of that id was erased: then nobody has it any more, and what was done under it stands. */
  isErased(id: string): boolean {
    return this.snapshot.erased.has(id);
  }

  people(): readonly Person[] {
    this.turnTheDay();
    return [...this.byId.values()];
  }

  /** The role by which one administers the other today; null when none does, and for a program. */
  roleOver(by: Person, person: Person): HeldRole | null {
    return by.isProgram ? null : roleOverPerson(by.roles, person, { units: this.units(), today: this.date() });
  }

  /** The name that the person had in that version; null when it was erased or never known here. */
  nameOf(id: string, version: number): string | null {
    return this.snapshot.names.get(`${id}@${String(version)}`) ?? null;
  }

  delegations(): readonly Delegation[] {
    return this.snapshot.delegations;
  }

  /** What somebody may do as another person today: nothing without a delegation in force. */
  actingFor(id: string, by: string): ActingFor {
    const today = this.date();
    if (this.person(by)?.isProgram === true) return { id, roles: [], actions: [] };
    const actions = delegatedActions(this.snapshot.delegations, { from: id, to: by, today });
    const person = this.person(id);
    return { id, roles: actions.length > 0 ? (person?.roles ?? []) : [], actions, countsAs: person?.countsAs ?? [] };
  }

  /** All whom somebody may act for today, and in what. */
  mayActFor(by: string): readonly ActingFor[] {
    const today = this.date();
    const from = this.snapshot.delegations.flatMap((one) => (one.to === by && isInForce(one, today) ? [one.from] : []));
    return [...new Set(from)].map((id) => this.actingFor(id, by));
  }

  /** What somebody may read: what is theirs by their roles, and what they need for those whom they may act for today. */
  sightOf(person: Person): Sight {
    this.turnTheDay();
    const known = this.sights.get(person.id);
    if (known?.person === person) return known.sight;
    const today = this.today;
    const standing = this.snapshot.delegations.filter((one) => one.to === person.id && !person.isProgram && isInForce(one, today));
    const roles = standing.flatMap(({ from }) => this.byId.get(from)?.roles ?? []);
    const sight = sightOf([...person.roles, ...roles], person.clearance, this.snapshot.tree);
    this.sights.set(person.id, { person, sight });
    return sight;
  }

  /** Whether somebody, by person id, may see that now; nobody unknown may. */
  sees(id: string, classified: Classified): boolean {
    const person = this.person(id);
    return person !== undefined && sees(this.sightOf(person), classified);
  }

  /** The date in Vietnam. */
  date(): string {
    return dateInVietnam(this.clock.now());
  }

  /** Reads what stands in the database when it is called, or later. */
  async reload(): Promise<void> {
    if (!this.reading) {
      this.reading = this.read().finally(() => (this.reading = undefined));
      return this.reading;
    }
    // What is being read may be from before.
    this.again ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.again = undefined;
        return this.reload();
      });
    return this.again;
  }

  /** What counts today may not count tomorrow. */
  private turnTheDay(): void {
    const today = this.date();
    if (today === this.today) return;
    const { tree, people } = this.snapshot;
    this.sights.clear();
    this.byId = new Map(
      people.map((person) => {
        const roles = rolesOn(today, person.grants, tree);
        const unit = roles[0]?.unit ?? person.grants[0]?.unit ?? '';
        return [person.id, { ...person, roles, unit, governs: governingRole(roles, tree) }];
      }),
    );
    this.today = today;
  }

  private async read(): Promise<void> {
    const { pool } = this.database;
    const erased = await this.readErased();
    const versions = await pool.query<{ person: string; version: number; name: string }>(
      'SELECT person, version, name FROM identity.person_versions ORDER BY person, version',
    );
    const built = await pool.query<{ built: boolean; homes: boolean }>(
      `SELECT to_regclass('views.delegations') IS NOT NULL AS built, to_regclass('views.homes') IS NOT NULL AS homes`,
    );
    const isBuilt = built.rows[0]?.built === true;
    const keys = await pool.query<{ account: string; keeper: string }>(keeperStatement);
    const keepers = new Map<string, Set<string>>();
    for (const { account, keeper } of keys.rows) keepers.set(account, (keepers.get(account) ?? new Set()).add(keeper));
    const people = await pool.query<
      Omit<StoredPerson, 'isProgram' | 'countsAs' | 'keepers' | 'canSignIn'> & { readonly hasWayIn: boolean }
    >(peopleStatement({ isBuilt, hasHomes: built.rows[0]?.homes === true }));
    const units = isBuilt ? await pool.query<UnitRow>('SELECT * FROM views.units ORDER BY level, name, id') : { rows: [] };
    const delegations = isBuilt ? await pool.query<Delegation>(delegationStatement) : { rows: [] };
    const names = versions.rows
      .filter(({ person }) => !erased.has(person))
      .map(({ person, version, name }) => [`${person}@${String(version)}`, name] as const);
    this.snapshot = {
      tree: new UnitTree(
        units.rows.map(({ id, name, level, parent, closed, merged_into }) => ({
          id,
          name,
          level,
          parent,
          closed,
          mergedInto: merged_into,
        })),
      ),
      people: people.rows
        .filter(({ id }) => !erased.has(id))
        .map(({ hasWayIn, ...one }) => {
          const isProgram = keepers.has(one.id);
          const canSignIn = hasWayIn && !isProgram && (!one.demo || this.demo);
          return { ...one, isProgram, canSignIn, countsAs: countedAs(one.id, keepers), keepers: [...(keepers.get(one.id) ?? [])].sort() };
        }),
      names: new Map(names),
      erased,
      delegations: delegations.rows,
      edition: createHash('sha256')
        .update(JSON.stringify([units.rows, names]))
        .digest('base64url'),
    };
    this.today = '';
    this.turnTheDay();
  }

  /** The log says so before their names are removed. A view of an earlier version has none. */
  private async readErased(): Promise<ReadonlySet<string>> {
    const { pool } = this.database;
    const built = await pool.query<{ built: boolean }>(`SELECT to_regclass('views.erased') IS NOT NULL AS built`);
    if (built.rows[0]?.built !== true) return new Set();
    const { rows } = await pool.query<{ person: string }>('SELECT person FROM views.erased');
    return new Set(rows.map(({ person }) => person));
  }
}

interface UnitRow {
  readonly id: string;
  readonly name: string;
  readonly level: Level;
  readonly parent: string | null;
  readonly closed: boolean;
  readonly merged_into: string | null;
}

/** Before the view is built, which the start of an installation waits for, nobody has a role; one of an earlier version has no homes. */
function peopleStatement({ isBuilt, hasHomes }: { readonly isBuilt: boolean; readonly hasHomes: boolean }): string {
  const grants = isBuilt
    ? `coalesce((SELECT json_agg(json_strip_nulls(json_build_object('role', r.role, 'unit', r.unit, 'from', r.since, 'to', r.until)) ORDER BY r.place)
         FROM views.roles r WHERE r.person = p.id AND NOT r.revoked), '[]')`
    : `'[]'::json`;
  const home = hasHomes ? '(SELECT h.unit FROM views.homes h WHERE h.person = p.id)' : 'NULL::uuid';
  // Somebody who was made before clearances stood in the log has theirs here.
  const clearance = isBuilt ? '(SELECT c.clearance FROM views.clearances c WHERE c.person = p.id)' : 'NULL';
  return `SELECT p.id, p.version, v.commitment, v.name, a.username, a.demo,
      a.password_hash IS NOT NULL OR EXISTS (SELECT FROM identity.external_identities x WHERE x.person = p.id) AS "hasWayIn", coalesce(${clearance}, p.clearance) AS clearance, ${home} AS home, ${grants} AS grants
    FROM identity.people p
    JOIN identity.person_versions v ON v.person = p.id AND v.version = p.version
    JOIN identity.accounts a ON a.person = p.id`;
}

/** Who can use the keys of a service account, for good: who used one is not known. */
const keeperStatement = `SELECT person AS account, made_by AS keeper FROM identity.service_accounts
  UNION SELECT account, made_by FROM identity.service_keys WHERE made_by IS NOT NULL`;

/** @param keepers By service account, who can use its keys. */
export function countedAs(id: string, keepers: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const people = keepers.get(id) ?? new Set([id]);
  const programs = [...keepers].flatMap(([account, of]) => ([...of].some((one) => people.has(one)) ? [account] : []));
  return [...people, ...programs].filter((one) => one !== id);
}

const delegationStatement = `SELECT id, "from", "to", coalesce(to_json(actions), '"all"') AS actions, starts_on::text AS "startsOn",
  ends_on::text AS "endsOn", reason, revoked FROM views.delegations ORDER BY starts_on, id`;
