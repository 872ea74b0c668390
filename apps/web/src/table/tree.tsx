import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { flushSync } from 'react-dom';
import classes from './tree.module.css';
import { treeRows, treeStep } from './tree-rows';
import type { Branch } from './tree-rows';

interface Props<One extends Branch> {
  readonly label: string;
  readonly items: readonly One[];
  /** Ids of those whose insides are seen. */
  readonly open: ReadonlySet<string>;
  readonly setOpen: (open: ReadonlySet<string>) => void;
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
  /** Beside the label. */
  readonly mark?: (item: One) => ReactNode;
  /** What a closed one says that has the chosen one inside. */
  readonly chosenInside: string;
}

/** What stands below what: the caret opens, the label chooses, arrows move. */
export function Tree<One extends Branch>({ label, items, open, setOpen, chosen, choose, mark, chosenInside }: Props<One>): ReactNode {
  const tree = useRef<HTMLUListElement>(null);
  const [visited, visit] = useState<string | null>(null);
  const rows = treeRows(items, { open, chosen });
  // One of them takes the tabulator: where one was, else the chosen one, else the first.
  const stop = [visited, chosen].find((id) => rows.some(({ item }) => item.id === id)) ?? rows[0]?.item.id;

  const turn = (id: string, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(id);
    else next.delete(id);
    setOpen(next);
  };
  const go = (id: string): void => {
    flushSync(() => visit(id));
    tree.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, at: number, id: string): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(id);
      return;
    }
    const step = treeStep(rows, at, event.key);
    if (!step) return;
    event.preventDefault();
    if ('to' in step) go(step.to);
    else if ('open' in step) turn(step.open, true);
    else turn(step.close, false);
  };

  return (
    <ul role="tree" aria-label={label} ref={tree} className={classes.tree}>
      {rows.map(({ item, level, at, of, isOpen, hidesChosen }, index) => (
        <li
          key={item.id}
          role="treeitem"
          aria-level={level}
          aria-posinset={at}
          aria-setsize={of}
          aria-selected={item.id === chosen}
          {...(isOpen !== null && { 'aria-expanded': isOpen })}
          tabIndex={item.id === stop ? 0 : -1}
          data-id={item.id}
          className={classes.row}
          style={{ paddingInlineStart: `${String(Math.min(level - 1, 6) * 1.1)}rem` }}
          onFocus={() => visit(item.id)}
          onKeyDown={(event) => onKeyDown(event, index, item.id)}
          onClick={() => choose(item.id)}
        >
          <span
            className={classes.caret}
            aria-hidden="true"
            onClick={(event) => {
              if (isOpen === null) return;
              event.stopPropagation();
              turn(item.id, !isOpen);
            }}
          >
            {isOpen === null ? '' : isOpen ? '▾' : '▸'}
          </span>
          <span className={classes.label}>
            {item.label}
            {mark?.(item)}
            {hidesChosen && <small className={classes.inside}> ({chosenInside})</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
