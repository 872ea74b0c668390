import { Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { ActButton } from '../form/act-button';
import { isAsChosen } from '../form/chosen-file';
import { numberText } from '../format/format';
import { Page } from '../frame/page';
import { useWords } from '../words/words';
import { useImport } from './imports-queries';
import type { Wanted } from './imports-queries';
import { Outcome } from './outcome';
import { RefusedTable } from './refused-table';
import { sendSheet } from './send-sheet';
import { SheetForm } from './sheet-form';
import { Templates } from './templates';

/** Brings in a sheet: looks at it first, shows what is wrong with which cells, then enters it and says how far it has come. */
export function ImportsPage(): ReactNode {
  const { say, language } = useWords();
  const [sent, setSent] = useState<{ readonly id: string; readonly wanted: Wanted } | null>(null);
  const shown = useImport(sent?.id);
  const send = async (wanted: Wanted, dryRun: boolean, key: string): Promise<void> => {
    // A sheet that is mended and saved is another one to the browser, which would only say that it could not be sent.
    if (!(await isAsChosen(wanted.file))) throw changedSheet(say('imports.changed'));
    const { id } = await sendSheet(wanted, { dryRun, key });
    setSent({ id, wanted });
  };
  const mayRun = shown?.dryRun === true && shown.state === 'done' && shown.accepted > 0;

  return (
    <Page title={say('imports.title')}>
      <Stack>
        <Templates />
        <SheetForm send={(wanted, key) => send(wanted, true, key)} />
        {shown && (
          <section aria-labelledby="outcome">
            <Title order={2} size="h4" id="outcome" mb="xs">
              {say('imports.outcome', { file: shown.file })}
            </Title>
            <Stack>
              <Outcome shown={shown} />
              {mayRun && sent && (
                <ActButton action="run-import" variant="filled" act={() => send(sent.wanted, false, crypto.randomUUID())}>
                  {say('imports.run', { count: numberText(shown.accepted, language) })}
                </ActButton>
              )}
              <RefusedTable shown={shown} />
            </Stack>
          </section>
        )}
      </Stack>
    </Page>
  );
}

const changedSheet = (message: string): ApiProblem =>
  new ApiProblem({ title: message, status: 400, code: 'file-changed', errors: [{ path: 'file', message }] });
