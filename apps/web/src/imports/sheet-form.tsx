import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { ChoiceField, choicesOf } from '../form/choice-field';
import { CommandForm } from '../form/command-form';
import { useField } from '../form/field';
import { FlagField } from '../form/fields';
import { useWords } from '../words/words';
import { importKindWords, isImportKind } from './imports-queries';
import type { Wanted } from './imports-queries';

/** Which sheet it is, and of what. */
export function SheetForm({ send }: { readonly send: (wanted: Wanted, key: string) => Promise<void> }): ReactNode {
  const { say } = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <CommandForm
      label={say('imports.form')}
      submit={say('imports.check')}
      send={async (body, key) => {
        const file = input.current?.files?.[0];
        const kind = String(body.kind);
        if (file && isImportKind(kind)) await send({ file, kind, partial: body.partial === true }, key);
      }}
    >
      <ChoiceField name="kind" label={say('imports.kind')} choices={choicesOf(importKindWords, say)} />
      <SheetField input={input} />
      <FlagField name="partial" label={say('imports.partial')} help={say('imports.partialHelp')} />
    </CommandForm>
  );
}

function SheetField({ input }: { readonly input: React.RefObject<HTMLInputElement | null> }): ReactNode {
  const { say } = useWords();
  return (
    <TextInput
      {...useField({ name: 'file', label: say('imports.file'), help: say('imports.fileHelp') })}
      ref={input}
      type="file"
      accept=".csv,.xlsx"
      data-kind="text"
    />
  );
}
