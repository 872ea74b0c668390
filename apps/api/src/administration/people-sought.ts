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
    const { name, username } = wordsOf(person);
    if (hasAll(name, words)) return true;
    return hasAll([...name, ...username], words) && administers(person);
  };
  const isAt = ({ grants, home }: Person): boolean =>
    grants.some((held) => (role === undefined || held.role === role) && (!below || below.has(held.unit))) ||
    (grants.length === 0 && role === undefined && (!below || (home !== null && below.has(home))));
  return people
    .filter((one) => (programs === undefined || one.isProgram === programs) && isAt(one) && isNamed(one))
    .filter((one) => administered === undefined || administers(one) === administered);
}

const hasAll = (own: readonly string[], words: readonly string[]): boolean =>
  words.every((word) => own.some((one) => one.startsWith(word)));

interface Words {
  readonly name: readonly string[];
  readonly username: readonly string[];
}

/** Kept as long as somebody is known as they are: whoever types asks for all of them again with each letter. */
const known = new WeakMap<Person, Words>();

function wordsOf(person: Person): Words {
  const words = known.get(person) ?? { name: searchWords(person.name), username: searchWords(person.username) };
  known.set(person, words);
  return words;
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
  const after = cursor === undefined ? null : placeIn(cursor);
  const rest = after ? placed.filter((one) => inOrder(one, after) > 0) : placed;
  const shown = limit === undefined ? rest.sort(inOrder) : firstOf(rest, Number(limit));
  const last = shown.at(-1);
  const isLast = last === undefined || shown.length === rest.length;
  return {
    items: shown.map(({ person }) => person),
    nextCursor: isLast ? null : writeCursor(['people', String(last.isNear), last.name, last.id]),
  };
}

/** The first ones in order; those after them are not put in order, which for all people takes long. */
function firstOf<One extends Place>(all: readonly One[], most: number): readonly One[] {
  let first: One[] = [];
  let last: One | undefined;
  for (const one of all) {
    if (last && inOrder(one, last) > 0) continue;
    first.push(one);
    if (first.length < 2 * most) continue;
    first = first.sort(inOrder).slice(0, most);
    last = first.at(-1);
  }
  return first.sort(inOrder).slice(0, most);
}

function placeIn(cursor: string): Place {
  const [isNear, name, id] = readCursor(cursor, 'people', 3);
  if (name === undefined || id === undefined) throw new InvalidCursor('The cursor is not one of this list.');
  return { isNear: isNear === 'true', name, id };
}
