import type { Locator, Page } from 'playwright-core';
import { settled } from '../../support/browser.js';
import { attributes } from './filling.js';
import type { Visitor } from './visitor.js';

/** What happened to a procedure, and how it stood at any moment. */
export class HistoryPage {
  private readonly page: Page;

  constructor(private readonly visitor: Visitor) {
    this.page = visitor.page;
  }

  async open(id: string): Promise<void> {
    await this.visitor.open(`/procedures/${id}/history`);
  }

  /** What happened, the newest first. */
  events(): Promise<readonly (string | null)[]> {
    return attributes(this.page.locator('[data-event]'), 'data-event');
  }

  /** The newest record of that kind. */
  entry(event: string): Locator {
    return this.page.locator(`[data-event="${event}"]`).first();
  }

  /** Draws the slider to a revision. */
  async travel(revision: number): Promise<void> {
    await this.page.getByRole('slider', { name: 'Bản được xem' }).fill(String(revision));
    await this.page.locator('[data-past="true"]').waitFor();
    await settled(this.page);
  }

  /** How it stood then. */
  get past(): Locator {
    return this.page.locator('[data-past="true"]');
  }
}
