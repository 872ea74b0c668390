import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { newDemoFolder, startApp } from '../support/app.js';
import type { StartedApp } from '../support/app.js';
import { settled, startBrowser, watch } from '../support/browser.js';
import { Visitor } from './pages/visitor.js';

interface Opened {
  readonly app: StartedApp;
  readonly browser: Browser;
}

/** The built product with its sample people, and a browser that they share: once for a file of journeys. */
export class Office {
  private opened: Opened | undefined;

  /** An office that is open while the journeys of the description around it are made. */
  static forJourneys(): Office {
    const office = new Office();
    beforeAll(() => office.open());
    afterAll(() => office.close());
    return office;
  }

  get url(): string {
    return this.inside.app.url;
  }

  /** Somebody with a browser of their own, who is not signed in yet. */
  async stranger(address = '/'): Promise<Visitor> {
    const page = await (await this.inside.browser.newContext()).newPage();
    const wrong = watch(page);
    const visitor = new Visitor(page, this.url, wrong);
    await visitor.open(address);
    return visitor;
  }

  /** A sample person with a browser of their own, signed in by their card. */
  async visit(username: string, address = '/'): Promise<Visitor> {
    const visitor = await this.stranger(address);
    await visitor.signIn(username);
    await settled(visitor.page);
    return visitor;
  }

  /** The server ends; answers what starts it again at the same address, on the same data. */
  async shutDown(): Promise<() => Promise<void>> {
    const { app, browser } = this.inside;
    await app.stop();
    return async () => {
      this.opened = { app: await startApp({ env: { DATA_DIR: app.dataDir, PORT: new URL(app.url).port } }), browser };
    };
  }

  private get inside(): Opened {
    if (!this.opened) throw new Error('The office is not open yet.');
    return this.opened;
  }

  private async open(): Promise<void> {
    const folder = await newDemoFolder();
    const [app, browser] = await Promise.all([startApp({ env: { DATA_DIR: folder } }), startBrowser()]);
    this.opened = { app, browser };
  }

  private async close(): Promise<void> {
    const { app, browser } = this.inside;
    await browser.close();
    await app.stop();
    await rm(app.dataDir, { recursive: true, force: true });
  }
}
