import { useUnits } from '../frame/units';
import { conditionName } from '../words/codes';
import { useWords } from '../words/words';
import type { Value } from '../form/leaves';
import { shownValue } from './shown-value';

/** Says a value of a record as pages say it. */
export function useValueText(): (path: string, value: Value) => string {
  const words = useWords();
  const units = useUnits();
  return (path, value) =>
    path.startsWith('confirmed.') ? conditionName(String(value), words.say) : shownValue(path, value, words, units.nameOf);
}
