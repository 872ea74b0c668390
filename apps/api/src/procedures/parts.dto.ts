import { countLimits, mostCharacters, mostItems } from '#procedures';
import { Nested, Nullable, Optional, Text, Texts, Whole } from '../http/shape.js';
import { ActionDto } from './procedure-action.dto.js';

const mostOf = (list: 'documents' | 'legalBasis'): Parameters<typeof Texts>[0] => ({
  items: mostItems[list],
  characters: mostCharacters[list],
});

export class DossierDto {
  @Texts(mostOf('documents'))
  readonly documents: readonly string[];

  @Whole(countLimits.sets)
  readonly sets: number;
}

/** The parts of a procedure besides its name, which is the title. */
export class PartsDto {
  @Optional()
  @Text(mostCharacters.steps)
  readonly steps?: string;

  @Optional()
  @Text(mostCharacters.manner)
  readonly manner?: string;

  @Optional()
  @Nested(() => DossierDto)
  readonly dossier?: DossierDto;

  @Optional()
  @Whole(countLimits.timeLimitDays)
  readonly timeLimitDays?: number;

  @Optional()
  @Text(mostCharacters.subjects)
  readonly subjects?: string;

  @Optional()
  @Text(mostCharacters.agency)
  readonly agency?: string;

  @Optional()
  @Text(mostCharacters.form)
  readonly form?: string;

  @Optional()
  @Text(mostCharacters.result)
  readonly result?: string;

  @Optional()
  @Text(mostCharacters.conditions)
  readonly conditions?: string;

  @Optional()
  @Text(mostCharacters.fees)
  readonly fees?: string;

  @Optional()
  @Texts(mostOf('legalBasis'))
  readonly legalBasis?: readonly string[];
}

/** Some of the parts as they shall read; null removes one. */
export class AmendPartsDto extends ActionDto {
  @Nullable()
  @Text(mostCharacters.steps)
  readonly steps?: string | null;

  @Nullable()
  @Text(mostCharacters.manner)
  readonly manner?: string | null;

  @Nullable()
  @Nested(() => DossierDto)
  readonly dossier?: DossierDto | null;

  @Nullable()
  @Whole(countLimits.timeLimitDays)
  readonly timeLimitDays?: number | null;

  @Nullable()
  @Text(mostCharacters.subjects)
  readonly subjects?: string | null;

  @Nullable()
  @Text(mostCharacters.agency)
  readonly agency?: string | null;

  @Nullable()
  @Text(mostCharacters.form)
  readonly form?: string | null;

  @Nullable()
  @Text(mostCharacters.result)
  readonly result?: string | null;

  @Nullable()
  @Text(mostCharacters.conditions)
  readonly conditions?: string | null;

  @Nullable()
  @Text(mostCharacters.fees)
  readonly fees?: string | null;

  @Nullable()
  @Texts(mostOf('legalBasis'))
  readonly legalBasis?: readonly string[] | null;
}
