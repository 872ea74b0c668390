import type { Page } from 'playwright-core';
import { choose, fill, send } from './filling.js';
import type { Visitor } from './visitor.js';

/** Who may act for whom. */
export class DelegationsPage {
  private readonly page: Page;

  constructor(private readonly visitor: Visitor) {
    this.page = visitor.page;
  }

  async open(): Promise<void> {
    await this.visitor.go('Ủy quyền');
  }

  /** Lets somebody act for another from today on. @param actions Names, such as `publish` */
  async make(from: string, to: string, actions: readonly string[], endsOn: string): Promise<void> {
    await this.page.locator('[data-action="delegate"]').click();
    const form = this.page.getByRole('form', { name: 'Lập ủy quyền' });
    for (const [field, name] of [
      ['Người ủy quyền', from],
      ['Người làm thay', to],
    ] as const) {
      await choose(form.getByRole('combobox', { name: field }), name);
    }
    await fill(form, { actions: 'some' });
    await fill(form, { ...Object.fromEntries(actions.map((action) => [`some.${action}`, true as const])), endsOn, reason: 'Đi công tác.' });
    await send(form);
    await this.visitor.main().getByRole('row').filter({ hasText: from }).filter({ hasText: to }).waitFor();
  }
}
