import { Nested, Nullable, Optional, Text, Texts, Whole } from '../http/shape.js';
import { ActionDto } from './procedure-action.dto.js';

const longText = 20_000;

export class DossierDto {
  @Texts()
  readonly documents: string[];

  @Whole({ least: 1, most: 1_000 })
  readonly sets: number;
}

/** The parts of a procedure besides its name, which is the title. */
export class PartsDto {
  @Optional()
  @Text(longText)
  readonly steps?: string;

  @Optional()
  @Text(longText)
  readonly manner?: string;

  @Optional()
  @Nested(() => DossierDto)
  readonly dossier?: DossierDto;

  @Optional()
  @Whole({ most: 10_000 })
  readonly timeLimitDays?: number;

  @Optional()
  @Text(longText)
  readonly subjects?: string;

  @Optional()
  @Text(longText)
  readonly agency?: string;

  @Optional()
  @Text(longText)
  readonly form?: string;

  @Optional()
  @Text(longText)
  readonly result?: string;

  @Optional()
  @Text(longText)
  readonly conditions?: string;

  @Optional()
  @Text(longText)
  readonly fees?: string;

  @Optional()
  @Texts()
  readonly legalBasis?: string[];
}

/** Some of the parts as they shall read; null removes one. */
export class AmendPartsDto extends ActionDto {
  @Nullable()
  @Text(longText)
  readonly steps?: string | null;

  @Nullable()
  @Text(longText)
  readonly manner?: string | null;

  @Nullable()
  @Nested(() => DossierDto)
  readonly dossier?: DossierDto | null;

  @Nullable()
  @Whole({ most: 10_000 })
  readonly timeLimitDays?: number | null;

  @Nullable()
  @Text(longText)
  readonly subjects?: string | null;

  @Nullable()
  @Text(longText)
  readonly agency?: string | null;

  @Nullable()
  @Text(longText)
  readonly form?: string | null;

  @Nullable()
  @Text(longText)
  readonly result?: string | null;

  @Nullable()
  @Text(longText)
  readonly conditions?: string | null;

  @Nullable()
  @Text(longText)
  readonly fees?: string | null;

  @Nullable()
  @Texts()
  readonly legalBasis?: string[] | null;
}
