import { api, queries } from '../api/client';
import { Seal } from './sealed';
import { readKept } from './values';
import type { Kept } from './values';

const prefix = 'tinhgon-draft-';
const keptForMs = 30 * 24 * 3_600_000;

/** What somebody typed into forms and did not send, sealed in this browser. */
export class KeptDrafts {
  private writes = 0;

  private constructor(
    private readonly seal: Seal,
    private readonly person: string,
  ) {}

  /** Those of whoever is signed in; null where none can be kept. */
  static async open(): Promise<KeptDrafts | null> {
    const { id, draftKey } = await queries.query({ ...api.queryOptions('get', '/api/v1/account'), staleTime: 300_000 });
    if (draftKey === null) return null;
    forgetOld();
    return new KeptDrafts(await Seal.of(draftKey), id);
  }

  async read(name: string): Promise<Kept> {
    const [, sealed] = (localStorage.getItem(this.placeOf(name)) ?? '').split('.');
    return readKept(sealed === undefined ? null : await this.seal.open(this.placeOf(name), sealed));
  }

  /** @returns whether it is kept: a browser may be full, or keep nothing at all */
  async write(name: string, kept: Kept): Promise<boolean> {
    const turn = ++this.writes;
    const sealed = await this.seal.close(this.placeOf(name), JSON.stringify(kept));
    // What was typed after it is sealed already, or it was dropped meanwhile.
    if (turn !== this.writes) return true;
    try {
      localStorage.setItem(this.placeOf(name), `${String(Date.now())}.${sealed}`);
      return true;
    } catch {
      return false;
    }
  }

  drop(name: string): void {
    this.writes++;
    localStorage.removeItem(this.placeOf(name));
  }

  private placeOf(name: string): string {
    return `${prefix}${this.person}-${name}`;
  }
}

/** Whoever they were of. */
function forgetOld(): void {
  const drafts = Object.keys(localStorage).filter((place) => place.startsWith(prefix));
  for (const place of drafts) {
    const at = Number((localStorage.getItem(place) ?? '').split('.')[0]);
    if (!(Date.now() - at < keptForMs)) localStorage.removeItem(place);
  }
}
