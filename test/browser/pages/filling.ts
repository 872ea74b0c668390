import type { Locator } from 'playwright-core';

/** What is filled in, by the path in the call's body: `true` ticks. */
export type Filled = Readonly<Record<string, string | true>>;

/** Fills in a form, in that order. */
export async function fill(form: Locator, filled: Filled): Promise<void> {
  for (const [name, value] of Object.entries(filled)) {
    const field = form.locator(`[name="${name}"]`);
    await field.waitFor({ state: 'attached' });
    if (value === true) await field.check();
    else if ((await form.locator(`select[name="${name}"]`).count()) > 0) await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Sends it. */
export const send = (form: Locator): Promise<void> => form.locator('button[type=submit]').click();

/** What an attribute says of each element, in order. */
export async function attributes(elements: Locator, name: string): Promise<readonly (string | null)[]> {
  return Promise.all((await elements.all()).map((element) => element.getAttribute(name)));
}
