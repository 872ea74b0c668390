import type { AttachedFile } from '#files';
import type { Classification } from '#workflow';
import { InvalidBody } from '#event-store';
import { refuseContent } from './reference-only.js';

/** What any action may carry besides what it is about, and a comment besides its text. */
export interface Attaching {
  readonly comment?: string | undefined;
  /** Hashes of files of the procedure. */
  readonly attachments?: readonly string[] | undefined;
}

interface Body extends Attaching {
  /** The signed scan of a decision is a file too. */
  readonly decision?: { readonly scan?: string | undefined } | undefined;
}

/** A hash in a body, and where it stands. */
interface Named {
  readonly path: string;
  readonly hash: string;
}

function namedIn({ attachments = [], decision }: Body): readonly Named[] {
  return [
    ...attachments.map((hash, index) => ({ path: `attachments.${String(index)}`, hash })),
    ...(decision?.scan === undefined ? [] : [{ path: 'decision.scan', hash: decision.scan }]),
  ];
}

/** The hashes of every file that a body names. */
export function hashesIn(body: object): readonly string[] {
  return namedIn(body).map(({ hash }) => hash);
}

/**
 * What an event keeps of a comment and of the files that a body names; fields without a value are left out.
 * @param files Those of the procedure, as far as they are named.
 * @throws InvalidBody that names every file that is none of the procedure's, and where no content may be held
 */
export function attached(
  body: Body,
  files: readonly AttachedFile[],
  classification: Classification | undefined,
): { readonly comment?: string; readonly attachments?: readonly AttachedFile[] } {
  const { comment, attachments = [] } = body;
  const named = namedIn(body);
  const [held] = [...(comment === undefined ? [] : ['comment']), ...named.map(({ path }) => path)];
  if (held !== undefined) refuseContent(classification, held);
  const known = new Map(files.map((file) => [file.hash, file]));
  const [first, ...others] = named
    .filter(({ hash }) => !known.has(hash))
    .map(({ path }) => ({ path, message: 'is not the hash of a file that was uploaded to this procedure' }));
  if (first) throw new InvalidBody([first, ...others]);
  return {
    ...(comment !== undefined && { comment }),
    ...(attachments.length > 0 && { attachments: attachments.flatMap((hash) => known.get(hash) ?? []) }),
  };
}
