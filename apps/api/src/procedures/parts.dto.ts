import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { agencyRoles, countLimits, mostCharacters, mostItems, partNames, timeUnits } from '#procedures';
import { Removable } from '../http/removable.js';
import { AmountOrText, CalendarDate, Line, Nested, NestedList, Optional, Text, Texts, Whole } from '../http/shape.js';
import { ActionDto } from './procedure-action.dto.js';

const mostOf = (list: 'documents' | 'legalBasis' | 'keywords'): Parameters<typeof Texts>[0] => ({
  items: mostItems[list],
  characters: mostCharacters[list],
});

export class DossierDto {
  @Texts(mostOf('documents'))
  readonly documents: readonly string[];

  @Whole(countLimits.sets)
  readonly sets: number;
}

class TimeLimitDto {
  @Whole(countLimits.amount)
  readonly amount: number;

  @ApiProperty({ enum: timeUnits })
  @IsIn(timeUnits)
  readonly unit: (typeof timeUnits)[number];
}

/** A way in which a procedure is done, with what holds for it. */
export class MannerDto {
  @Line(mostCharacters.way)
  readonly way: string;

  @Nested(() => TimeLimitDto)
  readonly timeLimit: TimeLimitDto;

  /** Whole đồng, or in words. */
  @Optional()
  @AmountOrText(mostCharacters.fee)
  readonly fee?: number | string;

  @Optional()
  @Text(mostCharacters.note)
  readonly note?: string;
}

/** A document of the dossier. */
export class DossierDocumentDto {
  @Text(mostCharacters.name)
  readonly name: string;

  /** The form to be filled, by its name or number. */
  @Optional()
  @Text(mostCharacters.form)
  readonly form?: string;

  @Whole(countLimits.originals)
  readonly originals: number;

  @Whole(countLimits.copies)
  readonly copies: number;
}

/** A paper that a procedure rests on. */
export class LegalBaseDto {
  @Optional()
  @Line(mostCharacters.number)
  readonly number?: string;

  @Text(mostCharacters.summary)
  readonly summary: string;

  @Optional()
  @CalendarDate()
  readonly date?: string;

  @Optional()
  @Line(mostCharacters.issuer)
  readonly issuer?: string;
}

export class AgencyDto {
  @ApiProperty({ enum: agencyRoles })
  @IsIn(agencyRoles)
  readonly role: (typeof agencyRoles)[number];

  @Text(mostCharacters.name)
  readonly name: string;

  @Optional()
  @Text(mostCharacters.address)
  readonly address?: string;
}

/**
 * The parts of a procedure besides its name, which is the title. `manners` may stand for `manner` and `timeLimitDays`, `documents` for `dossier`,
 * `bases` for `legalBasis` and `agencies` for `agency`, and the other way round: either form counts as filled, and a procedure is shown with both.
 */
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

  @Optional()
  @NestedList(() => MannerDto, { least: 1, most: mostItems.manners })
  readonly manners?: readonly MannerDto[];

  @Optional()
  @NestedList(() => DossierDocumentDto, { least: 1, most: mostItems.documents })
  readonly documents?: readonly DossierDocumentDto[];

  @Optional()
  @NestedList(() => LegalBaseDto, { least: 1, most: mostItems.bases })
  readonly bases?: readonly LegalBaseDto[];

  @Optional()
  @NestedList(() => AgencyDto, { least: 1, most: mostItems.agencies })
  readonly agencies?: readonly AgencyDto[];

  /** The level of government that carries it out, such as "Cấp bộ". */
  @Optional()
  @Line(mostCharacters.level)
  readonly level?: string;

  @Optional()
  @Texts(mostOf('keywords'))
  readonly keywords?: readonly string[];
}

/** Some of the parts as they shall read; null removes one. */
export class AmendPartsDto extends IntersectionType(ActionDto, Removable(PartsDto, partNames)) {}
