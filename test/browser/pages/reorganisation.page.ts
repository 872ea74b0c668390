import type { Locator } from 'playwright-core';
import { settled } from '../../support/browser.js';
import { choose, send } from './filling.js';
import type { Visitor } from './visitor.js';

/** Reorganisations: what is planned, and the form that plans one or amends it. */
export class ReorganisationPage {
  constructor(private readonly visitor: Visitor) {}

  async begin(act: 'plan-reorganisation' | 'amend-reorganisation'): Promise<Locator> {
    await this.visitor.main().locator(`[data-action="${act}"]`).click();
    const form = this.visitor.main().getByRole('form').first();
    await form.waitFor();
    return form;
  }

  /** Chooses what is offered under that name in a field that is known by its path. */
  async choose(path: string, sought: string, name = sought): Promise<void> {
    await choose(this.visitor.main().locator(`[id="field-${path}"]`), sought, name);
  }

  /** What the plan would move, once it was looked at; a row for each step. */
  async look(form: Locator): Promise<readonly string[]> {
    await send(form);
    const rows = this.visitor.main().getByRole('table', { name: 'Sẽ chuyển' }).locator('tbody tr');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((row) => row.replace(/\s+/g, ' '));
  }

  async confirm(name: string): Promise<void> {
    await this.visitor.main().getByRole('button', { name, exact: true }).click();
  }

  /** What becomes of whom, as the plan stands. */
  async steps(): Promise<readonly string[]> {
    await settled(this.visitor.page);
    return this.visitor.main().locator('[data-step] > td:first-child').allInnerTexts();
  }
}
