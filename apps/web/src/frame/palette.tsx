import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { api } from '../api/client';
import { stageName } from '../words/codes';
import { useWords } from '../words/words';
import classes from './commands.module.css';
import { groupWords, groups } from './commands';
import type { Command, Group } from './commands';
import { Dialog } from './dialog';
import { found } from './found';
import { KeyCaps } from './key-caps';
import { pageCommands } from './page-commands';

interface Props {
  readonly commands: readonly Command[];
  readonly opened: boolean;
  readonly close: () => void;
}

/** Finds commands and procedures by words, and runs or opens them by the keyboard alone. */
export function Palette({ opened, close, ...others }: Props): ReactNode {
  const { say } = useWords();
  return (
    <Dialog title={say('palette.title')} size="lg" returnFocus={false} {...{ opened, close }}>
      {/* Begins anew each time. */}
      <Finder close={close} {...others} />
    </Dialog>
  );
}

interface Option {
  readonly id: string;
  readonly name: string;
  readonly heading: string;
  readonly note: ReactNode;
  readonly run: () => void;
}

const patienceMs = 250;

function Finder({ commands, close }: Omit<Props, 'opened'>): ReactNode {
  const { say } = useWords();
  const [typed, setTyped] = useState('');
  const [chosen, choose] = useState(0);
  const [onPage] = useState(pageCommands);
  const procedures = useProcedures(typed.trim());
  const chosenOption = useRef<HTMLDivElement>(null);
  const ofGroup = (group: Group): readonly Option[] =>
    found([...onPage, ...commands], typed)
      .filter((command) => command.group === group)
      .map(({ id, name, keys, run }) => ({
        id,
        name,
        heading: say(groupWords[group]),
        note: keys === undefined ? null : <KeyCaps keys={keys} />,
        run,
      }));
  const options = [...groups.slice(0, 2).flatMap(ofGroup), ...procedures.options, ...groups.slice(2).flatMap(ofGroup)];
  const at = Math.min(chosen, options.length - 1);

  // Where a command leads, the focus is; else it goes back.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    },
    [before],
  );

  useEffect(() => chosenOption.current?.scrollIntoView({ block: 'nearest' }), [at]);

  const run = (option: Option | undefined): void => {
    if (!option) return;
    close();
    option.run();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1 };
    const next = moves[event.key];
    if (next !== undefined) choose((next + options.length) % Math.max(1, options.length));
    else if (event.key === 'Enter') run(options[at]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette-found"
        aria-activedescendant={options.length === 0 ? undefined : `palette-${String(at)}`}
        aria-autocomplete="list"
        aria-label={say('palette.what')}
        placeholder={say('palette.what')}
        autoComplete="off"
        value={typed}
        maxLength={200}
        onKeyDown={press}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          choose(0);
        }}
      />
      <div role="status" className={classes.group}>
        {say(procedures.isFetching ? 'palette.seeking' : 'palette.found', { number: options.length })}
      </div>
      <div role="listbox" id="palette-found" aria-label={say('palette.title')} className={classes.found}>
        {options.map((option, index) => (
          <div key={option.id} role="presentation">
            {option.heading !== options[index - 1]?.heading && (
              <div className={classes.group} role="presentation">
                {option.heading}
              </div>
            )}
            <div
              role="option"
              id={`palette-${String(index)}`}
              aria-selected={index === at}
              className={classes.option}
              ref={index === at ? chosenOption : null}
              onClick={() => run(option)}
            >
              <span>{option.name}</span>
              <span className={classes.note}>{option.note}</span>
            </div>
          </div>
        ))}
      </div>
    </>
  );
}

/** Procedures that the person may see, by words of their titles. */
function useProcedures(typed: string): { readonly options: readonly Option[]; readonly isFetching: boolean } {
  const { say } = useWords();
  const navigate = useNavigate();
  const [q] = useDebouncedValue(typed, patienceMs);
  const isSought = q.length >= 2 && typed.length >= 2;
  const { data, isFetching } = useQuery({
    ...api.queryOptions('get', '/api/v1/procedures', { params: { query: { q, limit: 8 } } }),
    enabled: isSought,
    placeholderData: keepPreviousData,
  });
  const rows = isSought ? (data?.items ?? []) : [];
  return {
    isFetching: isFetching && isSought,
    options: rows.map(({ id, title, stage }) => ({
      id,
      name: title,
      heading: say('register.title'),
      note: stageName(stage, say),
      run: () => void navigate({ to: '/procedures/$id', params: { id } }),
    })),
  };
}
