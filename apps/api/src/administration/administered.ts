import type { Directory } from '#identity';
import { Problem } from '../http/problem.js';
import { isUuid } from '../http/sent.js';

/** What every accepted order is answered with. */
export class AdministeredAnswer {
  readonly id: string;
  /** Of its stream, 0 for the first event. */
  readonly revision: number;
  /** For `minPosition`; decimal. 0 when nothing changed because all was so already. */
  readonly position: string;
  /** Event types; empty when all was so already. */
  readonly events: string[];
}

/** An id in a path, lower case. @throws Problem when it is none */
export function idIn(text: string): string {
  if (!isUuid(text)) throw new Problem('not-found');
  return text.toLowerCase();
}

/** The unit that a field of the body names, lower case. @throws Problem that names the field */
export function unitIn(directory: Directory, id: string, path: string): string {
  return directory.units().get(id.toLowerCase())?.id ?? wrong(path, 'is not a unit that exists', 'không có đơn vị này');
}

/** @throws Problem that names the field */
export function wrong(path: string, message: string, vi: string): never {
  throw new Problem('invalid-body', { detail: `${path} ${message}.`, errors: [{ path, message, vi }] });
}
