import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { importStates } from '#imports';
import type { ImportState } from '#imports';
import { sheetFormats } from '#sheets';
import type { SheetFormat } from '#sheets';
import { Optional } from '../http/shape.js';
import { ReadQuery } from '../reading/reading.dto.js';

const importKinds = ['procedures', 'options', 'units', 'people', 'indicators'] as const;
export type ImportKindName = (typeof importKinds)[number];
const flags = ['true', 'false'] as const;

export class ImportQuery {
  @ApiProperty({ enum: importKinds })
  @IsIn(importKinds)
  readonly kind: ImportKindName;

  /** Whether nothing is entered. (Default: true) */
  @ApiPropertyOptional({ enum: flags })
  @Optional()
  @IsIn(flags)
  readonly dryRun?: string;

  /** Whether rows that are refused are passed over, and the others entered. (Default: false) */
  @ApiPropertyOptional({ enum: flags })
  @Optional()
  @IsIn(flags)
  readonly partial?: string;
}

export class TemplateQuery extends ReadQuery {
  @ApiProperty({ enum: importKinds })
  @IsIn(importKinds)
  readonly kind: ImportKindName;

  /** (Default: xlsx) */
  @ApiPropertyOptional({ enum: sheetFormats })
  @Optional()
  @IsIn(sheetFormats)
  readonly format?: SheetFormat;
}

class RefusedCellAnswer {
  /** The line in the sheet, the header is 1; 0 for the file itself. */
  readonly row: number;
  /** The header as it stands there; empty for the whole line. */
  readonly column: string;
  /** What the API says of the same, or what is wrong with the cell, the header or the file. */
  readonly code: string;
  readonly message: string;
}

export class ImportAnswer {
  readonly id: string;
  @ApiProperty({ enum: importKinds })
  readonly kind: string;
  @ApiProperty({ enum: importStates })
  readonly state: ImportState;
  readonly dryRun: boolean;
  readonly partial: boolean;
  /** Its name. */
  readonly file: string;
  /** Lines that are not empty, without the header. */
  readonly rows: number;
  /** Rows that were entered; after a dry run those that would be. */
  readonly accepted: number;
  /** Rows that the same person had entered before, or that stand there twice. */
  readonly repeated: number;
  /** Rows in which something is wrong, also where it is not listed. */
  readonly refusedRows: number;
  /** The first 1,000, by row. */
  readonly refused: RefusedCellAnswer[];
  /** How many more cells are wrong. */
  readonly moreRefused: number;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** ISO 8601 UTC; null before it ends. */
  readonly endedAt: string | null;
}
