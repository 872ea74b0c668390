import { setImmediate as turn } from 'node:timers/promises';
import type { Directory, Person } from '#identity';
import { PaperTooLong, builtInTemplate, decidingUnit, everyPaper, fillTemplate, markOf, noteOf, ownerOf, paperProcedure, piecesIn, readTemplateOf } from '#reporting'; // prettier-ignore
import type { LaidPaper, Paper, PaperFacts } from '#reporting';
import type { AuthorityPolicy, Definitions } from '#workflow';
import { Problem } from '../http/problem.js';
import { partiesOf } from '../http/shared-places.js';
import { laidOutInTurn } from '../own-thread.js';
import type { Imprint } from '../proofs/imprints.js';
import type { PaperToLayOut } from './layout.js';
import type { PaperMoment } from './paper-moments.js';
import { PaperSelection, decisionIn } from './paper-selection.js';
import type { PaperQuery } from './papers.dto.js';

/** More makes a paper that nobody reads, and takes more time and memory than one person may have. */
const most = { characters: 5_000_000, pieces: 30_000 } as const;

/** A paper as a file. */
interface PaperFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** By whom a paper is asked for, and as of when. */
interface PaperAsked {
  readonly by: Person;
  readonly moment: PaperMoment;
  /** What is printed of the log at a position, decimal. */
  readonly imprintAt: (position: string) => Promise<Imprint>;
  readonly stillMay: () => Promise<void>;
}

/** Makes official papers of what procedures say, as they stand or stood. */
export class Papers {
  constructor(
    private readonly selection: PaperSelection,
    private readonly definitions: Definitions,
    private readonly directory: Directory,
  ) {}

  /**
   * The paper for whoever asks, when it is their turn.
   * @param stillMay What is asked then of whoever asked. @throws Problem, TooBusy
   */
  async write(paper: Paper, query: PaperQuery, { by, moment, imprintAt, stillMay }: PaperAsked): Promise<PaperFile> {
    let name: string = paper.kind;
    // However many programs somebody has, they get one turn in each round.
    const bytes = await laidOutInTurn(partiesOf(by)[0], new URL('./paper-worker.js', import.meta.url), async () => {
      await turn();
      await stillMay();
      const facts = await this.factsOf(paper, query, this.directory.person(by.id) ?? by, moment);
      name = fileName(paper.fileName(facts));
      const { line, code } = await imprintAt(facts.asOf.position);
      return { paper: this.laid(paper, facts, { wording: moment.wording, sealed: line }), code } satisfies PaperToLayOut;
    });
    return { name, bytes };
  } // prettier-ignore

  private laid(
    paper: Paper,
    facts: PaperFacts,
    { wording, sealed }: Pick<PaperMoment, 'wording'> & { readonly sealed: string },
  ): LaidPaper {
    const read = readTemplateOf(paper.kind, wording.text ?? builtInTemplate(paper.kind));
    if (!read.ok) throw new Error(`The template of ${paper.kind} is broken: ${JSON.stringify(read.faults)}`);
    const laid = filled(() =>
      fillTemplate(read.template, paper.placeholders, { facts, mark: markOf(facts.procedures), note: `${noteOf(facts.asOf)} ${sealed}` }),
    );
    if (piecesIn(laid) > most.pieces) throw tooLong(`${String(most.pieces)} lines and cells`, `${String(most.pieces)} dòng và ô`);
    return laid;
  }

  private async factsOf(paper: Paper, query: PaperQuery, by: Person, { asOf, position, tree }: PaperMoment): Promise<PaperFacts> {
    const units = await tree();
    const about = { id: query.option, ...(paper.selectedBy === 'approval' && { decision: decisionIn(query) }), isSinceReview: paper.selectedBy === undefined };
    const owned: { readonly procedure: PaperFacts['procedures'][number]; readonly policy: AuthorityPolicy }[] = [];
    let characters = 0;
    let newest = BigInt(asOf.position);
    for await (const { id, state, position: of } of this.selection.of(paper, query, { by, position, tree: units })) {
      const procedure = paperProcedure(id, state, units, about);
      if (query.option !== undefined && !procedure.option) throw new Problem('invalid-query', { errors: [{ path: 'option', message: 'is not an option of the procedure', vi: 'không phải là phương án của thủ tục' }] });
      characters += JSON.stringify([procedure.parts, procedure.options]).length;
      if (characters > most.characters) throw tooLong(`${String(most.characters)} characters`, `${String(most.characters)} ký tự`);
      // The log was read to its end, and the paper may be fresher than the view.
      if (of > newest) newest = of;
      const { authority } = await this.definitions.lifecycle(state.definition.id, state.definition.version);
      owned.push({ procedure, policy: await this.definitions.authority(authority.id, authority.version) });
    }
    const procedures = owned.map(({ procedure }) => procedure);
    return {
      procedures,
      ...{ publisher: decidingUnit('publisher', owned, units), approver: decidingUnit('approver', owned, units), owner: ownerOf(procedures, units) },
      asOf: { ...asOf, position: String(newest) },
    };
  } // prettier-ignore
}

const tooLong = (than: string, vi: string): Problem =>
  new Problem('invalid-query', { errors: [{ path: '', message: `would hold more than ${than}; ask for fewer procedures`, vi: `sẽ có hơn ${vi}; hãy chọn ít thủ tục hơn` }] }); // prettier-ignore

/** @throws Problem where it would be too long */
function filled(fill: () => LaidPaper): LaidPaper {
  try {
    return fill();
  } catch (error) {
    if (!(error instanceof PaperTooLong)) throw error;
    throw tooLong(`${String(error.most)} characters`, `${String(error.most)} ký tự`);
  }
}

export const paperNamed = (name: string): Paper => {
  const found = Object.values(everyPaper).find(({ kind }) => kind === name);
  if (!found) throw new Problem('not-found');
  return found;
};

/** What file systems refuse in a name is left out of it. */
function fileName(name: string): string {
  const kept = name.normalize('NFC').replace(/[\p{C}/\\:*?"<>|]+/gu, '-').trim().slice(0, 120); // prettier-ignore
  return `${kept.trim()}.docx`;
}
