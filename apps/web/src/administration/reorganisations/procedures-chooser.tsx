import { Button, Fieldset, Group, List, Select, Stack, Text, Textarea, VisuallyHidden } from '@mantine/core';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { ActButton } from '../../form/act-button';
import { FaultsOfForm } from '../../form/field';
import { list } from '../../form/list';
import { useProceduresLike } from '../../form/procedure-field';
import { useSeveral } from '../../form/several';
import { numberText } from '../../format/format';
import { useUnits } from '../../frame/units';
import type { Unit } from '../../frame/units';
import { StateMark } from '../../table/state-mark';
import { useWords } from '../../words/words';
import { findCodes, shownAtOnce, useNamed } from './named-procedures';
import type { Named } from './named-procedures';
import { presentOf } from './unit-ranks';

/** As many as a step takes. */
const most = 2_000;

interface Props {
  /** The path of the list in the body of the call. */
  readonly name: string;
  /** Unit id: whose procedures they are to be; empty while it is not chosen. */
  readonly from: string;
}

/** Single procedures of a unit: sought one by one, or by their codes all at once; those that another unit keeps are told apart. */
export function ProceduresChooser({ name, from }: Props): ReactNode {
  const { say, language } = useWords();
  const units = useUnits();
  const faults = useContext(FaultsOfForm);
  const { values: ids, set, place } = useSeveral(name);
  const [begun] = useState(ids);
  const [picked, pick] = useState<ReadonlyMap<string, Named>>(new Map());
  const [shown, show] = useState(shownAtOnce);
  const [told, tell] = useState('');
  const known = new Map([...useNamed(begun), ...picked]);
  const id = `field-${name}.0`;
  const elsewhere = ids.filter((one) => isElsewhere(known.get(one), from, units.all));

  const add = (rows: readonly Named[]): number => {
    const after = [...new Set([...ids, ...rows.map((row) => row.id)])].slice(0, most);
    pick((before) => new Map([...before, ...rows.map((row) => [row.id, row] as const)]));
    set(after);
    tell(say('reorganisation.chosen', { number: numberText(after.length, language) }));
    return after.length - ids.length;
  };
  const drop = (at: number): void => {
    const after = ids.toSpliced(at, 1);
    flushSync(() => {
      set(after);
      tell(say('reorganisation.chosen', { number: numberText(after.length, language) }));
    });
    const drops = place.current?.querySelectorAll<HTMLElement>('[data-drop]') ?? [];
    (drops[Math.min(at, drops.length - 1)] ?? document.getElementById(id))?.focus();
  };

  return (
    <Fieldset legend={say('reorganisation.single')}>
      <Stack ref={place}>
        {(ids.length === 0 ? [''] : ids).map((one, at) => (
          <input key={at} type="hidden" name={`${name}.${String(at)}`} value={one} data-kind="text" data-needed="" />
        ))}
        <Search id={id} from={from} error={faults[`${name}.0`] ?? null} add={(row) => add([row])} />
        <Paste chosen={ids} add={add} />
        <Text fw={600}>{say('reorganisation.chosen', { number: numberText(ids.length, language) })}</Text>
        <VisuallyHidden role="status">{told}</VisuallyHidden>
        {elsewhere.length > 0 && (
          <Group>
            <Text size="sm">{say('reorganisation.elsewhere', { number: numberText(elsewhere.length, language) })}</Text>
            <Button variant="default" size="compact-sm" onClick={() => set(ids.filter((one) => !elsewhere.includes(one)))}>
              {say('reorganisation.dropElsewhere')}
            </Button>
          </Group>
        )}
        <List size="sm" listStyleType="none" styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}>
          {ids.slice(0, shown).map((one, at) => (
            <List.Item key={one}>
              <Chosen id={one} row={known.get(one)} isElsewhere={elsewhere.includes(one)} drop={() => drop(at)} />
            </List.Item>
          ))}
        </List>
        {shown < ids.length && (
          <Group>
            <Button variant="default" size="compact-sm" onClick={() => show(shown + shownAtOnce)}>
              {say('table.more')}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

/** Whether another unit keeps it: what became part of a unit is kept by that one. */
function isElsewhere(row: Named | undefined, from: string, all: readonly Unit[]): boolean {
  return row !== undefined && from !== '' && presentOf(row.owningUnit, all) !== from;
}

interface ChosenProps {
  readonly id: string;
  /** Undefined while it is not known. */
  readonly row: Named | undefined;
  readonly isElsewhere: boolean;
  readonly drop: () => void;
}

function Chosen({ id, row, isElsewhere: isThere, drop }: ChosenProps): ReactNode {
  const { say } = useWords();
  const { nameOf } = useUnits();
  const title = row?.title ?? id;
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs" mb={4}>
      <span>
        {title}
        <Text span size="sm" c="dimmed">
          {row?.code == null ? '' : ` ${row.code}`}
        </Text>
        {row && isThere && (
          <>
            {' '}
            <StateMark weight="soon">{say('reorganisation.keptBy', { unit: nameOf(row.owningUnit) })}</StateMark>
          </>
        )}
      </span>
      <Button variant="default" size="compact-sm" data-drop aria-label={say('reorganisation.dropOne', { title })} onClick={drop}>
        {say('reorganisation.drop')}
      </Button>
    </Group>
  );
}

interface SearchProps {
  readonly id: string;
  readonly from: string;
  readonly error: string | null;
  readonly add: (row: Named) => void;
}

function Search({ id, from, error, add }: SearchProps): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const [typed, type] = useState('');
  const found = useProceduresLike(typed, from === '' ? undefined : from);
  return (
    <Select
      id={id}
      label={say('reorganisation.seek')}
      error={error}
      data={(found ?? []).map((row) => ({ value: row.id, label: row.title }))}
      searchable
      value={null}
      searchValue={typed}
      onSearchChange={type}
      onChange={(chosen) => {
        const row = found?.find((one) => one.id === chosen);
        if (row) add(row);
        type('');
      }}
      // The server has found them.
      filter={({ options }) => options}
      placeholder={say('form.procedureLike')}
      nothingFoundMessage={found ? say('form.noneFound') : say('waiting.title')}
      renderOption={({ option }) => {
        const row = found?.find((one) => one.id === option.value);
        return (
          <span>
            {option.label}
            <br />
            <small>{row && [row.code, units.nameOf(row.owningUnit)].filter(Boolean).join(', ')}</small>
          </span>
        );
      }}
      {...list}
      maw={640}
    />
  );
}

interface PasteProps {
  /** Ids of those that are chosen. */
  readonly chosen: readonly string[];
  /** @returns how many were added: there is a bound */
  readonly add: (rows: readonly Named[]) => number;
}

function Paste({ chosen, add }: PasteProps): ReactNode {
  const { say, language } = useWords();
  const [pasted, paste] = useState('');
  const [outcome, tell] = useState('');
  const number = (count: number): string => numberText(count, language);
  const find = async (): Promise<void> => {
    const { found, unknown } = await findCodes(pasted);
    const again = found.filter((row) => chosen.includes(row.id)).length;
    const added = add(found);
    const left = found.length - again - added;
    // What was not found stays, to be looked at.
    paste(unknown.join('\n'));
    tell(
      [
        say('reorganisation.codesAdded', { number: number(added) }),
        ...(again > 0 ? [say('reorganisation.codesAgain', { number: number(again) })] : []),
        ...(left > 0 ? [say('reorganisation.codesLeft', { number: number(left) })] : []),
        ...(unknown.length > 0 ? [say('reorganisation.codesUnknown', { number: number(unknown.length) })] : []),
      ].join(' '),
    );
  };
  return (
    <>
      <Textarea
        label={say('reorganisation.codes')}
        description={say('reorganisation.codesHelp')}
        value={pasted}
        onChange={({ currentTarget }) => paste(currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        maw={480}
      />
      <ActButton act={find} size="compact-sm" action="add-codes">
        {say('reorganisation.addCodes')}
      </ActButton>
      <Text size="sm" role="status">
        {outcome}
      </Text>
    </>
  );
}
