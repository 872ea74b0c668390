import { randomUUID } from 'node:crypto';
import { Rejected, metadataWithoutPerson, noPerson, uuidv5 } from '#event-store';
import type { Database } from '#platform';
import { isSameRole } from '#workflow';
import type { Administration, Order } from './administration.js';
import type { Directory, Person } from './directory.js';
import { rolesOf, textIn } from './oidc-mapping.js';
import type { OidcMapping, SignedClaims } from './oidc-mapping.js';
import { usernames } from './registration.js';
import { recordSecurityEvent } from './security-events.js';

/** The issuer knows them, and here nobody is meant. */
export class UnknownPerson extends Error {
  override readonly name = 'UnknownPerson';
  constructor() {
    super('The issuer vouches for you, but you are not known here and no role is given to you; ask an administrator.');
  }
}

const namespace = '2f1f6e0c-6f0e-5c0b-9c39-2c0d9a7d4c11';

interface Linked {
  readonly person: string;
  readonly mapped: boolean;
  /** When the newest claims that were followed were signed, seconds since 1970. */
  readonly claimsIat: number;
}

/** Who the issuer's subjects are here: somebody with an account of that username, or somebody whom the mapping gives a role. */
export class OidcPeople {
  constructor(
    private readonly database: Database,
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly mapping: OidcMapping,
  ) {}

  /**
   * Person id. Makes them known at first sight where the mapping gives a role, and has their roles follow newer claims.
   * @throws UnknownPerson
   */
  async personOf(claims: SignedClaims): Promise<string> {
    const linked = (await this.linked(claims)) ?? (await this.link(claims)) ?? (await this.makeKnown(claims));
    // Until what stands about an erased person is removed; then nobody here is meant any more.
    if (linked === null || this.directory.isErased(linked.person)) throw new UnknownPerson();
    if (linked.mapped && claims.iat > linked.claimsIat) await this.follow(linked.person, claims);
    return linked.person;
  }

  private async linked({ iss, sub }: SignedClaims): Promise<Linked | null> {
    const { rows } = await this.database.pool.query<Linked>(
      `SELECT person, mapped, claims_iat::float8 AS "claimsIat" FROM identity.external_identities WHERE issuer = $1 AND subject = $2`,
      [iss, sub],
    );
    return rows[0] ?? null;
  }

  /** Takes the account of that username for the subject, once for all: whoever gets the username there later is somebody else. */
  private async link(claims: SignedClaims): Promise<Linked | null> {
    const { rows } = await this.database.pool.query<{ person: string; isService: boolean }>(
      `SELECT person, EXISTS (SELECT FROM identity.service_accounts s WHERE s.person = a.person) AS "isService"
       FROM identity.accounts a WHERE username = $1`,
      [this.username(claims)],
    );
    const [account] = rows;
    if (!account) return null;
    if (account.isService) throw new UnknownPerson();
    await this.keep(claims, account.person, 'PersonLinked');
    const linked = await this.linked(claims);
    // The account is another subject's: then this one is nobody here.
    if (linked === null) throw new UnknownPerson();
    return linked;
  }

  /** Safe to repeat after a crash at any point, and in several processes at once. */
  private async makeKnown(claims: SignedClaims): Promise<Linked | null> {
    const [first] = rolesOf(claims, this.mapping, this.directory.units());
    if (!first) return null;
    const id = await this.idOf(claims);
    if (this.directory.isErased(id)) throw new UnknownPerson();
    const wanted = this.username(claims);
    const name = textIn(claims, this.mapping.name) ?? wanted ?? claims.sub;
    const username = wanted !== null && usernames.test(wanted) ? wanted : `oidc-${id}`;
    const account = { id, name, username, clearance: 'none', unit: first.unit } as const;
    await this.administration.registerPerson(account, this.orderOfIssuer(first.unit, uuidv5(namespace, id)));
    await this.keep(claims, id, 'PersonMadeKnown');
    return this.linked(claims);
  }

  /** The same whenever it is asked for, and in every process; an earlier version made it of the subject, and may not have come to its end. */
  private async idOf({ iss, sub }: SignedClaims): Promise<string> {
    const former = uuidv5(namespace, `${iss} ${sub}`);
    if (await this.directory.find(former)) return former;
    await this.database.pool.query('INSERT INTO identity.subject_ids (issuer, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING', [iss, sub]);
    const { rows } = await this.database.pool.query<{ person: string }>(
      'SELECT person FROM identity.subject_ids WHERE issuer = $1 AND subject = $2',
      [iss, sub],
    );
    return rows[0]?.person ?? former;
  }

  /** Gives and takes back roles until they are those of the claims. */
  private async follow(id: string, claims: SignedClaims): Promise<void> {
    const held = (await this.directory.find(id))?.grants ?? [];
    const wanted = rolesOf(claims, this.mapping, this.directory.units());
    for (const grant of wanted.filter((one) => !held.some((other) => isSameRole(one, other))))
      await this.administration.grantRole(id, grant, this.orderOfIssuer(grant.unit, randomUUID()));
    for (const { role, unit } of held.filter((one) => !wanted.some((other) => isSameRole(one, other))))
      await this.administration.revokeRole(id, role, unit, this.orderOfIssuer(unit, randomUUID())).catch((error: unknown) => {
        // The last administrator remains, which is on record.
        if (!(error instanceof Rejected)) throw error;
      });
    await this.database.transaction((transaction) =>
      transaction.query('UPDATE identity.external_identities SET claims_iat = $3 WHERE issuer = $1 AND subject = $2 AND claims_iat < $3', [
        claims.iss,
        claims.sub,
        claims.iat,
      ]),
    );
  }

  private keep({ iss, sub }: SignedClaims, person: string, type: 'PersonLinked' | 'PersonMadeKnown'): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const { rows } = await transaction.query(
        `INSERT INTO identity.external_identities (issuer, subject, person, mapped, claims_iat) VALUES ($1, $2, $3, $4, 0)
         ON CONFLICT DO NOTHING RETURNING person`,
        [iss, sub, person, type === 'PersonMadeKnown'],
      );
      if (rows.length > 0) await recordSecurityEvent(transaction, { type, person });
    });
  }

  private username(claims: SignedClaims): string | null {
    return textIn(claims, this.mapping.username)?.toLowerCase() ?? null;
  }

  /**
   * What the issuer says is carried out by nobody in person, as an installation sets itself up. The operator said by the mapping what
   * it may give, so it counts everywhere; events name the unit.
   */
  private orderOfIssuer(unit: string, commandId: string): Order {
    const everywhere = this.directory
      .units()
      .all()
      .filter(({ parent }) => parent === null);
    const by: Person = {
      ...{ id: noPerson, version: 0, commitment: '', name: '', username: '', home: null, governs: null },
      ...{ isProgram: false, canSignIn: false, countsAs: [], keepers: [] },
      ...{ roles: everywhere.map(({ id }) => ({ role: 'administrator', unit: id })), grants: [], unit, clearance: 'none', demo: false },
    };
    return { by, metadata: metadataWithoutPerson(commandId, `OpenID Connect ${commandId}`, unit) };
  }
}
