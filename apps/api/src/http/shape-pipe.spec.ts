import { describe, expect, it } from '@jest/globals';
import type { ArgumentMetadata } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import { Problem, toDocument } from './problem.js';
import { NestedList, OfficialCode, Optional, Text, Whole } from './shape.js';
import { ShapePipe } from './shape-pipe.js';

class Line {
  @Text(5)
  readonly label: string;

  @Optional()
  @Whole({ least: 1, most: 9 })
  readonly count?: number;
}

class Form {
  @NestedList(() => Line, { most: 100 })
  readonly lines: Line[];

  @Optional()
  @IsUUID(undefined, { each: true })
  readonly units?: string[];

  @Optional()
  @OfficialCode()
  readonly code?: string;
}

interface Document {
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly moreErrors?: number;
}

const body: ArgumentMetadata = { type: 'body', metatype: Form };
const read = (value: unknown): unknown => new ShapePipe().transform(value, body);
function refusal(value: unknown, language = 'en'): Document {
  try {
    read(value);
  } catch (error) {
    if (error instanceof Problem) return toDocument(error, language) as Document;
  }
  throw new Error('It was not refused.');
}

describe('The shape of a body', () => {
  it('is that of its class, with ids in lower case', () => {
    const unit = 'ABCDEF00-0000-4000-8000-00000000000A';
    const form = read({ lines: [{ label: 'một', count: 1 }], units: [unit] });
    expect(form).toEqual({ lines: [{ label: 'một', count: 1 }], units: [unit.toLowerCase()] });
    expect(form).toBeInstanceOf(Form);
  });

  it('tells of each wrong field once, in words', () => {
    const { errors } = refusal({
      lines: [{}, { label: ' ' }, { label: 'quá dài', count: 0 }, { label: 7, colour: 'red' }, 8],
      units: ['a', 'b'],
    });
    expect(errors).toEqual([
      { path: 'lines', message: 'each must be an object' },
      { path: 'units', message: 'each must be a UUID' },
    ]);
    expect(refusal({ lines: [{}, { label: ' ' }, { label: 'quá dài', count: 0 }, { label: 7, colour: 'red' }] }).errors).toEqual([
      { path: 'lines.0.label', message: 'is required' },
      { path: 'lines.1.label', message: 'must not be blank' },
      { path: 'lines.2.label', message: 'must have at most 5 characters' },
      { path: 'lines.2.count', message: 'must be at least 1' },
      { path: 'lines.3.colour', message: 'is not a field here' },
      { path: 'lines.3.label', message: 'must be text' },
    ]);
  });

  it('says of what was sent what is wrong with it', () => {
    const wrong = refusal({ lines: [], code: 'x'.repeat(200) }).errors[0]?.message;
    expect(wrong).toMatch(/./);
    expect(refusal({ lines: [], code: 7 }).errors[0]?.message).not.toBe(wrong);
  });

  it('lists the first 20 faults and says how many more there are', () => {
    const flood = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`f${String(index)}`, {}]));
    const { errors, moreErrors, detail } = refusal(flood);
    expect(errors).toHaveLength(20);
    expect(moreErrors).toBe(30_001 - 20);
    expect(detail).toBe('f0 is not a field here. There are 29981 more faults that are not listed.');
    expect(refusal(flood, 'vi').detail).toContain('Còn 29981 lỗi khác');
  });

  it('is not looked at below a field that is not known or in a list that is too long', () => {
    let looked = 0;
    const item = { get label(): string { looked++; return ''; } }; // prettier-ignore
    expect(refusal({ lines: Array(101).fill(item), other: [item] }).errors).toEqual([
      { path: 'other', message: 'is not a field here' },
      { path: 'lines', message: 'must have at most 100 items' },
    ]);
    expect(looked).toBe(0);
  });

  it('repeats no more of a name than can be read', () => {
    const { errors, detail } = refusal({ ['x'.repeat(10_000)]: 1, lines: [] });
    expect([errors[0]?.path.length, detail.length < 300]).toEqual([201, true]);
  });

  it.each([[[]], ['text'], [7]])('is an object, not %j', (value) => {
    expect(refusal(value).errors).toEqual([{ path: '', message: 'must be a JSON object' }]);
  });
});
