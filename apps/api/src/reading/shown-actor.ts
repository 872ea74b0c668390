import type { Actor } from '#event-store';
import type { Directory } from '#identity';
import type { ActorAnswer } from './answers.dto.js';

/** Whoever acted, with the names that they had then, and none for whoever was erased. */
export function shownActor({ id, version, role, unit, onBehalfOf }: Actor, directory: Directory): ActorAnswer {
  const name = directory.nameOf(id, version);
  if (onBehalfOf === undefined) return { id, name, role, unit };
  return { id, name, role, unit, onBehalfOf, onBehalfOfName: directory.person(onBehalfOf)?.name ?? null };
}
