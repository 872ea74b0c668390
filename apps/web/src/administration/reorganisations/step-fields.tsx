import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { ChoiceField, DateField, TextField, ValuesOfForm, choicesOf } from '../../form/fields';
import { RowsOfFields } from '../../form/rows';
import { TextsField } from '../../form/texts-field';
import { UnitField } from '../../form/unit-field';
import { numberText } from '../../format/format';
import { useUnits } from '../../frame/units';
import type { Unit } from '../../frame/units';
import { useWords } from '../../words/words';
import { ProceduresChooser } from './procedures-chooser';
import { kindWords, whichWords } from './step-words';
import { presentOf, rankOf } from './unit-ranks';

const mine = ({ closed, administered }: Unit): boolean => !closed && administered;

/** What a reorganisation is made of: by what it was decided, from when it holds, and what becomes of which unit. */
export function PlanFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="title" label={say('reorganisation.name')} />
      <TextField name="decision.number" label={say('reorganisation.decisionNumber')} />
      <DateField name="decision.date" label={say('reorganisation.decisionDate')} />
      <DateField name="effectiveOn" label={say('reorganisation.effectiveOn')} help={say('reorganisation.effectiveOnHelp')} />
      <RowsOfFields legend={say('reorganisation.steps')} list="steps" row={(at) => <StepFields at={at} />} />
    </>
  );
}

interface StepProps {
  /** The path of the step. */
  readonly at: string;
}

function StepFields({ at }: StepProps): ReactNode {
  const { say } = useWords();
  const [kind, choose] = useBegunWith(`${at}.kind`);
  return (
    <>
      <ChoiceField name={`${at}.kind`} label={say('reorganisation.kind')} choices={choicesOf(kindWords, say)} chosen={choose} />
      {kind === 'merge' && (
        <>
          <UnitField name={`${at}.unit`} label={say('reorganisation.unitMerged')} among={mine} />
          <UnitField name={`${at}.into`} label={say('units.mergeInto')} among={mine} />
        </>
      )}
      {kind === 'split' && <SplitFields at={at} />}
      {kind === 'transfer' && <TransferFields at={at} />}
      {kind === 'end-level' && <EndLevelFields at={at} />}
    </>
  );
}

function SplitFields({ at }: StepProps): ReactNode {
  const { say } = useWords();
  const [from, choose] = useBegunWith(`${at}.unit`);
  return (
    <>
      <UnitField name={`${at}.unit`} label={say('reorganisation.unitSplit')} among={mine} chosen={choose} />
      <RowsOfFields
        legend={say('reorganisation.parts')}
        list={`${at}.parts`}
        row={(part) => (
          <>
            <FieldsOfUnit name={`${part}.fields`} unit={from} />
            <UnitField name={`${part}.to`} label={say('reorganisation.to')} among={mine} />
          </>
        )}
      />
      <UnitField name={`${at}.rest`} label={say('reorganisation.rest')} help={say('reorganisation.restHelp')} among={mine} />
    </>
  );
}

function TransferFields({ at }: StepProps): ReactNode {
  const { say } = useWords();
  const [from, choose] = useBegunWith(`${at}.unit`);
  const [which, name] = useBegunWith(`${at}.which`, 'fields');
  return (
    <>
      <UnitField name={`${at}.unit`} label={say('reorganisation.from')} among={mine} chosen={choose} />
      <NativeSelect
        name={`${at}.which`}
        label={say('reorganisation.what')}
        data={[...choicesOf(whichWords, say)]}
        value={which}
        onChange={({ currentTarget }) => name(currentTarget.value)}
        maw={480}
      />
      {which === 'fields' ? (
        <FieldsOfUnit name={`${at}.fields`} unit={from} />
      ) : (
        <ProceduresChooser name={`${at}.procedures`} from={from} />
      )}
      <UnitField name={`${at}.to`} label={say('reorganisation.to')} among={mine} />
    </>
  );
}

/** Fields of procedures; those in which the unit has some are offered. */
function FieldsOfUnit({ name, unit }: { readonly name: string; readonly unit: string }): ReactNode {
  const { say } = useWords();
  const { data } = useQuery({
    ...api.queryOptions('get', '/api/v1/reports/savings', { params: { query: { by: 'field', unit, limit: 200 } } }),
    enabled: unit !== '',
  });
  const known = (data?.rows ?? []).flatMap(({ fieldName }) => (fieldName === undefined ? [] : [fieldName]));
  return <TextsField name={name} label={say('reorganisation.fields')} help={say('reorganisation.fieldsHelp')} known={known} />;
}

function EndLevelFields({ at }: StepProps): ReactNode {
  const { say, language } = useWords();
  const { all, nameOf } = useUnits();
  const [below, choose] = useBegunWith(`${at}.below`);
  const ending = all.filter((unit) => !unit.closed && unit.parent !== null && presentOf(unit.parent, all) === below);
  const ends = ({ id }: Unit): boolean => ending.some((unit) => unit.id === id);
  const highest = Math.max(...ending.map(rankOf));
  return (
    <>
      <UnitField
        name={`${at}.below`}
        label={say('reorganisation.below')}
        help={say('reorganisation.belowHelp')}
        among={mine}
        chosen={choose}
      />
      {below !== '' && (
        <Text size="sm">
          {ending.length === 0
            ? say('reorganisation.endingNone', { below: nameOf(below) })
            : say('reorganisation.ending', {
                number: numberText(ending.length, language),
                units: ending
                  .map(({ name }) => name)
                  .sort((one, other) => one.localeCompare(other, language, { numeric: true }))
                  .join(', '),
              })}
        </Text>
      )}
      {ending.length > 0 && (
        <RowsOfFields
          legend={say('reorganisation.successors')}
          list={`${at}.successors`}
          most={200}
          optional
          row={(one) => (
            <>
              <UnitField name={`${one}.unit`} label={say('reorganisation.ends')} among={ends} />
              <UnitField
                name={`${one}.into`}
                label={say('reorganisation.succeeds')}
                help={say('reorganisation.succeedsHelp')}
                among={(unit) => mine(unit) && !ends(unit) && rankOf(unit) >= highest}
              />
            </>
          )}
        />
      )}
    </>
  );
}

/** What is chosen in a field, from what the form begins with on. */
function useBegunWith(name: string, otherwise = '') {
  const begun = useContext(ValuesOfForm);
  return useState(begun[name] ?? otherwise);
}
