import type { ReportColumn, ReportRow } from '#reporting';
import type { Imprint } from '../proofs/imprints.js';
import type { Separator } from '../reading/register-csv.js';

/** What a file is written from. */
export interface ReportTable {
  /** As its address has it. */
  readonly name: string;
  /** In the language that is accepted. */
  readonly title: string;
  readonly language: 'vi' | 'en';
  readonly columns: readonly (Pick<ReportColumn, 'key' | 'type' | 'unit'> & { readonly title: string })[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly asOf: { readonly position: string; readonly at: string };
  /** Of this position, for what is printed. (Default: none) */
  readonly imprint?: () => Promise<Imprint>;
  /** Rows in parts, as they are read. */
  readonly parts: AsyncIterable<readonly ReportRow[]>;
  readonly separator: Separator;
  /** Whose turn it takes: a person, with all of their programs. */
  readonly party: string;
}

/** The value of a cell in words: of a unit its name, of what is made of several the values with their names. */
export function textOf(row: ReportRow, { key }: Pick<ReportColumn, 'key'>): string {
  return shown(row[`${key}Name`] ?? row[key]);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(shown).join('; ');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .flatMap(([name, one]) => (one === undefined || one === null ? [] : [`${name}: ${shown(one)}`]))
    .join('; ');
}
