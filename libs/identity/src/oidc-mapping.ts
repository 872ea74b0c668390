import { InvalidConfig } from '#platform';
import { roles } from '#workflow';
import type { HeldRole, Role, UnitTree } from '#workflow';

/** Gives a role to whoever has the value in the claim. */
interface RoleRule {
  readonly claim: string;
  readonly value: string;
  readonly role: Role;
  /** Unit id. */
  readonly unit?: string;
  /** The claim that holds the unit id, where the unit is not always the same. */
  readonly unitClaim?: string;
}

/** How claims of the issuer become a person here. A claim within a claim is named with a dot, such as `realm_access.roles`. */
export interface OidcMapping {
  /** The claim with the username of an account here; null for none. (Default: preferred_username) */
  readonly username: string | null;
  /** The claim with the name of who is made known by a role. (Default: name) */
  readonly name: string;
  /** (Default: none, so that nobody is made known) */
  readonly roles: readonly RoleRule[];
}

/** Claims as the issuer signed them. */
type Claims = Readonly<Record<string, unknown>>;

/** Claims of a good token. */
export interface SignedClaims extends Claims {
  readonly iss: string;
  readonly sub: string;
  /** When it was signed, seconds since 1970. */
  readonly iat: number;
  /** Seconds since 1970. */
  readonly exp: number;
}

const ofMapping = ['username', 'name', 'roles'];
const ofRule = ['claim', 'value', 'role', 'unit', 'unitClaim'];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads OIDC_MAPPING. @throws InvalidConfig with a sentence that names all that is wrong */
export function readOidcMapping(raw: unknown): OidcMapping {
  const wrong: string[] = [];
  const { username = 'preferred_username', name = 'name', roles: rules = [], ...more } = isObject(raw) ? raw : { '': '' };
  if (Object.keys(more).length > 0) wrong.push(`it must be an object of ${ofMapping.join(', ')} and nothing else`);
  if (username !== null && !isText(username)) wrong.push('username must be the name of a claim, or null');
  if (!isText(name)) wrong.push('name must be the name of a claim');
  if (!Array.isArray(rules)) wrong.push('roles must be a list');
  for (const [index, rule] of (Array.isArray(rules) ? (rules as unknown[]) : []).entries()) {
    const fault = ruleFault(rule);
    if (fault !== null) wrong.push(`roles[${String(index)}] ${fault}`);
  }
  if (wrong.length > 0) throw new InvalidConfig(`OIDC_MAPPING is wrong: ${wrong.join('; ')}.`);
  return { username, name, roles: rules } as OidcMapping;
}

function ruleFault(rule: unknown): string | null {
  if (!isObject(rule) || Object.keys(rule).some((name) => !ofRule.includes(name)))
    return `must be an object of ${ofRule.join(', ')} and nothing else`;
  const { claim, value, role, unit, unitClaim } = rule;
  if (!isText(claim) || !isText(value)) return 'must name a claim and a value';
  if (!roles.some((known) => known === role)) return `must give one of the roles ${roles.join(', ')}`;
  if ((unit === undefined) === (unitClaim === undefined)) return 'must have either unit or unitClaim';
  if (unit !== undefined && !(typeof unit === 'string' && uuid.test(unit))) return 'must have the id of a unit in unit';
  return unitClaim === undefined || isText(unitClaim) ? null : 'must name a claim in unitClaim';
}

/** The text in the claim, composed; null when there is none. */
export function textIn(claims: Claims, claim: string | null): string | null {
  const value = claim === null ? undefined : claimAt(claims, claim);
  return isText(value) && value.length <= 200 ? value.normalize('NFC').trim() : null;
}

/** The roles that the claims give, in the order of the rules, at units that there are. */
export function rolesOf(claims: Claims, mapping: OidcMapping, units: UnitTree): readonly HeldRole[] {
  const held = mapping.roles.flatMap(({ claim, value, role, unit, unitClaim }): HeldRole[] => {
    const at = unit ?? textIn(claims, unitClaim ?? null);
    return at !== null && units.get(at) && [claimAt(claims, claim)].flat().includes(value) ? [{ role, unit: at }] : [];
  });
  return held.filter(({ role, unit }, index) => held.findIndex((one) => one.role === role && one.unit === unit) === index);
}

function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>((within, part) => (isObject(within) && Object.hasOwn(within, part) ? within[part] : undefined), claims);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
