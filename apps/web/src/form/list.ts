import { useField } from './field';
import type { FieldProps } from './field';

/** How the list below a field opens: beside the field, so that it belongs to the page's main part, and scrolling by the list itself. */
export const list = {
  comboboxProps: { withinPortal: false },
  withScrollArea: false,
  styles: { options: { maxHeight: 260, overflowY: 'auto' } },
} as const;

/** As other fields, for one that shows a name and is read by what it stands for. */
export function useChoice(props: FieldProps) {
  const { 'data-needed': needed, 'data-default': begun, ...field } = useField(props);
  return { ...field, hiddenInputProps: { autoComplete: 'off', 'data-kind': 'text', 'data-default': begun, 'data-needed': needed } };
}
