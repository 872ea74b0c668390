import { foldLine } from '#platform';

/** Where something in a template is wrong, and why, in both languages. */
export interface TemplateFault {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
  readonly vi: string;
}

/** A piece of a line: text as it is, or a placeholder. */
type Piece = { readonly text: string; readonly bold: boolean } | { readonly name: string; readonly bold: boolean };

/** How a line stands: as a paragraph, in the middle in bold (`# `) or in italics (`> `), or as a paragraph in italics (`~ `). */
export type LineStyle = 'plain' | 'heading' | 'subheading' | 'italic';

export interface TemplateLine {
  readonly style: LineStyle;
  readonly pieces: readonly Piece[];
}

const sectionNames = ['above', 'issuer', 'number', 'place', 'title', 'body', 'recipients', 'signer'] as const;
export type SectionName = (typeof sectionNames)[number];
const needed: readonly SectionName[] = ['issuer', 'title', 'body'];

/** The wording of a paper, once it was read. */
export interface Template {
  readonly sections: Readonly<Partial<Record<SectionName, readonly TemplateLine[]>>>;
  readonly annexes: readonly { readonly isLandscape: boolean; readonly lines: readonly TemplateLine[] }[];
}

export type ReadTemplate =
  { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly faults: readonly TemplateFault[] };

/** Placeholders by name, and whether each stands for whole blocks, which need a line of their own in body or annex. */
export type KnownPlaceholders = Readonly<Record<string, { readonly isBlock: boolean }>>;

/** Most characters and lines of a template, of each line, and most annexes. */
export const mostOfTemplate = { characters: 50_000, lines: 1_000, ofLine: 5_000, annexes: 10 } as const;
const mostFaults = 20;

const sectionLine = /^\[([^\]]*)\]?\s*$/;
const styles: readonly (readonly [string, LineStyle])[] = [['# ', 'heading'], ['> ', 'subheading'], ['~ ', 'italic']]; // prettier-ignore

