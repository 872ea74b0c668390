import { uuidv5 } from '#event-store';
import type { EventStore } from '#event-store';
import type { Database } from '#platform';
import type { Classification, Level, Role, Unit } from '#workflow';
import type { Directory } from './directory.js';
import { hashPassword } from './passwords.js';
import { registerPerson, registerUnit } from './registration.js';

/** A sample person with what is needed to sign in. */
export interface DemoPerson {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: { readonly id: string; readonly name: string; readonly level: Level };
  readonly clearance: Classification;
}

/** Of all sample people. It protects nothing: they cannot sign in outside demo mode. */
export const demoPassword = 'tinh-gon-demo';

const namespace = '5e6d4c1a-8a53-5f6b-8a0e-2b7c90d1f3e4';
const idOf = (name: string): string => uuidv5(namespace, name);

const ministry: Unit = { id: idOf('ministry'), name: 'Bộ Quốc phòng', level: 'ministry', parent: null };
const service: Unit = { id: idOf('navy'), name: 'Quân chủng Hải quân', level: 'service', parent: ministry.id };
const subordinates = Array.from({ length: 22 }, (_, index): Unit => {
  const number = index + 1;
  return {
    id: idOf(`unit${String(number)}`),
    name: `Đơn vị mẫu ${String(number).padStart(2, '0')}`,
    level: 'unit',
    parent: service.id,
  };
});
const [unit1 = service, unit2 = service] = subordinates;

/** Username, sample name, role, unit, clearance. */
const people: readonly (readonly [string, string, Role, Unit, Classification])[] = [
  ['ministry.authority', 'Trần Văn Quyết (mẫu)', 'authority', ministry, 'confidential'],
  ['ministry.auditor', 'Lê Thị Kiểm (mẫu)', 'auditor', ministry, 'confidential'],
  ['ministry.leader', 'Phạm Văn Dẫn (mẫu)', 'leader', ministry, 'confidential'],
  ['navy.officer1', 'Nguyễn Văn Soạn (mẫu)', 'officer', service, 'confidential'],
  ['navy.officer2', 'Hoàng Thị Thảo (mẫu)', 'officer', service, 'confidential'],
  ['navy.checker', 'Vũ Văn Soát (mẫu)', 'checker', service, 'confidential'],
  ['navy.authority', 'Đỗ Văn Duyệt (mẫu)', 'authority', service, 'confidential'],
  ['navy.leader', 'Bùi Văn Đạo (mẫu)', 'leader', service, 'confidential'],
  ['navy.administrator', 'Đặng Thị Quản (mẫu)', 'administrator', service, 'confidential'],
  ['unit1.officer1', 'Ngô Văn Một (mẫu)', 'officer', unit1, 'confidential'],
  ['unit1.officer2', 'Dương Thị Hai (mẫu)', 'officer', unit1, 'confidential'],
  ['unit2.officer1', 'Lý Văn Ba (mẫu)', 'officer', unit2, 'none'],
  ['unit2.officer2', 'Mai Thị Tư (mẫu)', 'officer', unit2, 'none'],
];

export const demoPeople: readonly DemoPerson[] = people.map(([username, name, role, { id, name: unitName, level }, clearance]) => ({
  username,
  password: demoPassword,
  name,
  role,
  unit: { id, name: unitName, level },
  clearance,
}));

/** Those who can sign in, as `GET /auth/demo` shows them: a sample person may be erased as anybody else. */
export function demoPeopleIn(directory: Directory): readonly DemoPerson[] {
  const known = new Set(directory.people().flatMap(({ username, demo, canSignIn }) => (demo && canSignIn ? [username] : [])));
  return demoPeople.filter(({ username }) => known.has(username));
}

/** Makes the sample units and people known that are not yet. Safe to repeat after a crash at any point. */
export async function seedDemo(database: Database, store: EventStore): Promise<void> {
  const { rows } = await database.pool.query<{ username: string }>('SELECT username FROM identity.accounts WHERE demo');
  const missing = demoPeople.filter(({ username }) => !rows.some((row) => row.username === username));
  if (missing.length === 0) return;
  for (const unit of [ministry, service]) await registerUnit(store, unit);
  await Promise.all(subordinates.map((unit) => registerUnit(store, unit)));
  const passwordHash = await hashPassword(demoPassword);
  await Promise.all(
    missing.map(({ username, name, role, unit, clearance }) =>
      registerPerson(database, store, {
        id: idOf(username),
        name,
        username,
        passwordHash,
        demo: true,
        clearance,
        roles: [{ role, unit: unit.id }],
      }),
    ),
  );
}
