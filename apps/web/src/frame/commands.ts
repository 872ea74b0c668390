import type { Language, Word, Words } from '../words/words';
import { places } from './places';
import type { Place } from './places';

/** What a command looks at and acts on: who is there, where, and what the frame can do for them. */
export interface Here extends Words {
  readonly isDark: boolean;
  readonly letterKeys: boolean;
  /** Whom the person may act for. */
  readonly others: readonly { readonly id: string; readonly name: string }[];
  /** Person id of whom they act for now; null for oneself. */
  readonly actingFor: string | null;
  /** Units at which the person has a role. */
  readonly units: readonly { readonly id: string; readonly name: string }[];
  /** Unit id of the one that they work for now; undefined for all. */
  readonly unit: string | undefined;
  readonly isOpen: (place: Place) => boolean;
  readonly go: (place: Place) => void;
  /** @param person Person id; null for oneself */
  readonly actFor: (person: string | null) => void;
  /** @param unit Unit id; undefined for all */
  readonly workFor: (unit: string | undefined) => void;
  readonly speak: (language: Language) => void;
  readonly shine: (scheme: 'light' | 'dark') => void;
  readonly switchLetterKeys: (on: boolean) => void;
  readonly signOut: (where: 'here' | 'everywhere') => void;
  readonly show: (what: 'palette' | 'keys' | 'search') => void;
}

/** What belongs together in menus and lists of commands, in this order. */
export const groups = ['page', 'go', 'person', 'looks', 'help'] as const;
export type Group = (typeof groups)[number];
export const groupWords = {
  page: 'commands.page',
  go: 'commands.go',
  person: 'commands.person',
  looks: 'commands.looks',
  help: 'commands.help',
} as const satisfies Record<Group, Word>;

/** Something that a person can have done from anywhere. */
export interface Command {
  /** Names it among all. */
  readonly id: string;
  /** In the person's language. */
  readonly name: string;
  readonly group: Group;
  /** Presses that run it, one after the other: `g v`, or `mod+k` for Ctrl or ⌘. (Default: none) */
  readonly keys?: string;
  readonly run: () => void;
}

interface Declared {
  readonly id: string;
  readonly word: Word;
  readonly group: Group;
  readonly keys?: string;
  /** (Default: always) */
  readonly visible?: (here: Here) => boolean;
  readonly run: (here: Here) => void;
}

const declared: readonly Declared[] = [
  ...places.map((place) => ({
    id: `go ${place.to}`,
    word: place.word,
    group: 'go' as const,
    ...(place.keys !== undefined && { keys: place.keys }),
    visible: (here: Here) => here.isOpen(place),
    run: (here: Here) => here.go(place),
  })),
  { id: 'self', word: 'actingFor.end', group: 'person', visible: ({ actingFor }) => actingFor !== null, run: ({ actFor }) => actFor(null) },
  {
    id: 'all-units',
    word: 'unit.all',
    group: 'person',
    visible: ({ unit }) => unit !== undefined,
    run: ({ workFor }) => workFor(undefined),
  },
  { id: 'vi', word: 'look.vi', group: 'looks', visible: ({ language }) => language !== 'vi', run: ({ speak }) => speak('vi') },
  { id: 'en', word: 'look.en', group: 'looks', visible: ({ language }) => language !== 'en', run: ({ speak }) => speak('en') },
  { id: 'light', word: 'look.light', group: 'looks', visible: ({ isDark }) => isDark, run: ({ shine }) => shine('light') },
  { id: 'dark', word: 'look.dark', group: 'looks', visible: ({ isDark }) => !isDark, run: ({ shine }) => shine('dark') },
  { id: 'search', word: 'frame.search', group: 'help', keys: '/', run: ({ show }) => show('search') },
  { id: 'palette', word: 'palette.title', group: 'help', keys: 'mod+k', run: ({ show }) => show('palette') },
  { id: 'keys', word: 'keys.title', group: 'help', keys: '?', run: ({ show }) => show('keys') },
  {
    id: 'letters-off',
    word: 'keys.switchOff',
    group: 'help',
    visible: ({ letterKeys }) => letterKeys,
    run: ({ switchLetterKeys }) => switchLetterKeys(false),
  },
  {
    id: 'letters-on',
    word: 'keys.switchOn',
    group: 'help',
    visible: ({ letterKeys }) => !letterKeys,
    run: ({ switchLetterKeys }) => switchLetterKeys(true),
  },
  { id: 'sign-out', word: 'frame.signOut', group: 'person', run: ({ signOut }) => signOut('here') },
  { id: 'sign-out-everywhere', word: 'account.endAll', group: 'person', run: ({ signOut }) => signOut('everywhere') },
];

/** Every command that is of use here and now. Menus, the palette and the sheet of keys show these and no others. */
export function commandsOf(here: Here): readonly Command[] {
  const { say, others, actingFor, units, unit } = here;
  const open = declared.filter(({ visible }) => visible?.(here) ?? true);
  return [
    ...others
      .filter(({ id }) => id !== actingFor)
      .map(({ id, name }): Command => ({
        id: `for ${id}`,
        name: say('actingFor.begin', { name }),
        group: 'person',
        run: () => here.actFor(id),
      })),
    // Whoever works for one unit has nothing to choose.
    ...(units.length < 2 ? [] : units)
      .filter(({ id }) => id !== unit)
      .map(({ id, name }): Command => ({
        id: `unit ${id}`,
        name: say('unit.one', { name }),
        group: 'person',
        run: () => here.workFor(id),
      })),
    ...open.map(({ id, word, group, keys, run }): Command => ({
      id,
      name: say(word),
      group,
      ...(keys !== undefined && { keys }),
      run: () => run(here),
    })),
  ];
}
