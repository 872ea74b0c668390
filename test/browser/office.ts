import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { startApp } from '../support/app.js';
import type { StartedApp } from '../support/app.js';
import { settled, startBrowser, watch } from '../support/browser.js';
import { newStartedFolder } from '../support/started-folder.js';
import { Visitor } from './pages/visitor.js';

/** The built product with its sample people, and a browser that they share: once for a file of journeys. */
export class Office {
  private constructor(
    private app: StartedApp,
    private readonly browser: Browser,
  ) {}

  static async open(): Promise<Office> {
    const folder = await newStartedFolder('demo', async (dataDir) => {
      await (await startApp({ env: { DATA_DIR: dataDir } })).stop();
    });
    const [app, browser] = await Promise.all([startApp({ env: { DATA_DIR: folder } }), startBrowser()]);
    return new Office(app, browser);
  }

  get url(): string {
    return this.app.url;
  }

  /** Somebody with a browser of their own, who is not signed in yet. */
  async stranger(address = '/'): Promise<Visitor> {
    const page = await (await this.browser.newContext()).newPage();
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
    const { dataDir, url } = this.app;
    await this.app.stop();
    return async () => {
      this.app = await startApp({ env: { DATA_DIR: dataDir, PORT: new URL(url).port } });
    };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.stop();
    await rm(this.app.dataDir, { recursive: true, force: true });
  }
}
