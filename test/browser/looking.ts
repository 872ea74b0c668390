import type { Locator } from 'playwright-core';
import { attributes } from './pages/filling.js';
import type { View } from './pages.js';

const formsOf = (place: Locator): Locator => place.locator('form').filter({ has: place.page().locator('button[type="submit"]') });
const names = async (buttons: Locator): Promise<readonly string[]> =>
  [...new Set((await attributes(buttons, 'data-action')).map(String))].sort();

/** The forms and dialogs that are there, as the table names them. */
export async function offered(place: Locator): Promise<Pick<View, 'acts' | 'dialogs'> & { readonly stands: boolean }> {
  return {
    acts: await names(place.locator('[data-action][aria-expanded]')),
    dialogs: await names(place.locator('[data-action][aria-haspopup="dialog"]')),
    stands: (await formsOf(place).count()) > 0,
  };
}

/** Opens every form and dialog of a view, sends the forms as they are, and answers what was found wrong then, and with what. */
export async function lookAt(place: Locator, view: View, found: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const { acts = [], dialogs = [], taken = [] } = view;
  const page = place.page();
  const wrong: string[] = [];
  const look = async (what: string): Promise<void> => {
    wrong.push(...(await found()).map((one) => `${what}: ${one}`));
  };
  // As it is without more it was looked at before.
  if (view.search !== undefined || view.first !== undefined) await look('as it opens');
  if (view.standing === 'refused')
    for (const form of await formsOf(place).all()) {
      await refuse(form);
      await look('standing form');
    }
  for (const act of acts) {
    await page.evaluate('for (const one of document.forms) one.dataset.seen = ""');
    const button = place.locator(`[data-action="${act}"][aria-expanded]`).first();
    await button.click();
    const form = place.locator('form:not([data-seen])');
    await form.waitFor();
    if (!taken.includes(act)) await refuse(form);
    await look(act);
    await button.click();
    await form.waitFor({ state: 'detached' });
  }
  for (const name of dialogs) {
    await place.locator(`[data-action="${name}"][aria-haspopup="dialog"]`).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    if (!taken.includes(name)) await refuse(formsOf(dialog));
    await look(name);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  return wrong;
}

/** Sends a form as it is, which is not taken. */
async function refuse(form: Locator): Promise<void> {
  await form.page().evaluate('for (const one of document.forms) one.noValidate = true');
  await form.locator('button[type="submit"]').last().click();
  await form.locator('[role="alert"], [aria-invalid="true"]').first().waitFor();
}
