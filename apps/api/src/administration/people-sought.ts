import type { Person } from '#identity';
import { searchWords } from '#procedures';
import { InvalidCursor, readCursor, writeCursor } from '#processors';
import type { Page } from '#processors';
import type { Role, UnitTree } from '#workflow';

/** Which people; what is left out leaves nobody out. */
interface PeopleSought {
  /** Beginnings of words of the name, or of the username where it is shown, without accents. */
  readonly q?: string | undefined;
  /** Unit id: where they hold a role, on whatever day, or are looked after; there or below. */
  readonly unit?: string | undefined;
  readonly role?: Role | undefined;
  readonly programs?: boolean | undefined;
  readonly administered?: boolean | undefined;
}

interface Seeker {
  readonly units: UnitTree;
  /** Whether whoever asks administers the person. */
  readonly administers: (person: Person) => boolean;
}

/** Those who are sought, in no order. */
export function peopleSought(people: readonly Person[], sought: PeopleSought, { units, administers }: Seeker): readonly Person[] {
  const { q, unit, role, programs, administered } = sought;
  const below = unit === undefined ? null : new Set(units.subtree(unit));
  const words = q === undefined ? [] : searchWords(q);
  const isNamed = (person: Person): boolean => {
    if (words.length === 0) return true;
    const own = searchWords(administers(person) ? `${person.name} ${person.username}` : person.name);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  };
  const isAt = ({ grants, home }: Person): boolean =>
    grants.some((held) => (role === undefined || held.role === role) && (!below || below.has(held.unit))) ||
    (grants.length === 0 && role === undefined && (!below || (home !== null && below.has(home))));
  return people
    .filter((one) => (programs === undefined || one.isProgram === programs) && isAt(one))
    .filter((one) => (administered === undefined || administers(one) === administered) && isNamed(one));
}

/** Which page; without a limit it holds all. */
interface Asked {
  readonly cursor?: string | undefined;
  readonly limit?: string | undefined;
  /** Unit ids: whoever holds a role at one of them comes first. */
  readonly near: readonly string[];
}

interface Place {
  /** Whether they come first. */
  readonly isNear: boolean;
  readonly name: string;
  readonly id: string;
}

const alphabet = new Intl.Collator('vi');
const inOrder = (one: Place, other: Place): number =>
  Number(other.isNear) - Number(one.isNear) ||
  alphabet.compare(one.name, other.name) ||
  (one.id < other.id ? -1 : Number(one.id > other.id));

/** A page of people by name as Vietnamese sorts: whoever is made known meanwhile is on the page where they belong. @throws InvalidCursor */
export function pageOfPeople(people: readonly Person[], { cursor, limit, near }: Asked): Page<Person> {
  const first = new Set(near);
  const placed = people.map((person) => {
    const { id, name, grants } = person;
    return { id, name, person, isNear: grants.some(({ unit }) => first.has(unit)) };
  });
  placed.sort(inOrder);
  const after = cursor === undefined ? null : placeIn(cursor);
  const rest = after ? placed.filter((one) => inOrder(one, after) > 0) : placed;
  const shown = limit === undefined ? rest : rest.slice(0, Number(limit));
  const last = shown.at(-1);
  const isLast = last === undefined || shown.length === rest.length;
  return {
    items: shown.map(({ person }) => person),
    nextCursor: isLast ? null : writeCursor(['people', String(last.isNear), last.name, last.id]),
  };
}

function placeIn(cursor: string): Place {
  const [isNear, name, id] = readCursor(cursor, 'people', 3);
  if (name === undefined || id === undefined) throw new InvalidCursor('The cursor is not one of this list.');
  return { isNear: isNear === 'true', name, id };
}
