import { describe, expect, it } from '@jest/globals';
import { specification } from '#event-store/testing';
import { builtInTemplate, everyPaper, readTemplateOf } from './every-paper.js';
import { paperKinds } from './paper.js';
import { PaperTooLong, fillTemplate } from './fill-template.js';
import { mostOfTemplate, readTemplate } from './template.js';
import { templateVersions } from './template-versions.js';

const known = { signer: { isBlock: false }, list: { isBlock: true } };
const whole = '[issuer]\nBỘ QUỐC PHÒNG\n[title]\nQUYẾT ĐỊNH\n[body]\n';
const faultsOf = (text: string): readonly string[] => {
  const read = readTemplate(text, known);
  return read.ok ? [] : read.faults.map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);
};

describe('The template of a paper', () => {
  it.each(paperKinds)('is built in, and whole: %s', (kind) => {
    const read = readTemplateOf(kind, builtInTemplate(kind));
    expect(read.ok ? [] : read.faults).toEqual([]);
    expect(Object.keys(everyPaper[kind].placeholders).length).toBeGreaterThan(0);
  });

  it('may hold sections, marks and placeholders', () => {
    const read = readTemplate(`${whole}~ Căn cứ;\n**Điều 1.** Giao {{ signer }}.\n{{list}}\n[annex landscape]\n# PHỤ LỤC`, known);
    expect(read).toMatchObject({
      ok: true,
      template: {
        sections: {
          body: [
            { style: 'italic', pieces: [{ text: 'Căn cứ;' }] },
            {
              style: 'plain',
              pieces: [{ text: 'Điều 1.', bold: true }, { text: ' Giao ', bold: false }, { name: 'signer' }, { text: '.' }],
            },
            { style: 'plain', pieces: [{ name: 'list' }] },
          ],
        },
        annexes: [{ isLandscape: true, lines: [{ style: 'heading' }] }],
      },
    });
  });

  it.each([
    ['a placeholder that there is not', '{{ signer }} {{name}}', '6:14 {{name}} is no placeholder of this paper'],
    ['a name that objects have', '{{constructor}}', '6:1 {{constructor}} is no placeholder of this paper'],
    ['a brace that is not closed', 'Giao {{signer', '6:6 {{ is not closed on this line'],
    ['one within another', '{{signer {{signer}}', '6:1 {{ is not closed on this line'],
    ['a brace that closes nothing', 'x}}', '6:2 }} closes nothing'],
    ['words in bold without an end', '**Điều 1.', '6:1 ** is not closed on this line'],
    [
      'a table within a sentence',
      'Danh mục: {{list}}',
      '6:1 {{list}} stands for whole blocks and needs a line of its own, in body or annex',
    ],
    [
      'a table beside the signature',
      'x\n[signer]\n{{list}}',
      '8:1 {{list}} stands for whole blocks and needs a line of its own, in body or annex',
    ],
    ['a table twice', '{{list}}\n{{list}}', '7:1 {{list}} is there already'],
    ['a section twice', 'x\n[title]', '7:1 the section [title] is there already'],
    ['control characters', 'a\u0007b', '6:2 holds a control character'],
  ])('is refused with its place for %s', (_, text, fault) => {
    expect(faultsOf(`${whole}${text}`)).toContain(fault);
  });

  it('is refused where a section is missing, unknown, or nothing has begun', () => {
    expect(faultsOf('Xin chào\n[thân]')).toEqual([
      '1:1 stands before the first section',
      expect.stringMatching(/^2:1 "\[thân\]" is no section/),
      ...['issuer', 'title', 'body'].map((name) => `2:1 the section [${name}] is missing or empty`),
    ]);
    expect(faultsOf('')).toHaveLength(3);
  });

  it('is refused beyond its bounds before it is read', () => {
    expect(faultsOf('x'.repeat(mostOfTemplate.characters + 1))).toEqual([expect.stringContaining('1:1 holds more than')]);
    expect(faultsOf(`${whole}x\n${'[annex]\n'.repeat(11)}`)).toEqual(['17:1 is one annex more than 10']);
    expect(faultsOf(`${whole}${'}}'.repeat(100)}`)).toHaveLength(20);
  });
});

describe('The wordings of a paper', () => {
  const given = specification(templateVersions);
  const replaced = { type: 'PaperTemplateReplaced', data: { version: 1, text: 'x', reason: 'mẫu mới' } } as const;

  it('are replaced one after the other, and the built-in one restored', () => {
    given().when({ text: 'x', reason: 'mẫu mới' }).then(replaced);
    given(replaced)
      .when({ text: null, reason: 'nhầm' })
      .then({ type: 'PaperTemplateRestored', data: { version: 2, reason: 'nhầm' } });
  });

  it('are not restored where nothing was replaced', () => {
    given().when({ text: null, reason: 'x' }).thenRejected('wrong-stage');
    given(replaced, { type: 'PaperTemplateRestored', data: { version: 2, reason: 'x' } })
      .when({ text: null, reason: 'x' })
      .thenRejected('wrong-stage');
  });

  it('are not kept without end, and can be given up even then', () => {
    const full = Array.from({ length: 500 }, (_, at) => ({ ...replaced, data: { ...replaced.data, version: at + 1 } }));
    given(...full)
      .when({ text: 'y', reason: 'x' })
      .thenRejected('record-full');
    given(...full)
      .when({ text: null, reason: 'x' })
      .then({ type: 'PaperTemplateRestored', data: { version: 501, reason: 'x' } });
  });
});

describe('A paper', () => {
  it('is refused where the fields of its template stand for more than it may hold, before it is filled', () => {
    const piece = { name: 'title', bold: false };
    const lines = Array.from({ length: 500 }, () => ({ style: 'plain' as const, pieces: [piece, piece] }));
    const title = { vi: 'Tên', en: 'Title' };
    const fill = (length: number): unknown =>
      fillTemplate(
        { sections: { body: lines }, annexes: [] },
        { title: { title, text: () => 'x'.repeat(length) } },
        { facts: {}, mark: null, note: '' },
      );
    expect(() => fill(1_000)).not.toThrow();
    expect(() => fill(1_001)).toThrow(PaperTooLong);
  });
});