/** Reads the wording of a paper. What is wrong with it is told with its place, at most twenty faults. */
export function readTemplate(text: string, known: KnownPlaceholders): ReadTemplate {
  const lines = text.normalize('NFC').replace(/^\uFEFF/, '').split(/\r\n|\r|\n/); // prettier-ignore
  const faults: TemplateFault[] = [];
  const fault = (line: number, column: number, message: string, vi: string): void => {
    if (faults.length < mostFaults) faults.push({ line: line + 1, column: column + 1, message, vi });
  };
  if (text.length > mostOfTemplate.characters || lines.length > mostOfTemplate.lines) {
    fault(0, 0, `holds more than ${String(mostOfTemplate.characters)} characters or ${String(mostOfTemplate.lines)} lines`, `dài hơn ${String(mostOfTemplate.characters)} ký tự hoặc ${String(mostOfTemplate.lines)} dòng`);
    return { ok: false, faults };
  }
  const sections = new Map<SectionName, TemplateLine[]>();
  const annexes: { readonly isLandscape: boolean; readonly lines: TemplateLine[] }[] = [];
  const blocks = new Set<string>();
  let open: { readonly lines: TemplateLine[]; readonly takesBlocks: boolean } | undefined;
  for (const [at, line] of lines.entries()) {
    const hidden = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.exec(line.replaceAll('\t', ' '));
    if (hidden) fault(at, hidden.index, 'holds a control character', 'có ký tự điều khiển');
    if (line.length > mostOfTemplate.ofLine) fault(at, 0, `is longer than ${String(mostOfTemplate.ofLine)} characters`, `dài hơn ${String(mostOfTemplate.ofLine)} ký tự`);
    const [, name] = sectionLine.exec(line) ?? [];
    if (name !== undefined) open = begun(at, foldLine(name));
    else if (open) open.lines.push(readLine(at, line, open.takesBlocks));
    else if (line.trim() !== '') fault(at, 0, 'stands before the first section', 'đứng trước phần đầu tiên');
  }
  for (const name of needed)
    if (!sections.get(name)?.some(({ pieces }) => pieces.length > 0)) fault(lines.length - 1, 0, `the section [${name}] is missing or empty`, `thiếu phần [${name}] hoặc phần này trống`);
  if (faults.length > 0) return { ok: false, faults };
  const trimmed = [...sections].map(([name, all]) => [name, withoutBlankEnds(all)] as const);
  return { ok: true, template: { sections: Object.fromEntries(trimmed), annexes: annexes.map((annex) => ({ ...annex, lines: withoutBlankEnds(annex.lines) })) } };

  function begun(at: number, name: string): typeof open {
    const own: TemplateLine[] = [];
    const section = sectionNames.find((one) => one === name);
    if (name === 'annex' || name === 'annex landscape') {
      if (annexes.length >= mostOfTemplate.annexes) fault(at, 0, `is one annex more than ${String(mostOfTemplate.annexes)}`, `quá ${String(mostOfTemplate.annexes)} phụ lục`);
      else annexes.push({ isLandscape: name !== 'annex', lines: own });
    } else if (!section) fault(at, 0, `"[${name.slice(0, 50)}]" is no section; there are ${sectionNames.join(', ')}, annex and annex landscape`, `"[${name.slice(0, 50)}]" không phải là phần của mẫu`);
    else if (sections.has(section)) fault(at, 0, `the section [${section}] is there already`, `phần [${section}] đã có`);
    else sections.set(section, own);
    return { lines: own, takesBlocks: section === undefined || section === 'body' };
  }

  function readLine(at: number, line: string, takesBlocks: boolean): TemplateLine {
    const [mark, style] = styles.find(([sign]) => line.startsWith(sign)) ?? ['', 'plain' as const];
    const pieces: Piece[] = [];
    let bold = false;
    let boldAt = 0;
    let from = mark.length;
    const add = (text: string): void => {
      if (text !== '') pieces.push({ text: text.replaceAll('\t', ' '), bold });
    };
    for (const { index, 0: sign } of line.matchAll(/\*\*|\{\{|\}\}/g)) {
      if (index < from) continue;
      add(line.slice(from, index));
      from = index + sign.length;
      if (sign === '**') {
        bold = !bold;
        boldAt = index;
      } else if (sign === '}}') fault(at, index, '}} closes nothing', '}} không có dấu mở');
      else from = placeholder(at, line, index, (name) => pieces.push({ name, bold })) ?? line.length;
    }
    add(line.slice(from));
    if (bold) fault(at, boldAt, '** is not closed on this line', '** không được đóng trên cùng dòng');
    const block = pieces.find((piece) => 'name' in piece && known[piece.name]?.isBlock === true);
    if (block && 'name' in block && (!takesBlocks || pieces.some((piece) => piece !== block && ('name' in piece || piece.text.trim() !== ''))))
      fault(at, 0, `{{${block.name}}} stands for whole blocks and needs a line of its own, in body or annex`, `{{${block.name}}} phải đứng riêng một dòng, trong phần body hoặc annex`);
    if (block && 'name' in block) {
      // What is long stands in a paper once.
      if (blocks.has(block.name)) fault(at, 0, `{{${block.name}}} is there already`, `{{${block.name}}} đã có ở trên`);
      blocks.add(block.name);
    }
    return { style, pieces: block ? [block] : pieces };
  }

  /** Where the line goes on; null where it cannot. */
  function placeholder(at: number, line: string, index: number, found: (name: string) => void): number | null {
    const end = line.indexOf('}}', index);
    const next = line.indexOf('{{', index + 2);
    if (end === -1 || (next !== -1 && next < end)) {
      fault(at, index, '{{ is not closed on this line', '{{ không được đóng trên cùng dòng');
      return next === -1 ? null : next;
    }
    const name = line.slice(index + 2, end).trim();
    if (Object.hasOwn(known, name)) found(name);
    else fault(at, index, `{{${name.slice(0, 50)}}} is no placeholder of this paper`, `{{${name.slice(0, 50)}}} không phải là trường của mẫu này`);
    return end + 2;
  }
} // prettier-ignore

const isEmpty = ({ pieces }: TemplateLine): boolean => pieces.every((piece) => 'text' in piece && piece.text.trim() === '');

function withoutBlankEnds(lines: readonly TemplateLine[]): readonly TemplateLine[] {
  const first = lines.findIndex((line) => !isEmpty(line));
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isEmpty(line)) + 1);
} // prettier-ignore
