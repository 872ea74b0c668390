import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { workbookOf } from '#sheets';
import { readScenario, scenarioContent } from './scenario.js';
import { reportSheetOf } from './report-sheet.js';
import { csvOf } from './scenario-sheets.js';

describe('The figures of a report in a spreadsheet', () => {
  it('say what the file of the scenario says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-'));
    const scenario = await readScenario('navy-2022-2025');
    const sheet = reportSheetOf(await scenarioContent('navy-2022-2025'));
    await writeFile(join(folder, 'report.xlsx'), await workbookOf([sheet]));
    await writeFile(join(folder, 'report.csv'), csvOf(sheet));
    for (const name of ['report.xlsx', 'report.csv']) expect(await readScenario(join(folder, name))).toEqual(scenario);
  });

  it('are told from sheets of other kinds, and from lines of no section', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-'));
    const read = async (text: string): Promise<unknown> => {
      await writeFile(join(folder, 'a.csv'), text);
      return readScenario(join(folder, 'a.csv'));
    };
    await expect(read('title,code\nx,1\n')).rejects.toThrow('--kind procedures');
    await expect(read('section,name\ncolour,x\n')).rejects.toThrow('Line 2 is of no section');
  });
});
