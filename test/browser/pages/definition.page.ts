import type { Page } from 'playwright-core';
import { settled } from '../../support/browser.js';
import type { Visitor } from './visitor.js';

/** A lifecycle, in the administration. */
export class DefinitionPage {
  private readonly page: Page;

  constructor(private readonly visitor: Visitor) {
    this.page = visitor.page;
  }

  async open(name: string): Promise<void> {
    await this.visitor.open(`/administration/definitions/${name}`);
  }

  /** Has an action ask for more, in a new version that is saved as a draft. */
  async demand(action: string, input: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Soạn phiên bản mới' }).click();
    await this.page
      .getByRole('region', { name: 'Các hành động' })
      .getByRole('button', { name: `Mở: ${action}`, exact: true })
      .click();
    await this.page.getByRole('group', { name: 'Bắt buộc nhập thêm' }).getByRole('checkbox', { name: input }).check();
    await this.page.getByRole('status').getByText('Không có gì sai.').waitFor();
    await this.page.getByRole('button', { name: 'Lưu thành bản nháp' }).click();
    await this.page.getByRole('tab', { name: 'Xem lại và ban hành', selected: true }).waitFor();
    await settled(this.page);
  }

  /** Publishes the draft that is shown. */
  async publish(version: number): Promise<void> {
    await this.page.getByRole('button', { name: `Ban hành phiên bản ${String(version)}` }).click();
    await this.page.getByText('Thủ tục đăng ký mới đi theo phiên bản này.').waitFor();
    await settled(this.page);
  }
}
