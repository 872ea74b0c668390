import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { ActDialog } from '../form/acts';
import type { Act } from '../form/acts';
import { LongField } from '../form/fields';
import { Moment } from '../format/moment';
import { useUnits } from '../frame/units';
import { StateMark } from '../table/state-mark';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';
import { figureText } from './figure-text';
import type { Indicator, UnitReport } from './indicator-queries';
import { FigureFields } from './report-fields';

interface Props {
  readonly indicator: Indicator;
  /** Of the indicator, of the API. */
  readonly path: string;
}

type Action = 'report-indicator' | 'verify-report' | 'return-report';

const actionWords = {
  'report-indicator': 'indicators.correct',
  'verify-report': 'indicators.verify',
  'return-report': 'indicators.return',
} as const;

/** What each unit reported, with what may be done with it, and who has not. */
export function UnitsTable({ indicator, path }: Props): ReactNode {
  const words = useWords();
  const { say } = words;
  const units = useUnits();
  const [begun, begin] = useState<{ readonly action: Action; readonly report: UnitReport; readonly isReturned: boolean } | null>(null);
  const returned = new Set(indicator.returned.map(({ unit }) => unit));
  const missing = indicator.missing.filter((unit) => !returned.has(unit));
  const isActed = [...indicator.units, ...indicator.returned].some(({ allowed }) => allowed.length > 0);
  const row = (report: UnitReport, isReturned: boolean): ReactNode => (
    <Table.Tr key={report.unit}>
      <Table.Th scope="row">{units.nameOf(report.unit)}</Table.Th>
      <Table.Td>{figureText(report.value, words)}</Table.Td>
      <Table.Td>
        <StateMark weight={isReturned ? 'late' : report.verified ? 'plain' : 'soon'}>
          {say(isReturned ? 'indicators.returned' : report.verified ? 'indicators.verified' : 'indicators.unverified')}
        </StateMark>
        {report.reason !== undefined && <Text size="sm">{say('indicators.because', { reason: report.reason })}</Text>}
        {report.evidence !== undefined && <Text size="sm">{say('indicators.restsOn', { evidence: report.evidence })}</Text>}
        <Text size="sm" c="dimmed">
          <Moment at={report.at} />
        </Text>
      </Table.Td>
      {isActed && (
        <Table.Td>
          <Group gap="xs">
            {report.allowed.map((action) => (
              <Button
                key={action}
                variant="default"
                size="compact-sm"
                data-action={action}
                aria-haspopup="dialog"
                aria-label={say('indicators.actOn', { act: say(actionWords[action]), unit: units.nameOf(report.unit) })}
                onClick={() => begin({ action, report, isReturned })}
              >
                {say(actionWords[action])}
              </Button>
            ))}
          </Group>
        </Table.Td>
      )}
    </Table.Tr>
  );
  if (indicator.units.length === 0 && indicator.returned.length === 0 && missing.length === 0)
    return <Text>{say('indicators.noUnits')}</Text>;
  return (
    <>
      <Wide label={say('indicators.units')}>
        <Table miw={560} aria-label={say('indicators.units')}>
          <Titles
            of={[
              say('indicators.unit'),
              `${say('indicators.value')} (${indicator.unitOfMeasure})`,
              say('deadlines.state'),
              ...(isActed ? [say('indicators.acts')] : []),
            ]}
          />
          <Table.Tbody>
            {indicator.returned.map((report) => row(report, true))}
            {indicator.units.map((report) => row(report, false))}
            {missing.map((unit) => (
              <Table.Tr key={unit} data-missing={unit}>
                <Table.Th scope="row">{units.nameOf(unit)}</Table.Th>
                <Table.Td>–</Table.Td>
                <Table.Td>
                  <StateMark weight="soon">{say('indicators.notReported')}</StateMark>
                </Table.Td>
                {isActed && <Table.Td />}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <ActDialog close={() => begin(null)} act={begun && actOf(begun)} />
    </>
  );

  function actOf({ action, report, isReturned }: NonNullable<typeof begun>): Act {
    const { unit, period, revision, value } = report;
    const at = `${path}/reports/${unit}/${period}`;
    const about = { unit: units.nameOf(unit), value: figureText(value, words), measure: indicator.unitOfMeasure };
    const title = say(actionWords[action]);
    switch (action) {
      case 'report-indicator':
        return {
          ...{ name: action, title, effect: say('indicators.correctEffect', about) },
          fields: <FigureFields unitOfMeasure={indicator.unitOfMeasure} isCorrection={!isReturned} />,
          send: (body, key) => command('POST', `${path}/reports`, { ...body, unit, period }, { key, revision }),
        };
      case 'verify-report':
        return {
          ...{ name: action, title, effect: say('indicators.verifyEffect', about) },
          send: (body, key) => command('POST', `${at}/verify`, body, { key, revision }),
        };
      case 'return-report':
        return {
          ...{ name: action, title, effect: say('indicators.returnEffect', about) },
          fields: <LongField name="reason" label={say('field.reason')} />,
          send: (body, key) => command('POST', `${at}/return`, body, { key, revision }),
        };
    }
  }
}
