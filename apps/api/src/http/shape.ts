import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { hidesSomething, hidesSomethingInLines, tidyLine, tidyLines } from '#platform';
import { faultOfCode, hiddenInText, isBlank, isHours, isRecordedDate, tidyCode } from '#procedures';

/** A text that is not blank, of several lines perhaps: with line ends and tabs, and nothing else that acts or is not seen. (Default: at most 5,000 characters) */
export const Text = (most = 5_000): PropertyDecorator =>
  all(described(most), Tidy(tidyLines), IsString(), NotBlank(), MaxLength(most), Seen(hidesSomethingInLines));

/** Whole đồng, or a text such as `Text` takes. */
export const AmountOrText = (most: number): PropertyDecorator =>
  all(
    ApiProperty({
      oneOf: [
        { type: 'integer', minimum: 0 },
        { type: 'string', minLength: 1, maxLength: most },
      ],
    }),
    Tidy(tidyLines),
    by(
      'amountOrText',
      (value) =>
        typeof value === 'string'
          ? !isBlank(value) && value.length <= most && !hidesSomethingInLines(value)
          : Number.isSafeInteger(value) && Number(value) >= 0,
      `must be whole đồng, or text of at most ${String(most)} characters that are seen`,
    ),
  );

/** A text of one line, kept with single spaces and none around it; what acts or is not seen is refused. */
export const Line = (most: number): PropertyDecorator =>
  all(described(most), Tidy(tidyLine), IsString(), NotBlank(), MaxLength(most), Seen(hidesSomething));

/** A list of texts that are not blank, so many of so many characters. */
export const Texts = (most: { readonly items: number; readonly characters: number }): PropertyDecorator =>
  all(
    ApiProperty({ type: [String], maxItems: most.items }),
    Tidy(tidyLines),
    IsArray(),
    ArrayMaxSize(most.items),
    IsString({ each: true }),
    NotBlank({ each: true }),
    MaxLength(most.characters, { each: true }),
    Seen(hidesSomethingInLines, { each: true }),
  );

/** A text that is looked for: what nobody sees in it is left out where it is compared. */
export const Sought = (most: number): PropertyDecorator => all(described(most), IsString(), NotBlank(), MaxLength(most));

/** An official code, as it is kept. */
export const OfficialCode = (): PropertyDecorator =>
  all(
    Tidy(tidyCode),
    ValidateBy({
      name: 'officialCode',
      validator: {
        validate: (value) => faultOfCode(value) === null,
        defaultMessage: (sent) => faultOfCode(sent?.value) ?? '',
      },
    }),
  );

/** A date of the calendar from 1900 to 2200, `YYYY-MM-DD`. */
export const CalendarDate = (): PropertyDecorator =>
  by('calendarDate', (value) => typeof value === 'string' && isRecordedDate(value), 'must be a date YYYY-MM-DD from 1900 to 2200');

/** Hours as a decimal in text, at most 100,000. */
export const Hours = (): PropertyDecorator => by('hours', isHours, 'must be a number of hours in text, such as "0.5", at most 100000');

/** Whole đồng, or a count: an integer from 0 to the largest safe one. (Default: from 0) */
export const Whole = ({ least = 0, most = Number.MAX_SAFE_INTEGER } = {}): PropertyDecorator => all(IsInt(), Min(least), Max(most));

/** SHA-256 in lower case, by which a file is known. */
export const fileHash = /^[0-9a-f]{64}$/;

/** Hashes of files, at most 20, each once. */
export const FileHashes = (): PropertyDecorator =>
  all(IsArray(), ArrayMaxSize(20), ArrayUnique(), Matches(fileHash, { each: true, message: 'must be hashes of files, in lower case' }));

/** Codes of warnings that are right all the same, each once. */
export const Confirmations = (codes: readonly string[]): PropertyDecorator =>
  all(
    ApiPropertyOptional({
      enum: codes,
      isArray: true,
      description: 'Warnings that are right all the same. What is not warned of needs none.',
    }),
    Optional(),
    IsArray(),
    ArrayMaxSize(20),
    ArrayUnique(),
    IsIn(codes, { each: true }),
  );

/** Says in the description how long a text may be. */
const described = (maxLength: number): PropertyDecorator => ApiProperty({ minLength: 1, maxLength });

/** Makes a text, or each of a list, into what is kept of it, before it is checked. */
const Tidy = (tidy: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: { readonly value: unknown }) =>
    typeof value === 'string'
      ? tidy(value)
      : Array.isArray(value)
        ? value.map((one: unknown) => (typeof one === 'string' ? tidy(one) : one))
        : value,
  );

const Seen = (hides: (text: string) => boolean, options?: { readonly each: true }): PropertyDecorator =>
  ValidateBy(
    { name: 'seen', validator: { validate: (value) => typeof value !== 'string' || !hides(value), defaultMessage: () => hiddenInText } },
    options,
  );

/** A value that may be left out, but not be null. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** A value that may be left out, but not be null, where the other field is there. */
export const Unless = (other: string): PropertyDecorator =>
  ValidateIf((body: Readonly<Record<string, unknown>>, value) => value !== undefined || body[other] === undefined);

/** A value that stands only where the other field is left out. */
export const InsteadOf = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'insteadOf',
    validator: {
      validate: (_, sent) => (sent?.object as Readonly<Record<string, unknown>> | undefined)?.[other] === undefined,
      defaultMessage: () => `stands instead of ${other}: exactly one of both is given`,
    },
  });

/** A value that may be left out or be null. */
export const Nullable = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

/** An object of that class. */
export const Nested = (type: () => new () => object): PropertyDecorator => all(Type(type), IsObject(), ValidateNested());

/** A list of objects of that class. (Default: at most 200) */
export const NestedList = (type: () => new () => object, { least = 0, most = 200 } = {}): PropertyDecorator =>
  all(
    ApiProperty({ type: () => [type()], maxItems: most }),
    Type(type),
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
  );

/** A call that needs no more than its address. */
@ApiSchema({ description: 'No field at all.' })
export class NothingDto {}

function NotBlank(options?: { readonly each: true }): PropertyDecorator {
  return ValidateBy(
    {
      name: 'notBlank',
      validator: { validate: (value) => typeof value === 'string' && !isBlank(value), defaultMessage: () => 'must not be blank' },
    },
    options,
  );
}

/** A check of our own; the message completes a sentence that begins with the path. */
export function by(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: () => message } });
}

function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
