import { Alert, Anchor, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { ApiProblem, saidInPlace } from '../api/problem';
import { leadOnTo, withAround } from '../frame/around';
import { Refusal } from '../frame/refusal';
import { brand } from '../theme/brand';
import type { Say } from '../words/words';
import { useWords } from '../words/words';
import { readBody } from './body';
import type { Draft } from './draft';
import { FaultsOfForm } from './field';
import type { Faults } from './field';

interface Props {
  readonly label: string;
  /** What the button that sends it says: names the act. */
  readonly submit: string;
  /** Sends it. @param key Of this filling-in, so that what is sent twice is done once */
  readonly send: (body: Readonly<Record<string, unknown>>, key: string) => Promise<void>;
  readonly cancel?: () => void;
  /** Called whenever something was typed. */
  readonly typed?: (form: HTMLFormElement) => void;
  /** Where what is typed is kept, with the key. (Default: nowhere) */
  readonly draft?: Draft;
  readonly children: ReactNode;
}

/** A form that is checked when sent, keeps what was typed, and says at each field what was found. */
export function CommandForm({ label, submit, send, cancel, typed, draft, children }: Props): ReactNode {
  const { say } = useWords();
  const [faults, setFaults] = useState<Faults>({});
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const key = useRef(crypto.randomUUID());
  const found = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => leadingOn(place.current), []);
  const isRefused = refusal !== null || Object.keys(faults).length > 0;
  const doubts = refusal instanceof ApiProblem ? refusal.unmet.filter(({ code }) => confirmable.includes(code)) : [];
  const atFields = foundAt(refusal, faults);
  const isDoubtOnly = refusal instanceof ApiProblem && refusal.unmet.length > 0 && doubts.length === refusal.unmet.length;

  useEffect(() => {
    if (isRefused && !isSending) found.current?.focus();
  }, [isRefused, isSending, refusal, faults]);
  useEffect(() => {
    if (!isRefused) return;
    const { title } = document;
    document.title = say('form.faultTitle', { title: title.replace(` – ${brand.name}`, '') });
    return () => {
      document.title = title;
    };
    // Other words alone would change it back and forth.
  }, [isRefused]);

  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (isSending) return;
    const form = event.currentTarget;
    const { body, faults: unread, nameOf } = readBody(form);
    setRefusal(null);
    setFaults(Object.fromEntries(Object.entries(unread).map(([path, word]) => [path, say(word)])));
    if (Object.keys(unread).length > 0) return;
    const confirm = new FormData(form).getAll('confirm').map(String);
    setSending(true);
    const sendIt = async (): Promise<void> => {
      // The key is kept before anything leaves: whoever reloads the page now sends the same command again.
      await draft?.keep(form, true);
      await send({ ...body, ...(confirm.length > 0 && { confirm }) }, draft?.key ?? key.current);
      draft?.drop();
      key.current = crypto.randomUUID();
    };
    sendIt()
      .catch((refused: unknown) => {
        const error = refused instanceof ApiProblem ? refused.atFields(nameOf) : refused;
        setRefusal(error);
        const answered = !(error instanceof ApiProblem && error.isPassing);
        if (answered) void draft?.keep(form);
        if (!(error instanceof ApiProblem)) return;
        setFaults(faultsOf(error, form));
        if (error.code === 'key-reused') draft?.renew();
      })
      .finally(() => setSending(false));
  };
  const onTyped = (form: HTMLFormElement): void => {
    void draft?.keep(form, draft.wasSent);
    typed?.(form);
  };

  return (
    <form ref={place} aria-label={label} onSubmit={onSubmit} onInput={({ currentTarget }) => onTyped(currentTarget)} noValidate>
      <FaultsOfForm value={faults}>
        <Stack maw={720}>
          {isRefused && (
            <div ref={found} tabIndex={-1}>
              {atFields === null ? (
                <Refusal error={refusal} />
              ) : (
                <Alert role="alert" color="red" variant="light" title={say('form.faults')}>
                  <FaultsList faults={atFields} />
                </Alert>
              )}
              {refusal instanceof ApiProblem && refusal.code === 'key-reused' && <Text size="sm">{say('form.keyReused')}</Text>}
            </div>
          )}
          {draft?.wasSent === true && !isRefused && <Alert color="yellow" variant="light" title={say('form.wasSent')} />}
          {children}
          {isDoubtOnly &&
            [...new Set(doubts.map(({ code }) => code))].map((code) => (
              <Checkbox
                key={code}
                name="confirm"
                value={code}
                label={say('form.confirm', {
                  message: doubts
                    .filter((one) => one.code === code)
                    .map(({ message }) => message)
                    .join(' '),
                })}
              />
            ))}
          <Group>
            <Button type="submit" loading={isSending}>
              {submit}
            </Button>
            {cancel && (
              <Button variant="default" onClick={cancel}>
                {say('form.cancel')}
              </Button>
            )}
          </Group>
        </Stack>
      </FaultsOfForm>
    </form>
  );
}

