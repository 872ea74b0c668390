import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';

type Separator = ',' | ';';
type Choose = (chosen: Separator) => void;

/** What parts the cells of a file, as chosen; unless it is, as spreadsheets of the language take it: where figures have a decimal comma, the semicolon. */
export function useSeparator(): readonly [Separator, Choose] {
  const { language } = useWords();
  const [chosen, choose] = useState<Separator | null>(null);
  return [chosen ?? (language === 'vi' ? ';' : ','), choose];
}

export function SeparatorChoice({ separator, choose }: { readonly separator: Separator; readonly choose: Choose }): ReactNode {
  const { say } = useWords();
  return (
    <NativeSelect
      size="xs"
      aria-label={say('register.separator')}
      value={separator}
      onChange={({ currentTarget: { value } }) => choose(value === ';' ? ';' : ',')}
      data={[
        { value: ';', label: say('register.semicolon') },
        { value: ',', label: say('register.comma') },
      ]}
    />
  );
}
