import { ActionIcon, Button, Fieldset, Group, Stack, VisuallyHidden } from '@mantine/core';
import { useContext, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useWords } from '../words/words';
import { ValuesOfForm } from './field';
import classes from './rows.module.css';
import { rowsIn } from './values';

interface Props {
  readonly legend: string;
  /** The path of the list: what the form begins with may need more rows than one. */
  readonly list: string;
  /** The fields of a row. @param at The path of what it fills. @param index Counts from 0 */
  readonly row: (at: string, index: number) => ReactNode;
  /** (Default: 50) */
  readonly most?: number;
  /** Whether a row may be left empty, and then counts as none. (Default: false) */
  readonly optional?: boolean;
}

interface Row {
  /** Stays with the row wherever it moves. */
  readonly key: number;
  /** Rows that are added begin empty, whatever once stood in their place. */
  readonly isAdded: boolean;
}

/** A list of alike fields, one row at first. Rows are added, removed and moved; what is typed goes with them. */
export function RowsOfFields({ legend, list, row, most = 50, optional = false }: Props): ReactNode {
  const { say } = useWords();
  const begun = useContext(ValuesOfForm);
  const [rows, setRows] = useState<readonly Row[]>(() =>
    Array.from({ length: Math.min(rowsIn(begun, list), most) }, (_, key) => ({ key, isAdded: false })),
  );
  const fields = (index: number): ReactNode => row(`${list}.${String(index)}`, index);
  const [told, tell] = useState('');
  const next = useRef(rows.length);
  const set = useRef<HTMLFieldSetElement>(null);

  const become = (after: readonly Row[], message: string): void => {
    flushSync(() => {
      setRows(after);
      tell(message);
    });
    // What went with its row is no longer typed: whoever keeps what is typed has to know.
    set.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const focus = (selector: string): void => set.current?.querySelector<HTMLElement>(selector)?.focus();
  const add = (): void => {
    const key = next.current++;
    become([...rows, { key, isAdded: true }], say('rows.added', { at: rows.length + 1 }));
    focus(`[data-at="${String(key)}"] :is(input, textarea, select)`);
  };
  const remove = (at: number): void => {
    const after = rows.filter((_, index) => index !== at);
    become(after, say('rows.removed', { at: at + 1 }));
    const near = after[Math.min(at, after.length - 1)];
    focus(near ? `[data-at="${String(near.key)}"] :is(input, textarea, select)` : '[data-add]');
  };
  const move = (at: number, by: -1 | 1): void => {
    const [moved, other] = [rows[at], rows[at + by]];
    if (!moved || !other) return;
    become(rows.with(at, other).with(at + by, moved), say('rows.moved', { from: at + 1, to: at + by + 1 }));
    const isLast = at + by === 0 || at + by === rows.length - 1;
    focus(`[data-at="${String(moved.key)}"] [data-move="${String(isLast ? -by : by)}"]`);
  };

  return (
    <Fieldset legend={legend} ref={set}>
      <Stack>
        {rows.map(({ key, isAdded }, index) => (
          <div key={key} data-at={key} data-row={optional ? 'optional' : 'needed'} className={classes.row ?? ''}>
            <div className={classes.fields ?? ''}>{isAdded ? <ValuesOfForm value={{}}>{fields(index)}</ValuesOfForm> : fields(index)}</div>
            {rows.length > 1 && (
              <Group gap={4} className={classes.tools ?? ''}>
                <Tool name={say('rows.up', { legend, at: index + 1 })} move={-1} isOff={index === 0} act={() => move(index, -1)}>
                  <path d="M12 19V5M6 11l6-6 6 6" />
                </Tool>
                <Tool
                  name={say('rows.down', { legend, at: index + 1 })}
                  move={1}
                  isOff={index === rows.length - 1}
                  act={() => move(index, 1)}
                >
                  <path d="M12 5v14M6 13l6 6 6-6" />
                </Tool>
                <Tool name={say('rows.remove', { legend, at: index + 1 })} act={() => remove(index)}>
                  <path d="M5 5l14 14M19 5L5 19" />
                </Tool>
              </Group>
            )}
          </div>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" data-add disabled={rows.length >= most} onClick={add}>
            {say('form.addRow')}
          </Button>
        </Group>
        <VisuallyHidden role="status">{told}</VisuallyHidden>
      </Stack>
    </Fieldset>
  );
}

interface ToolProps {
  readonly name: string;
  readonly move?: -1 | 1;
  readonly isOff?: boolean;
  readonly act: () => void;
  readonly children: ReactNode;
}

function Tool({ name, move, isOff = false, act, children }: ToolProps): ReactNode {
  return (
    <ActionIcon variant="default" size="sm" aria-label={name} title={name} disabled={isOff} onClick={act} data-move={move}>
      <svg width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
        {children}
      </svg>
    </ActionIcon>
  );
}
