import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { Acts } from '../form/acts';
import type { Act } from '../form/acts';
import { DayFilter } from '../form/day-filter';
import { TextField } from '../form/fields';
import { endOf, numberText, today } from '../format/format';
import { Moment } from '../format/moment';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { PrintButton } from '../frame/print-button';
import { useUnits } from '../frame/units';
import { KeyValues } from '../table/key-values';
import { useWords } from '../words/words';
import { figureText, perWords, periodText } from './figure-text';
import { IndicatorHistory } from './indicator-history';
import { indicatorQuery } from './indicator-queries';
import { readIndicatorSearch } from './indicator-search';
import { FigureFields, ReportingUnitField } from './report-fields';
import { UnitsTable } from './units-table';

/** An indicator in one period: what each unit reported and who has not, now or at the end of a day. */
export function IndicatorPage(): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const { id } = useParams({ from: '/_signed-in/indicators/$id' });
  const { period: asked, asOf } = useSearch({ from: '/_signed-in/indicators/$id' });
  const navigate = useNavigate();
  const units = useUnits();
  const { data: indicator } = useSuspenseQuery(indicatorQuery(id, { period: asked, asOf: asOf === undefined ? undefined : endOf(asOf) }));
  const { title, code, unitOfMeasure, per, owner, of, period, total, verifiedTotal, reported, due, allowed, reportable, periods } =
    indicator;
  const path = `/api/v1/indicators/${id}`;
  const go = (change: object): void =>
    void navigate({
      to: '/indicators/$id',
      params: { id },
      search: readIndicatorSearch({ period: asked, asOf, ...change }),
      replace: true,
    });
  const month = today().slice(0, 7);
  const acts: readonly Act[] = [
    ...(reportable.length > 0
      ? [
          {
            name: 'report-indicator',
            title: say('indicators.report'),
            fields: (
              <>
                <ReportingUnitField units={reportable} />
                <TextField name="period" label={say('indicators.period')} help={say('indicators.periodHelp')} defaultValue={period ?? month} />
                <FigureFields unitOfMeasure={unitOfMeasure} />
              </>
            ),
            send: (body, key) => command('POST', `${path}/reports`, body, { key }),
          } satisfies Act,
        ]
      : []),
    ...(allowed.includes('remind-indicator')
      ? [
          {
            name: 'remind-indicator',
            title: say('indicators.remind'),
            effect: say('indicators.remindEffect'),
            fields: <TextField name="period" label={say('indicators.period')} help={say('indicators.periodHelp')} defaultValue={period ?? month} />,
            send: (body, key) => command('POST', `${path}/remind`, body, { key }),
          } satisfies Act,
        ]
      : []),
  ]; // prettier-ignore
  const choices = [...new Set([...(period === null ? [] : [period]), ...periods])].map((one) => ({
    value: one,
    label: periodText(one, say),
  }));
  return (
    <Page title={title} aside={<PrintButton />}>
      <Group mb="md" data-noprint>
        <PageLink to="/indicators">{say('indicators.back')}</PageLink>
      </Group>
      <KeyValues
        entries={[
          [say('indicators.code'), code],
          [say('indicators.per'), `${say(perWords[per])}, ${units.nameOf(owner)}`],
          [say('indicators.period'), periodText(period, say)],
          [
            say('indicators.total'),
            `${figureText(total, words)}${of === null ? '' : ` / ${numberText(of, language)}`} ${unitOfMeasure} (${say('indicators.verifiedTotal', { number: figureText(verifiedTotal, words) })})`,
          ],
          [
            say('indicators.reported'),
            say('indicators.reportedOf', { reported: numberText(reported, language), due: numberText(due, language) }),
          ],
        ]}
      />
      <Acts label={say('indicators.acts')} acts={acts} />
      <Group align="end" my="md" role="search" aria-label={say('indicators.choosing')} data-noprint>
        {choices.length > 0 && (
          <NativeSelect
            label={say('indicators.period')}
            value={period ?? ''}
            data={choices}
            onChange={({ currentTarget }) => go({ period: currentTarget.value })}
          />
        )}
        <DayFilter name="asOf" label={say('programmes.asOf')} day={asOf} choose={(day) => go({ asOf: day })} />
      </Group>
      <UnitsTable indicator={indicator} path={path} />
      <Stack gap={0} mt="sm">
        <Text size="sm" c="dimmed">
          {say('dashboard.asOf')} <Moment at={indicator.asOf.at} />
        </Text>
      </Stack>
      <IndicatorHistory id={id} />
    </Page>
  );
}
