import { passwordFault } from '#identity';
import type { Directory, Erasure, NewAccount, Person } from '#identity';
import { fold } from '#procedures';
import type { Level } from '#workflow';
import { Problem } from '../http/problem.js';
import { unitIn, wrong } from './administered.js';
import type { ErasePersonDto, RegisterPersonDto } from './people.dto.js';
import type { RegisterUnitDto } from './units.dto.js';

/** How a unit is made known. @param unitOf The unit of that id @throws Problem that names the field */
export function registrationOfUnit(
  { name, level, parent: above }: RegisterUnitDto,
  unitOf: (id: string) => string,
): { readonly action: 'register-unit'; readonly name: string; readonly level: Level; readonly parent: string | null } {
  const parent = above === undefined || above === null ? null : unitOf(above);
  if (parent === null && level !== 'ministry')
    wrong('parent', 'is required: a service or unit stands below another one', 'chưa nêu cấp trên');
  if (parent !== null && level === 'ministry')
    wrong('parent', 'must be left out: a ministry stands below none', 'bộ không trực thuộc đơn vị nào');
  return { action: 'register-unit', name, level, parent };
}

/** The account of somebody who is made known by that person. @throws Problem that names the field */
export function accountOf(body: RegisterPersonDto, by: Person, directory: Directory): Omit<NewAccount, 'id'> {
  const { name, password, clearance = 'none' } = body;
  const unit = body.unit === undefined ? ownPlace(by) : unitIn(directory, body.unit, 'unit');
  const username = body.username.toLowerCase();
  const fault = password === undefined ? null : passwordFault(password, username);
  if (fault !== null) throw new Problem('invalid-body', { detail: fault.message, errors: [{ path: 'password', ...fault }] });
  return { name, username, password, clearance, unit };
}

/**
 * On what ground somebody is erased. @param known The person, where whoever erases them may know what they are called
 * @throws Problem for a text that names them: it stands in the log for ever
 */
export function erasureOf({ legalBasis, reason }: ErasePersonDto, known: Person | null): Erasure {
  for (const [path, text = ''] of Object.entries({ legalBasis, reason }))
    if (known && isNamedIn(text, known)) wrong(path, 'must not name the person', 'không được nêu tên người này');
  return { legalBasis, ...(reason !== undefined && { reason }) };
}

/** A name of one word may mean anything. */
function isNamedIn(text: string, { name, username }: Person): boolean {
  const [words, called] = [text, name].map((one) => ` ${(fold(one).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `) as [string, string];
  const names = text.toLowerCase().match(/[a-z0-9._-]+/g) ?? [];
  return (called.trim().includes(' ') && words.includes(called)) || names.some((one) => one.replace(/\.+$/, '') === username);
}

/** Where somebody administers, as a service or the ministry if they do; elsewhere the rules say no. */
const ownPlace = ({ governs, roles, unit }: Person): string =>
  (governs ?? roles.find(({ role }) => role === 'administrator'))?.unit ?? unit;
