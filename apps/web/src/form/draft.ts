import { useEffect, useState } from 'react';
import { KeptDrafts } from './kept-drafts';
import type { Kept, Values } from './values';

export interface Draft {
  /** What the form begins with. */
  readonly values: Values;
  readonly isKept: boolean;
  /** Whether it was sent before, and no answer came. */
  readonly wasSent: boolean;
  /** Of what the form is about, when it was begun; undefined where it has none. */
  readonly revision: number | undefined;
  /** Changes when the form begins anew. */
  readonly filling: number;
  /** Under which the command is sent. */
  readonly key: string;
  /** Keeps what is typed. @param wasSent (Default: false) */
  readonly keep: (form: HTMLFormElement, wasSent?: boolean) => Promise<void>;
  /** The same filling is sent as another command from now on. */
  readonly renew: () => void;
  readonly drop: () => void;
  /** Drops it, and begins anew. */
  readonly discard: () => void;
}

interface Begun extends Omit<Kept, 'revision'> {
  readonly revision: number | undefined;
  readonly key: string;
  readonly filling: number;
  readonly drafts: KeptDrafts | null;
}

interface How {
  /** Whether what is typed may lie in a browser. (Default: it may) */
  readonly mayKeep?: (values: Values) => boolean;
  /** Of what the form is about, now. (Default: it has none) */
  readonly revision?: number;
}

/**
 * What is typed and not sent yet, kept in this browser however incomplete it is, for the same person to go on with. Null while it is looked for.
 * @param name Of the form, and of what it is about
 */
export function useDraft(name: string, { mayKeep = () => true, revision }: How = {}): Draft | null {
  const [begun, begin] = useState<Begun | null>(null);
  const [isKept, setKept] = useState(false);
  useEffect(() => {
    let isWanted = true;
    const open = async (): Promise<void> => {
      const drafts = await KeptDrafts.open().catch(() => null);
      const kept = (await drafts?.read(name)) ?? { values: {} };
      if (!isWanted) return;
      setKept(Object.keys(kept.values).length > 0);
      begin({ ...kept, revision: kept.revision ?? revision, key: kept.key ?? crypto.randomUUID(), filling: 0, drafts });
    };
    void open();
    return () => {
      isWanted = false;
    };
    // What it is about may go on meanwhile; the form stands where it was begun.
  }, [name]);
  if (!begun) return null;
  const { drafts, values, key, filling, wasSent = false } = begun;
  const since = begun.revision === undefined ? {} : { revision: begun.revision };
  const drop = (): void => {
    drafts?.drop(name);
    setKept(false);
  };
  return {
    ...{ values, key, filling, wasSent, isKept, drop, revision: begun.revision },
    keep: async (form, sent = false) => {
      const typed = typedInto(form);
      if (!drafts || !mayKeep(typed)) drop();
      else setKept(await drafts.write(name, { values: typed, key, wasSent: sent, ...since }));
    },
    renew: () => begin({ ...begun, key: crypto.randomUUID() }),
    discard: () => {
      drop();
      begin({ values: {}, revision, key: crypto.randomUUID(), filling: filling + 1, drafts });
    },
  };
}

function typedInto(form: HTMLFormElement): Values {
  const typed = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return Object.fromEntries(typed.filter(([name]) => name !== 'confirm'));
}
