import { isReferenceOnly } from '#workflow';
import type { Classification } from '#workflow';
import { InvalidBody } from '#event-store';

/** @throws InvalidBody where the register may hold no more than a reference */
export function refuseContent(classification: Classification | undefined, path: string): void {
  if (isReferenceOnly(classification))
    throw new InvalidBody([{ path, message: 'must be left out: of what is secret or above, the register holds a reference only' }]);
}
