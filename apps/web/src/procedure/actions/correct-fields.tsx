import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { ReasonFields } from '../../actions/action-fields';
import { api } from '../../api/client';
import { ChoiceField, ValuesOfForm } from '../../form/fields';
import { kinds } from '../../form/kinds';
import { kindOf } from '../../form/kind-of';
import { dateText } from '../../format/format';
import { useUnits } from '../../frame/units';
import { eventName } from '../../words/codes';
import { fieldName } from '../../words/fields';
import { useWords } from '../../words/words';
import { choicesAt, shownValue } from '../shown-value';
import { correctableIn } from './correctable';
import type { Correctable } from './correctable';
import type { FieldsProps } from './fields-of';

/** Which value of which record was mistyped, and how it should read: both are chosen from what stands there. */
export function CorrectFields({ procedure: { id } }: FieldsProps): ReactNode {
  const { say } = useWords();
  const begun = useContext(ValuesOfForm);
  const { data } = useQuery(
    api.queryOptions('get', '/api/v1/procedures/{id}/history', { params: { path: { id }, query: { limit: 200, order: '-revision' } } }),
  );
  const records = correctableIn(data?.items ?? []);
  const [chosen, choose] = useState(begun.revision ?? '');
  const record = records.find(({ revision }) => String(revision) === chosen);
  const choices = records.map(({ revision, type, occurredOn }) => ({
    value: String(revision),
    label: `${eventName(type, say)}, ${dateText(occurredOn)}`,
  }));
  if (!data) return null;
  return (
    <>
      <ChoiceField name="revision" label={say('field.record')} choices={choices} chosen={choose} kind="whole" />
      {record && <Values key={record.revision} record={record} />}
      <ReasonFields />
    </>
  );
}

const longest = 60;

function Values({ record: { values } }: { readonly record: Correctable }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { nameOf } = useUnits();
  const begun = useContext(ValuesOfForm);
  const [path, setPath] = useState(
    () =>
      Object.keys(begun)
        .find((name) => name.startsWith('changes.'))
        ?.slice('changes.'.length) ?? '',
  );
  const choices = values.map(([at, value]) => {
    const shown = shownValue(at, value, words, nameOf);
    return { value: at, label: `${fieldName(at, say)}: ${shown.length > longest ? `${shown.slice(0, longest)}…` : shown}` };
  });
  const found = values.find(([at]) => at === path);
  return (
    <>
      <NativeSelect
        label={say('field.path')}
        data={[{ value: '', label: say('form.choose') }, ...choices]}
        value={path}
        onChange={({ currentTarget }) => setPath(currentTarget.value)}
      />
      {found && <Value key={path} path={path} value={found[1]} />}
    </>
  );
}

/** The value as it stands, to be written over by the input of its kind. */
function Value({ path, value }: { readonly path: string; readonly value: string | number | boolean }): ReactNode {
  const words = useWords();
  const units = useUnits();
  const begun = useContext(ValuesOfForm);
  const name = `changes.${path}`;
  const kind = kindOf(path, value);
  const choices = choicesAt(path, value, words, units.all);
  const typed = choices ? String(value) : typedAs(kind, value, words);
  const { Input } = kinds[kind];
  const field = { name, label: words.say('field.value') };
  return (
    <ValuesOfForm value={name in begun ? begun : { [name]: typed }}>
      {choices ? <ChoiceField {...field} choices={choices} /> : <Input {...field} />}
    </ValuesOfForm>
  );
}

function typedAs(kind: ReturnType<typeof kindOf>, value: string | number | boolean, words: ReturnType<typeof useWords>): string {
  if (typeof value === 'boolean') return kinds.flag.typed(value, words);
  if (kind === 'date') return kinds.date.typed(String(value), words);
  if (kind === 'decimal') return kinds.decimal.typed(String(value), words);
  return String(value);
}
