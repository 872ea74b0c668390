import { Graph, layout } from '@dagrejs/dagre';
import type { EdgeLabel, GraphLabel, NodeLabel } from '@dagrejs/dagre';

/** What is to be placed: a box per stage, an arrow per pair of stages. */
export interface Sketch {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

interface Box {
  readonly name: string;
  readonly lines: readonly string[];
  /** Smaller, below the title. */
  readonly notes: readonly string[];
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  /** It is on the main way, which goes straight down. */
  readonly isMain: boolean;
  readonly lines: readonly string[];
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (Box & Placed & { readonly width: number; readonly height: number })[];
  readonly arrows: readonly (Arrow & Placed & { readonly points: readonly Placed[] })[];
}

/** Of a middle. */
interface Placed {
  readonly x: number;
  readonly y: number;
}

export const lineHeight = 17;
export const noteHeight = 14;
/** Of an average letter at 13 and at 11 px; what is a little too wide only leaves room. */
const letter = 7.2;
const smallLetter = 6.2;
const margin = 12;

/** Places boxes and arrows from top to bottom; no words lie on others. */
export function placed({ boxes, arrows }: Sketch): Picture {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'TB', nodesep: 26, edgesep: 14, ranksep: 30, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name, lines, notes } of boxes)
    graph.setNode(name, {
      width: Math.max(widthOf(lines, letter), widthOf(notes, smallLetter)) + 24,
      height: lines.length * lineHeight + notes.length * noteHeight + 18,
    });
  for (const { from, to, lines, isMain } of arrows)
    graph.setEdge(from, to, {
      weight: isMain ? 8 : 1,
      width: widthOf(lines, smallLetter) + 8,
      height: lines.length * noteHeight + 6,
      labelpos: 'c',
    });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: boxes.map((box) => ({ ...box, ...at(graph.node(box.name)), ...sizeOf(graph.node(box.name)) })),
    arrows: arrows.map((arrow) => {
      const edge = graph.edge(arrow.from, arrow.to);
      return { ...arrow, ...at(edge), points: edge.points ?? [] };
    }),
  };
}

const at = ({ x = 0, y = 0 }: { x?: number; y?: number }): Placed => ({ x, y });
const sizeOf = ({ width, height }: NodeLabel): { width: number; height: number } => ({ width, height });
const widthOf = (lines: readonly string[], wide: number): number => Math.max(0, ...lines.map(({ length }) => length * wide));

/** Breaks words into lines of about so many letters. */
export function linesOf(text: string, letters: number): readonly string[] {
  return text
    .split(/\s+/)
    .reduce<readonly string[]>((lines, word) => {
      const last = lines.at(-1) ?? '';
      return lines.length > 0 && last.length + word.length < letters ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
    }, [])
    .map((line) => (line.length > 40 ? `${line.slice(0, 39)}…` : line));
}
