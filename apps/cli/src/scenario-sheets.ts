import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workbookOf } from '#sheets';
import type { SheetFormat, WrittenSheet } from '#sheets';
import type { ApiClient } from './client.js';
import { serviceAmong, spread } from './import.js';
import type { People, UnitRef } from './people.js';
import { sampleBody } from './samples.js';
import { reportSheetOf, sheetOf } from './report-sheet.js';
import { readScenario, scenarioContent } from './scenario.js';
import type { Scenario } from './scenario.js';
import { say } from './terminal.js';

/** Byte order mark: without it spreadsheets take the text for another encoding. */
const mark = '\uFEFF';

/**
 * Writes a scenario as sheets: one of each kind of import that holds something of it, its procedures as they are registered and the values of its
 * indicators, with units by the names that the server knows them by; and all of its figures in one, which is played as the scenario itself is.
 */
export async function writeScenarioSheets(
  api: ApiClient,
  people: People,
  fileOrName: string,
  { as, out }: { readonly as: SheetFormat; readonly out: string },
): Promise<void> {
  const [scenario, units] = [await readScenario(fileOrName), await people.knownUnits(api)];
  await mkdir(out, { recursive: true });
  const write = async (sheet: WrittenSheet, what: string): Promise<void> => {
    const file = join(out, `${sheet.name}.${as}`);
    await writeFile(file, as === 'xlsx' ? await workbookOf([sheet]) : csvOf(sheet));
    say(`${file}: ${sheet.rows.length} rows ${what}`);
  };
  await write(procedures(scenario, units), 'for --kind procedures');
  await write(indicators(scenario, units), 'for --kind indicators');
  await write(reportSheetOf(await scenarioContent(fileOrName)), 'that say all of the scenario');
}

function procedures(scenario: Scenario, units: readonly UnitRef[]): WrittenSheet {
  const rows = spread(scenario, units).map((sample) => {
    const row = new Map<string, string>();
    put(row, '', sampleBody(sample, 'register'));
    return row.set('owningUnit', nameOf(sample.owner, units));
  });
  return sheetOf('procedures', rows);
}

function indicators({ indicators: listed, year }: Scenario, units: readonly UnitRef[]): WrittenSheet {
  const unit = nameOf(serviceAmong(units), units);
  const rows = listed.map(({ code, value }) => new Map(Object.entries({ indicator: code, unit, period: year, value: String(value) })));
  return sheetOf('indicators', rows);
}

/** Each field by its path; texts of a list stand in one cell, each on a line. */
function put(row: Map<string, string>, path: string, value: unknown): void {
  if (Array.isArray(value)) row.set(path, value.join('\n'));
  else if (typeof value === 'object' && value !== null)
    for (const [name, below] of Object.entries(value)) put(row, path === '' ? name : `${path}.${name}`, below);
  else if (typeof value === 'string' || typeof value === 'number') row.set(path, String(value));
}

/** Its name where that is its own, else its id. */
const nameOf = ({ id, name }: Pick<UnitRef, 'id' | 'name'>, units: readonly UnitRef[]): string =>
  units.filter((one) => one.name === name).length === 1 ? name : id;

export function csvOf({ header, rows }: WrittenSheet): string {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `${mark}${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