/**
 * Once a form is gone, and what had the focus with it: goes on from what began it, or from what is left around it. Whoever has something
 * to say of what was done comes before it, and a dialog leads on itself.
 */
function leadingOn(form: HTMLFormElement | null): () => void {
  const isAlone = form?.closest('[role="dialog"]') === null;
  const began = document.activeElement === document.body ? [] : withAround(document.activeElement);
  const around = [...began, ...withAround(form)];
  return () => {
    if (isAlone) queueMicrotask(() => leadOnTo(around));
  };
}

/** What the server takes once it is confirmed. */
const confirmable: readonly string[] = [
  'implausible-date',
  ...['year-without-holidays', 'holidays-dropped', 'holiday-of-another-year', 'weekend-unusual', 'holiday-on-weekend'],
  ...['swap-without-counterpart', 'month-without-work'],
];

/** What the server found, at the fields that the form has. */
function faultsOf(problem: ApiProblem, form: HTMLFormElement): Faults {
  const told = [
    ...problem.errors,
    ...problem.unmet.flatMap((one) => (one.path === undefined ? [] : [{ path: one.path, message: saidInPlace(one) }])),
  ];
  return Object.fromEntries(told.filter(({ path }) => form.elements.namedItem(path) !== null).map(({ path, message }) => [path, message]));
}

/** What was found at fields, also at those that the form has not; null where it was refused for something else. */
function foundAt(refusal: unknown, faults: Faults): Faults | null {
  if (refusal === null) return faults;
  if (!(refusal instanceof ApiProblem) || refusal.errors.length === 0) return null;
  return { ...Object.fromEntries(refusal.errors.map(({ path, message }) => [path, message])), ...faults };
}

/** Each leads to its field. */
function FaultsList({ faults }: { readonly faults: Faults }): ReactNode {
  const { say } = useWords();
  return (
    <List size="sm">
      {Object.entries(faults).map(([path, message]) => (
        <List.Item key={path}>
          <Anchor
            href={`#field-${path}`}
            inherit
            onClick={(event) => {
              // The address stays as it is: it says what the page shows.
              event.preventDefault();
              document.getElementById(`field-${path}`)?.focus();
            }}
          >
            {labelOf(path, say)}: {message}
          </Anchor>
        </List.Item>
      ))}
    </List>
  );
}

/** The field's own words; in one of several rows, of which list and in which. */
function labelOf(path: string, say: Say): string {
  const id = `field-${path}`;
  const named = CSS.escape(id);
  const label =
    document.querySelector(`label[for="${named}"], #${named} > legend`)?.textContent.replace(` (${say('form.optional')})`, '') ?? path;
  const row = document.getElementById(id)?.closest('[data-at]');
  const rows = [...(row?.parentElement?.querySelectorAll(':scope > [data-at]') ?? [])];
  if (!row || rows.length < 2) return label;
  const legend = row.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
  return say('form.faultInRow', { legend, at: rows.indexOf(row) + 1, label });
}
