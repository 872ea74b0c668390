import { TagsInput } from '@mantine/core';
import { useContext } from 'react';
import type { ReactNode } from 'react';
import { FaultsOfForm, useField } from './field';
import type { FieldProps } from './field';
import { list } from './list';
import { useSeveral } from './several';

interface Props extends Pick<FieldProps, 'label' | 'help'> {
  /** The path of the list in the body of the call. */
  readonly name: string;
  /** What can be chosen besides what is typed. (Default: nothing) */
  readonly known?: readonly string[];
  readonly placeholder?: string;
  /** (Default: 200) */
  readonly most?: number;
}

/** Short texts, at least one: typed with Enter after each, pasted one a line, or chosen. */
export function TextsField({ name, label, help, known = [], placeholder, most = 200 }: Props): ReactNode {
  const { values, set, place } = useSeveral(name);
  const faults = useContext(FaultsOfForm);
  const { id, description } = useField({ name: `${name}.0`, label, ...(help !== undefined && { help }) });
  const [, fault = null] = Object.entries(faults).find(([path]) => path.startsWith(`${name}.`)) ?? [];
  return (
    <div ref={place}>
      {(values.length === 0 ? [''] : values).map((value, at) => (
        <input key={at} type="hidden" name={`${name}.${String(at)}`} value={value} data-kind="text" data-needed="" />
      ))}
      <TagsInput
        id={id}
        label={label}
        {...(description !== undefined && { description })}
        error={fault}
        value={[...values]}
        onChange={(after) => set(after.map((one) => one.trim()).filter(Boolean))}
        data={[...known]}
        // A field may have a comma in its name.
        splitChars={['\n', ';']}
        maxTags={most}
        {...(placeholder !== undefined && { placeholder })}
        {...list}
        maw={640}
      />
    </div>
  );
}
