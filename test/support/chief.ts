import { startApp, tinhgon, type StartedApp } from './app.js';
import { Caller, order } from './client.js';
import { newStartedFolder } from './started-folder.js';

/** Of the chief and of whoever is made here. */
export const password = 'một mật khẩu thật dài';

/** The app with demo people, and an administrator of the ministry, cleared for everything, who was made on the database. */
export async function startAppWithChief(given: Readonly<Record<string, string>> = {}): Promise<{
  readonly app: StartedApp;
  readonly chief: Caller;
}> {
  const onServer = given['DATABASE_URL'] !== undefined;
  if (onServer) await makeChief(given);
  const folder = onServer ? undefined : await newStartedFolder('chief', (DATA_DIR) => makeChief({ DATA_DIR }));
  const app = await startApp({ env: given, ...(folder !== undefined && { folder }) });
  return { app, chief: await signIn(app.url, 'chief') };
}

async function makeChief(env: Readonly<Record<string, string>>): Promise<void> {
  // The first start makes the ministry of the demo, which is then the chief's.
  await (await startApp({ env })).stop();
  const chief = ['--username', 'chief', '--name', 'Trưởng quản trị'];
  const made = await tinhgon(['admin', 'create', ...chief], { ...env, TINHGON_PASSWORD: password });
  if (made.code !== 0) throw new Error(made.stderr);
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
