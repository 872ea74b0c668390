import type { Page } from 'playwright-core';
import { settled } from '../../support/browser.js';
import type { Visitor } from './visitor.js';

/** What waits for somebody. */
export class WorklistPage {
  private readonly page: Page;

  constructor(private readonly visitor: Visitor) {
    this.page = visitor.page;
  }

  /** Opens the work on the procedure of that title. */
  async take(title: string): Promise<void> {
    await this.visitor.go('Danh sách việc');
    await this.page.getByRole('main').getByRole('link', { name: title }).first().click();
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await settled(this.page);
  }
}
