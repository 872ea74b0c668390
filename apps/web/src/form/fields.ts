export { ValuesOfForm } from './field';
export { ChoiceField, choicesOf } from './choice-field';
export { DateField } from './date-field';
export { FeeField } from './fee-field';
export { FlagField } from './flag-field';
export { MoneyField } from './money-field';
export { DecimalField, WholeField } from './number-fields';
export { PasswordField } from './password-field';
export { LongField, TextField } from './text-field';
