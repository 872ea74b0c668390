import type { Block, LaidPaper, Paragraph, Run } from './laid-paper.js';
import type { LineStyle, SectionName, Template, TemplateLine } from './template.js';

/** What a placeholder of a paper stands for. */
type Placeholder<Facts> = { readonly title: { readonly vi: string; readonly en: string } } & (
  { readonly text: (facts: Facts) => string } | { readonly blocks: (facts: Facts) => readonly Block[] }
);
export type Placeholders<Facts> = Readonly<Record<string, Placeholder<Facts>>>;

const looks: Readonly<Record<LineStyle, Omit<Paragraph, 'runs' | 'kind'> & { readonly run: Omit<Run, 'text'> }>> = {
  plain: { indented: true, run: {} },
  heading: { align: 'center', withNext: true, run: { bold: true } },
  subheading: { align: 'center', withNext: true, run: { italic: true } },
  italic: { indented: true, run: { italic: true } },
};

/** Of a paper, outside its tables: five hundred pages. */
const mostFilled = 1_000_000;

/** What the placeholders of a template stand for is more than a paper may hold. */
export class PaperTooLong extends Error {
  override readonly name = 'PaperTooLong';
  readonly most = mostFilled;
}

/** The paper as the template words it, with what the placeholders stand for. What somebody recorded is text wherever it stands, whatever it looks like. @throws PaperTooLong */
export function fillTemplate<Facts>(
  { sections, annexes }: Template,
  placeholders: Placeholders<Facts>,
  { facts, mark, note }: { readonly facts: Facts; readonly mark: string | null; readonly note: string },
): LaidPaper {
  const texts = new Map<string, string>();
  const textOf = (name: string): string => {
    const known = texts.get(name);
    if (known !== undefined) return known;
    const placeholder = placeholders[name];
    const text = placeholder && 'text' in placeholder ? placeholder.text(facts) : '';
    texts.set(name, text);
    return text;
  };
  const pieces = [...Object.values(sections), ...annexes.map(({ lines }) => lines)].flat().flatMap((line) => line.pieces);
  let filled = 0;
  for (const piece of pieces) {
    filled += 'text' in piece ? piece.text.length : textOf(piece.name).length;
    if (filled > mostFilled) throw new PaperTooLong(`A paper has ${String(mostFilled)} characters at most.`);
  }
  const runsOf = ({ pieces, style }: TemplateLine): readonly Run[] =>
    pieces.map((piece) => ({
      ...looks[style].run,
      text: 'text' in piece ? piece.text : textOf(piece.name),
      ...(piece.bold && { bold: true }),
    }));
  const blocksOf = (line: TemplateLine): readonly Block[] => {
    const [piece] = line.pieces;
    if (!piece) return [];
    const placeholder = 'name' in piece ? placeholders[piece.name] : undefined;
    if (placeholder && 'blocks' in placeholder) return placeholder.blocks(facts);
    const { run, ...look } = looks[line.style];
    return [{ kind: 'paragraph', runs: runsOf(line).map((one) => ({ ...run, ...one })), ...look }];
  };
  const isBlock = (line: TemplateLine | undefined): boolean => {
    const [piece] = line?.pieces ?? [];
    const placeholder = piece && 'name' in piece ? placeholders[piece.name] : undefined;
    return placeholder !== undefined && 'blocks' in placeholder;
  };
  /** What stands above a table stays with it. */
  const allOf = (lines: readonly TemplateLine[]): readonly Block[] =>
    lines.flatMap((line, at) => {
      const blocks = blocksOf(line);
      return isBlock(lines[at + 1]) && !isBlock(line) ? blocks.map((block) => ({ ...block, withNext: true })) : blocks;
    });
  const linesOf = (name: SectionName): readonly string[] => (sections[name] ?? []).map((line) => runsOf(line).map(({ text }) => text).join('')); // prettier-ignore
  return {
    head: {
      issuer: [...linesOf('above'), ...linesOf('issuer')].filter((line) => line.trim() !== ''),
      ...{ number: linesOf('number').join(' '), place: linesOf('place').join(' '), mark },
    },
    ...{
      title: linesOf('title'),
      body: allOf(sections.body ?? []),
      recipients: linesOf('recipients'),
      signer: linesOf('signer'),
    },
    annexes: annexes.map(({ isLandscape, lines }) => ({ isLandscape, blocks: allOf(lines) })),
    note,
  };
}
