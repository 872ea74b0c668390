import { Checkbox, Fieldset, Group, NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import { textAt, textsAt } from './document';
import type { Path } from './document';
import { amissAt, useWriting } from './writing';

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly path: Path;
  readonly label: string;
}

/** A text of the definition. */
export function WrittenText({ path, label }: Props): ReactNode {
  const writing = useWriting();
  return (
    <TextInput
      name={path.join('.')}
      label={label}
      value={textAt(writing.document, ...path)}
      error={amissAt(writing, path)}
      onChange={({ currentTarget: { value } }) => writing.change(path, value)}
    />
  );
}

const days = /^\d{1,6}$/;

/** A whole number of days. What is no number stays as it was typed: the check says so. */
export function WrittenDays({ path, label, optional = false }: Props & { readonly optional?: boolean }): ReactNode {
  const writing = useWriting();
  const { say } = useWords();
  const value = textAt(writing.document, ...path);
  return (
    <TextInput
      name={path.join('.')}
      label={optional ? `${label} (${say('form.optional')})` : label}
      inputMode="numeric"
      maw={180}
      value={value}
      error={value === '' || days.test(value) ? amissAt(writing, path) : say('form.noWhole')}
      onChange={({ currentTarget: { value: typed } }) =>
        writing.change(path, typed === '' ? undefined : days.test(typed) ? Number(typed) : typed)
      }
    />
  );
}

/** One of some. */
export function WrittenChoice({
  path,
  label,
  choices,
  empty,
}: Props & { readonly choices: readonly Choice[]; readonly empty?: string }): ReactNode {
  const writing = useWriting();
  const value = textAt(writing.document, ...path);
  const isKnown = choices.some((one) => one.value === value);
  return (
    <NativeSelect
      name={path.join('.')}
      label={label}
      value={value}
      error={amissAt(writing, path)}
      onChange={({ currentTarget }) => writing.change(path, currentTarget.value === '' ? undefined : currentTarget.value)}
      data={[
        ...(empty !== undefined || value === '' ? [{ value: '', label: empty ?? '' }] : []),
        ...(value === '' || isKnown ? [] : [{ value, label: value }]),
        ...choices,
      ]}
    />
  );
}

interface SomeProps extends Props {
  readonly choices: readonly Choice[];
  /** Whether the list is left out where nothing is chosen. (Default: it stays, empty) */
  readonly optional?: boolean;
}

/** Any of some, in a list. */
export function WrittenSome({ path, label, choices, optional = false }: SomeProps): ReactNode {
  const writing = useWriting();
  const chosen = textsAt(writing.document, ...path);
  const unknown = chosen.filter((value) => !choices.some((one) => one.value === value)).map((value) => ({ value, label: value }));
  const become = (values: readonly string[]): void => writing.change(path, optional && values.length === 0 ? undefined : values);
  return (
    <Checkbox.Group label={label} value={[...chosen]} onChange={become} error={amissAt(writing, path, 'below')}>
      <Group gap="sm" mt={4}>
        {[...choices, ...unknown].map(({ value, label: name }) => (
          <Checkbox key={value} name={path.join('.')} value={value} label={name} size="sm" />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

/** Whether it is so. */
export function WrittenFlag({ path, label, optional = false }: Props & { readonly optional?: boolean }): ReactNode {
  const writing = useWriting();
  const holds =
    path.reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], writing.document) === true;
  return (
    <Checkbox
      name={path.join('.')}
      label={label}
      checked={holds}
      error={amissAt(writing, path)}
      onChange={({ currentTarget: { checked } }) => writing.change(path, checked || !optional ? checked : undefined)}
    />
  );
}

/** In both languages. */
export function WrittenTitle({ path, legend }: { readonly path: Path; readonly legend: string }): ReactNode {
  const { say } = useWords();
  return (
    <Fieldset legend={legend}>
      <Group grow align="start">
        <WrittenText path={[...path, 'vi']} label={say('definitions.inVi')} />
        <WrittenText path={[...path, 'en']} label={say('definitions.inEn')} />
      </Group>
    </Fieldset>
  );
}
