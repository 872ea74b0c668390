import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { registerExportSchema } from './register-schema.js';

const read = (file: string): unknown => JSON.parse(readFileSync(`docs/${file}`, 'utf8'));

describe('The schema of an export', () => {
  it('is the one in docs, which `npm run openapi` writes from the description of the API', () => {
    expect(registerExportSchema(read('openapi.json') as Parameters<typeof registerExportSchema>[0])).toEqual(
      read('register-export.schema.json'),
    );
  });
});
