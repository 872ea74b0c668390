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

/** Chooses by keyboard what is offered under that name once that is sought: it has to be the first of what is offered. */
export async function choose(field: Locator, sought: string, name = sought): Promise<void> {
  await field.fill(sought);
  const offered = field.page().locator('[role="option"]:visible');
  await offered
    .first()
    .and(offered.filter({ hasText: name }))
    .waitFor();
  await field.press('ArrowDown');
  await field.press('Enter');
}

/** Sends it. */
export const send = (form: Locator): Promise<void> => form.locator('button[type=submit]').click();

/** What an attribute says of each element, in order. */
export async function attributes(elements: Locator, name: string): Promise<readonly (string | null)[]> {
  return Promise.all((await elements.all()).map((element) => element.getAttribute(name)));
}
