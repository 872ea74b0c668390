import type { Directory } from '#identity';
import type { Database } from '#platform';
import { unitsAt } from '#programmes';
import { lastChange } from '#reporting';
import type { PaperFacts, PaperKind, PaperTemplates } from '#reporting';
import type { UnitTree } from '#workflow';
import type { Views } from '../reading/views.js';

/** Views with the past of what papers say, and the tables that say when it changed. */
const pastViews = ['review_results', 'register', 'acts', 'past-units'] as const;
const pastTables = ['acts', 'past_units'] as const;

/** As of when a paper speaks. */
export interface PaperMoment {
  readonly asOf: PaperFacts['asOf'];
  /** Null: of everything as it stands. */
  readonly position: bigint | null;
  /** Its wording; null is the built-in one. */
  readonly wording: { readonly version: number; readonly text: string | null };
  /** The units by which it is written. */
  readonly tree: () => Promise<UnitTree>;
}

/** Finds out what stood around a paper at the moment that somebody asks about: its wording, and the units. */
export class PaperMoments {
  constructor(
    private readonly known: { readonly database: Database; readonly views: Views; readonly directory: Directory },
    private readonly templates: PaperTemplates,
  ) {}

  /** @param now When it is made, and up to where views are read. @throws Problem for a moment that lies ahead */
  async of(kind: PaperKind, asked: string | undefined, now: PaperFacts['asOf']): Promise<PaperMoment> {
    const { database, views, directory } = this.known;
    const wordings = await this.templates.versions(kind);
    if (asked === undefined) return { asOf: now, position: null, wording: wordings.at(-1) ?? builtIn, tree: () => Promise.resolve(directory.units()) };
    const moment = await views.momentOf(asked, pastViews);
    const wording = wordings.findLast(({ position, recordedAt }) => 'position' in moment ? position <= moment.position : Date.parse(recordedAt) <= moment.time.getTime());
    const changes = [await lastChange(database, pastTables, moment), wording && { position: wording.position, at: new Date(wording.recordedAt) }];
    const last = changes.reduce((newest, one) => (one && one.position >= (newest?.position ?? 0n) ? one : newest), null);
    const position = 'position' in moment ? moment.position : (last?.position ?? 0n);
    const stoodAt = 'time' in moment ? moment.time : (last?.at ?? new Date(0));
    return {
      asOf: { position: String(position), at: now.at, stoodAt: stoodAt.toISOString() },
      position,
      wording: wording ?? builtIn,
      tree: () => unitsAt(database, position),
    };
  } // prettier-ignore
}

const builtIn = { version: 0, text: null } as const;
