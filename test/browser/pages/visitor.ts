import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { settled } from '../../support/browser.js';

/** Somebody at a browser of their own, and what stands around every page: who they are, where they can go. */
export class Visitor {
  constructor(
    readonly page: Page,
    private readonly url: string,
    private readonly wrong: readonly string[],
  ) {}

  /** Opens an address, as from a bookmark. */
  async open(address: string): Promise<void> {
    await this.page.goto(`${this.url}${address}`);
    await settled(this.page);
  }

  /** By the card of a sample person. */
  async signIn(username: string): Promise<void> {
    await this.page.locator(`[data-demo="${username}"]`).click();
    await this.page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
  }

  /** Follows the navigation. */
  async go(place: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Điều hướng' }).getByRole('link', { name: place, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: place }).waitFor();
    await settled(this.page);
  }

  places(): Promise<readonly string[]> {
    return this.page.getByRole('navigation', { name: 'Điều hướng' }).getByRole('link').allTextContents();
  }

  heading(): Promise<string | null> {
    return this.page.getByRole('heading', { level: 1 }).textContent();
  }

  /** Works for somebody who gave the right to. */
  async actFor(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Mở trình đơn cá nhân' }).click();
    await this.page.getByRole('menuitem', { name: `Làm thay ${name}` }).click();
    await this.page.locator('[data-acting-for]').waitFor();
    await settled(this.page);
  }

  main(): Locator {
    return this.page.getByRole('main');
  }

  /** Closes the browser. What went wrong in it meanwhile, unseen, is said now. */
  async leave({ expected = [] }: { readonly expected?: readonly RegExp[] } = {}): Promise<void> {
    expect(this.wrong.filter((one) => !expected.some((known) => known.test(one)))).toEqual([]);
    await this.page.context().close();
  }
}
