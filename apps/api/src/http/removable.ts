import type { Type } from '@nestjs/common';
import { ApiPropertyOptional, PartialType } from '@nestjs/swagger';

/** A class of the same fields, each of which may be left out or be null, which takes its value away. */
export function Removable<Fields extends object>(
  fields: Type<Fields>,
  names: readonly (keyof Fields & string)[],
): Type<{ readonly [Name in keyof Fields]?: Fields[Name] | null }> {
  const Changes = PartialType(fields);
  for (const name of names) ApiPropertyOptional({ nullable: true })(Changes.prototype as object, name);
  return Changes;
}
