import type { Locator, Page } from 'playwright-core';
import { settled } from '../../support/browser.js';
import { attributes, fill, send } from './filling.js';
import type { Filled } from './filling.js';
import type { Visitor } from './visitor.js';

/** What a decision to publish is filled in with. */
export const decision: Filled = {
  'decision.number': '34/QĐ-HQ',
  'decision.date': '10/11/2025',
  'decision.effectiveDate': '01/12/2025',
  'decision.signer': 'Đỗ Văn Duyệt',
};

/** The page of one procedure: where it stands, and what may be done with it. */
export class ProcedurePage {
  private readonly page: Page;

  constructor(private readonly visitor: Visitor) {
    this.page = visitor.page;
  }

  async open(id: string): Promise<void> {
    await this.visitor.open(`/procedures/${id}`);
  }

  /** Waits until the page shows that stage. */
  async stands(stage: string): Promise<void> {
    await this.page.locator(`[data-stage="${stage}"]`).waitFor();
    await settled(this.page);
  }

  action(name: string): Locator {
    return this.page.locator(`[data-action="${name}"]`);
  }

  offered(): Promise<readonly (string | null)[]> {
    return attributes(this.page.locator('[data-action]'), 'data-action');
  }

  /** Why the rest may not be done. */
  async closed(): Promise<string> {
    await this.page.getByText(/^Việc chưa làm được/).click();
    return this.page.locator('details', { has: this.page.getByText(/^Việc chưa làm được/) }).innerText();
  }

  /** Opens the form of an action. */
  async begin(action: string): Promise<Locator> {
    await this.action(action).click();
    const form = this.page.getByRole('main').locator('form', { has: this.page.locator('button[type=submit]') });
    await form.waitFor();
    return form;
  }

  /** Does an action from its form to what the page shows then. */
  async act(action: string, filled: Filled, stage: string): Promise<void> {
    const form = await this.begin(action);
    await fill(form, filled);
    await send(form);
    await form.waitFor({ state: 'detached' });
    await this.stands(stage);
  }

  /** Reads how it came there. */
  async history(): Promise<void> {
    await this.page.getByRole('main').getByRole('link', { name: 'Lịch sử', exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: /^Lịch sử/ }).waitFor();
    await settled(this.page);
  }
}
