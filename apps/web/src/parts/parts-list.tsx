import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { feeKind } from '../form/fee-field';
import { dateText } from '../format/format';
import { KeyValues } from '../table/key-values';
import { Wide } from '../table/wide';
import { agencyRoleWords, timeUnitWords } from '../words/codes';
import { useWords } from '../words/words';
import type { Parts } from './parts';

/** What the procedure asks of whom, part by part. */
export function PartsList({ parts }: { readonly parts: Parts }): ReactNode {
  const words = useWords();
  const { say } = words;
  if (Object.keys(parts).length === 0) return <Text c="dimmed">{say('parts.none')}</Text>;
  const { steps, manner, manners, documents, timeLimitDays, subjects, agencies, level, form, result, conditions, fees, bases, keywords } =
    parts;
  return (
    <KeyValues
      entries={[
        [say('parts.steps'), steps],
        [
          say('parts.manners'),
          manners && (
            <Rows
              label={say('parts.manners')}
              heads={[say('parts.way'), say('parts.timeLimit'), say('parts.fees'), say('field.note')]}
              rows={manners.map(({ way, timeLimit: { amount, unit }, fee, note }) => [
                way,
                say('parts.limitOf', { amount, unit: say(timeUnitWords[unit]) }),
                fee === undefined ? '' : feeKind.text(fee, words),
                note ?? '',
              ])}
            />
          ),
        ],
        [say('parts.manner'), manners ? null : manner],
        [say('parts.timeLimitDays'), manners || timeLimitDays === undefined ? null : say('parts.days', { days: timeLimitDays })],
        [
          say('parts.dossier'),
          documents && (
            <Rows
              label={say('parts.dossier')}
              heads={[say('parts.documents'), say('parts.documentForm'), say('parts.originals'), say('parts.copies')]}
              rows={documents.map((one) => [one.name, one.form ?? '', String(one.originals), String(one.copies)])}
            />
          ),
        ],
        [say('parts.subjects'), subjects],
        [
          say('parts.agencies'),
          agencies
            ?.map(({ role, name, address }) => [`${say(agencyRoleWords[role])}: ${name}`, address].filter(Boolean).join(', '))
            .join('\n'),
        ],
        [say('parts.level'), level],
        [say('parts.form'), form],
        [say('parts.result'), result],
        [say('parts.conditions'), conditions],
        [say('parts.fees'), manners ? null : fees],
        [
          say('parts.legalBasis'),
          bases
            ?.map(({ number, summary, date, issuer }) => [number, date && dateText(date), issuer, summary].filter(Boolean).join(', '))
            .join('\n'),
        ],
        [say('parts.keywords'), keywords?.join(', ')],
      ]}
    />
  );
}

interface RowsProps {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns that no row fills are left out. */
function Rows({ label, heads, rows }: RowsProps): ReactNode {
  const shown = heads.map((_, column) => column).filter((column) => rows.some((row) => row[column] !== ''));
  return (
    <Wide label={label}>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {shown.map((column) => (
              <Table.Th key={column}>{heads[column]}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={index}>
              {shown.map((column) => (
                <Table.Td key={column}>{row[column]}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
