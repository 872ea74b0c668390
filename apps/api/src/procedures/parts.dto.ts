import { IntersectionType } from '@nestjs/swagger';
import { countLimits, mostCharacters, mostItems, partNames } from '#procedures';
import { Removable } from '../http/removable.js';
import { Nested, Optional, Text, Texts, Whole } from '../http/shape.js';
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
export class AmendPartsDto extends IntersectionType(ActionDto, Removable(PartsDto, partNames)) {}
