import type { Locator, Page } from 'playwright-core';
import { settled } from '../../support/browser.js';
import { fill, send } from './filling.js';
import type { Filled } from './filling.js';
import type { Visitor } from './visitor.js';

/** All that a publication needs. */
export const wholeParts: Filled = {
  'parts.steps': 'Nộp hồ sơ; thẩm tra; trả kết quả.',
  'parts.manners.0.way': 'Trực tiếp',
  'parts.manners.0.timeLimit.amount': '5',
  'parts.documents.0.name': 'Đơn đề nghị',
  'parts.subjects': 'Đơn vị trực thuộc',
  'parts.agencies.0.name': 'Văn phòng Quân chủng',
  'parts.bases.0.summary': 'Quy chế làm việc',
};

/** Where a procedure begins. */
export class RegistrationPage {
  private readonly page: Page;

  constructor(private readonly visitor: Visitor) {
    this.page = visitor.page;
  }

  get form(): Locator {
    return this.page.getByRole('form', { name: 'Đăng ký thủ tục' });
  }

  async open(): Promise<void> {
    await this.visitor.open('/procedures/new');
    await this.form.waitFor();
  }

  /** @returns the id of the procedure, which is shown */
  async register(filled: Filled): Promise<string> {
    await fill(this.form, filled);
    await send(this.form);
    await this.page.locator('[data-stage="registered"]').waitFor();
    await settled(this.page);
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  /** What stands in the fields of these names. */
  async typed(names: readonly string[]): Promise<Filled> {
    return Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await this.form.locator(`[name="${name}"]`).inputValue()] as const)),
    );
  }
}
