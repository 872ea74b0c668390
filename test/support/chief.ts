import { startApp, tinhgon, type StartedApp } from './app.js';
import { Caller, order } from './client.js';
import { newDataFolder } from './data-folder.js';

/** Of the chief and of whoever is made here. */
export const password = 'một mật khẩu thật dài';

/** The app with demo people, and an administrator of the ministry, cleared for everything, who was made on the database. */
export async function startAppWithChief(given: Readonly<Record<string, string>> = {}): Promise<{
  readonly app: StartedApp;
  readonly chief: Caller;
}> {
  const env = { ...given, DATA_DIR: given['DATA_DIR'] ?? (await newDataFolder()) };
  // The first start makes the ministry of the demo, which is then the chief's.
  await (await startApp({ env })).stop();
  const made = await tinhgon(['admin', 'create', '--username', 'chief', '--name', 'Trưởng quản trị'], {
    ...env,
    TINHGON_PASSWORD: password,
  });
  if (made.code !== 0) throw new Error(made.stderr);
  const app = await startApp({ env });
  return { app, chief: await signIn(app.url, 'chief') };
}

/** Somebody new who holds that role there, signed in. */
export async function newPersonAt(by: Caller, username: string, role: string, unit: string, more: object = {}): Promise<Caller> {
  const { id } = await order(by, 'people', { name: username, username, password, ...more });
  await order(by, `people/${id}/roles`, { role, unit });
  return signIn(by.url, username);
}

export async function signIn(url: string, username: string): Promise<Caller> {
  const { body } = await new Caller(url, null).post<{ token: string }>('/api/v1/auth/login', { username, password });
  return new Caller(url, body.token, { username, password, name: username, role: '', unit: { id: '', name: '', level: '' } });
}
