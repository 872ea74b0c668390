import { AxeBuilder } from '@axe-core/playwright';
import bundled from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

/**
 * Of the package's arguments those that fall with the first closed context, under which the browser would prove nothing, or that have a
 * graphics processor imitated, which takes longer than to draw without one.
 */
const leftOut = [
  ...['--single-process', '--no-zygote', '--in-process-gpu'],
  ...['--ignore-gpu-blocklist', '--use-gl', '--use-angle', '--enable-unsafe-swiftshader'],
  ...['--disable-web-security', '--allow-running-insecure-content', '--disable-site-isolation-trials'],
];

/** The browser that came with the packages; an installed one where `CHROME` names it. */
export async function startBrowser(): Promise<Browser> {
  const installed = process.env['CHROME'];
  if (installed !== undefined) return chromium.launch({ executablePath: installed });
  const args = bundled.args.filter((argument) => !leftOut.some((name) => argument.startsWith(name)));
  return chromium.launch({ executablePath: await bundled.executablePath(), args: [...args, '--disable-gpu'] });
}

/** What went wrong in a page so far: errors of scripts, of the policy, and requests that failed. */
export function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('pageerror', ({ message }) => seen.push(message));
  page.on('console', (said) => {
    if (said.type() === 'error') seen.push(said.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400)
      seen.push(`${String(response.status())} ${response.request().method()} ${new URL(response.url()).pathname}`);
  });
  return seen;
}

/** Waits until the page has all that it shows. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main[aria-busy="false"]:not(:has([aria-busy="true"]))').waitFor();
}

/** What axe finds on the page, by rule and place. @throws Error where it looked at nothing */
export async function barriers(page: Page): Promise<readonly string[]> {
  // Nothing of elsewhere is framed in the product, so axe need not ask frames; what passes is only counted. That halves what it costs.
  const { passes, violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  if (passes.length === 0) throw new Error('axe looked at nothing.');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
