import { Big } from 'big.js';
import { InvalidBody } from '#event-store';
import type { FieldError } from '#event-store';
import type { Cost, CostInput } from './events.js';

/** Names a figure of a cost: one of a line, or one of all of it. */
const costInput = /^(lines\.(0|[1-9]\d{0,3})\.(hours|fee|service)|timesPerYear|everyYears|subjectsPerYear|hourlyWage)$/;
/** A figure as a source states it: not negative, at most fifteen digits and six decimals. */
const sourceFigure = /^\d{1,15}(\.\d{1,6})?$/;

/** Each figure that says where it comes from is there, says so once, and where sources differ is the lower middle one of theirs. @throws InvalidBody */
export function checkCostInputs(cost: Cost, path: string): void {
  const named = new Set<string>();
  const [first, ...others] = (cost.inputs ?? []).flatMap((input, at) => errorsOf(input, cost, `${path}.inputs.${String(at)}`, named));
  if (first) throw new InvalidBody([first, ...others]);
}

/** @param named The figures that were named before, to which this one is added. */
function errorsOf({ input, figures }: CostInput, cost: Cost, path: string, named: Set<string>): readonly FieldError[] {
  const value = costInput.test(input) ? figureAt(cost, input) : undefined;
  if (value === undefined) return [{ path: `${path}.input`, message: 'is not a figure of this cost', vi: 'không phải là số liệu của biểu chi phí này' }];
  if (named.size === named.add(input).size)
    return [{ path: `${path}.input`, message: 'is named twice', vi: 'được nêu hai lần' }];
  if (!figures) return [];
  const wrong = figures.findIndex((one) => !sourceFigure.test(one));
  if (wrong !== -1)
    return [{ path: `${path}.figures.${String(wrong)}`, message: 'must be a decimal number such as "0.5"', vi: 'phải là số thập phân như "0.5"' }];
  const middle = lowerMiddle(figures);
  return middle !== undefined && !Big(middle).eq(value)
    ? [{ path: `${path}.figures`, message: `say ${middle}, the lower middle one, and the cost says ${value}`, vi: `cho ${middle} (số giữa thấp hơn), còn biểu chi phí ghi ${value}` }]
    : [];
} // prettier-ignore

/** The middle one in order of size, of two in the middle the lower; undefined for none. */
export function lowerMiddle(figures: readonly string[]): string | undefined {
  const read = figures.map((text) => ({ text, value: Big(text) })).sort((one, other) => one.value.cmp(other.value));
  return read[Math.floor((figures.length - 1) / 2)]?.text;
}

function figureAt(cost: Cost, input: string): string | undefined {
  const [name, index, of] = input.split('.');
  const line = name === 'lines' ? cost.lines[Number(index)] : undefined;
  const value = line ? line[of as 'hours' | 'fee' | 'service'] : cost[name as 'timesPerYear'];
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}
