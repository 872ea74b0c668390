import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Wide } from '../table/wide';
import { fieldName } from '../words/fields';
import { useWords } from '../words/words';
import classes from './changes.module.css';
import { differencesOf } from './differences';
import type { Change } from './differences';
import { marked } from './marks';
import type { Piece } from './marks';
import { useValueText } from './value-text';

interface Props {
  readonly changes: readonly Change[];
  /** What they are, for whoever does not see them. */
  readonly label: string;
  /** What stands over either side. (Default: before, after) */
  readonly sides?: readonly [before: string, after: string];
}

/** What reads otherwise, field by field, side by side, with what differs marked; nothing where all reads the same. */
export function Changes({ changes, label, sides }: Props): ReactNode {
  const { say } = useWords();
  const valueText = useValueText();
  const shown = differencesOf(changes);
  if (shown.length === 0) return null;
  const [before, after] = sides ?? [say('overtaken.before'), say('overtaken.after')];
  return (
    <Wide label={label}>
      <Table mt="xs" className={classes.changes ?? ''} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say('overtaken.field')}</Table.Th>
            <Table.Th scope="col">{before}</Table.Th>
            <Table.Th scope="col">{after}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ path, ...change }) => {
            const text = (value: typeof change.before): string => (value === undefined ? '' : valueText(path, value));
            const [gone, come] = marked(text(change.before), text(change.after));
            return (
              <Table.Tr key={path}>
                <Table.Th scope="row" fw={400}>
                  {fieldName(path, say)}
                </Table.Th>
                <Side pieces={gone} as="del" />
                <Side pieces={come} as="ins" />
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Side({ pieces, as: Mark }: { readonly pieces: readonly Piece[]; readonly as: 'del' | 'ins' }): ReactNode {
  return (
    <Table.Td className={classes.side ?? ''}>
      {pieces.map(({ text, isChanged }, index) =>
        // Pieces have no other name than their place.
        isChanged ? <Mark key={index}>{text}</Mark> : <span key={index}>{text}</span>,
      )}
    </Table.Td>
  );
}
