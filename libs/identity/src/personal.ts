import { createHmac } from 'node:crypto';
import type { Database } from '#platform';
import { signingKey } from './tokens.js';

/** A page as somebody wants to come back to it. */
export interface SavedView {
  /** UUID, made by the client. */
  readonly id: string;
  readonly page: string;
  readonly name: string;
  /** What stands after the question mark of the address. */
  readonly search: string;
}

/** How somebody likes the screens; what they did not choose is left out. */
export interface Preferences {
  readonly language?: 'vi' | 'en';
  readonly theme?: 'light' | 'dark' | 'system';
  readonly times?: 'relative' | 'absolute';
  readonly letterKeys?: boolean;
}

/** Of one person. */
const mostSavedViews = 100;

/** What people keep for themselves, beside the log: saved views and preferences. Each method is about one person, by id. */
export class Personal {
  private drafts: Promise<Uint8Array> | undefined;

  constructor(private readonly database: Database) {}

  /**
   * 256 bits in base64url, the same for the person in every session: what their browsers keep of what they type is sealed by it, so that
   * nobody reads it there without signing in as that person.
   */
  async draftKey(person: string): Promise<string> {
    // What failed once is tried again.
    this.drafts ??= signingKey(this.database, 'drafts').catch((error: unknown) => {
      this.drafts = undefined;
      throw error;
    });
    return createHmac('sha256', await this.drafts)
      .update(person)
      .digest('base64url');
  }

  /** By name. @param page The page that they are of. (Default: all) */
  async savedViews(person: string, page: string | undefined): Promise<readonly SavedView[]> {
    const { rows } = await this.database.pool.query<SavedView>(
      `SELECT id, page, name, search FROM identity.saved_views WHERE person = $1 AND ($2::text IS NULL OR page = $2) ORDER BY name, saved_at, id`,
      [person, page ?? null],
    );
    return rows;
  }

  /** Saves it, in place of what has its id. False where there would be more than a hundred. */
  async saveView(person: string, { id, page, name, search }: SavedView): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      // One after the other of the same person, so that the count holds.
      await transaction.query('SELECT FROM identity.people WHERE id = $1 FOR UPDATE', [person]);
      const { rows } = await transaction.query<{ others: number }>(
        'SELECT count(*)::integer AS others FROM identity.saved_views WHERE person = $1 AND id <> $2',
        [person, id],
      );
      if ((rows[0]?.others ?? 0) >= mostSavedViews) return false;
      await transaction.query(
        `INSERT INTO identity.saved_views (person, id, page, name, search) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (person, id) DO UPDATE SET page = excluded.page, name = excluded.name, search = excluded.search, saved_at = now()`,
        [person, id, page, name, search],
      );
      return true;
    });
  }

  /** False where the person has none of that id. */
  async removeView(person: string, id: string): Promise<boolean> {
    const { rows } = await this.database.pool.query('DELETE FROM identity.saved_views WHERE person = $1 AND id = $2 RETURNING id', [
      person,
      id,
    ]);
    return rows.length > 0;
  }

  async preferences(person: string): Promise<Preferences> {
    const { rows } = await this.database.pool.query<{ chosen: Preferences }>('SELECT chosen FROM identity.preferences WHERE person = $1', [
      person,
    ]);
    return rows[0]?.chosen ?? {};
  }

  /** In place of all that was chosen before. */
  async prefer(person: string, chosen: Preferences): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO identity.preferences (person, chosen) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET chosen = excluded.chosen`,
      [person, JSON.stringify(chosen)],
    );
  }
}
