import type { components } from '../api/schema';
import type { Values } from '../form/values';

export type Parts = components['schemas']['PartsDto'];
export type PartsChange = { readonly [part in PartName]?: Parts[part] | null };

const textNames = ['steps', 'manner', 'subjects', 'agency', 'form', 'result', 'conditions', 'fees'] as const satisfies (keyof Parts)[];
/** Those that the form has fields for; what stands in other parts is left as it is. */
const partNames = [...textNames, 'dossier', 'timeLimitDays', 'legalBasis'] as const satisfies (keyof Parts)[];
type PartName = (typeof partNames)[number];

/** What a form's fields begin with, named as in the body of `PATCH …/parts`. */
export function valuesOf({ dossier, timeLimitDays, legalBasis = [], ...parts }: Parts): Values {
  const texts = textNames.flatMap((name) => (parts[name] === undefined ? [] : [[name, parts[name]] as const]));
  return {
    ...Object.fromEntries(texts),
    ...(timeLimitDays !== undefined && { timeLimitDays: String(timeLimitDays) }),
    ...(dossier && { 'dossier.sets': String(dossier.sets), ...rows('dossier.documents', dossier.documents) }),
    ...rows('legalBasis', legalBasis),
  };
}

const rows = (list: string, texts: readonly string[]): Values =>
  Object.fromEntries(texts.map((text, index) => [`${list}.${String(index)}`, text]));

/** As they are sent: a dossier of no documents is none, however many sets it asks for. */
export function withoutEmptyDossier({ dossier, ...parts }: Parts): Parts {
  // A form reads a dossier as it was filled: perhaps only its number of sets.
  const documents: readonly string[] | undefined = dossier?.documents;
  return dossier && documents !== undefined && documents.length > 0 ? { ...parts, dossier } : parts;
}

/** What has to be sent so that they read as they were typed; null takes one away. What is the same is left out. */
export function changeOf(before: Parts, typed: Parts): PartsChange {
  const [was, becomes] = [withoutEmptyDossier(before), withoutEmptyDossier(typed)];
  const changed = partNames.filter((name) => asRead(was[name]) !== asRead(becomes[name]));
  return Object.fromEntries(changed.map((name) => [name, becomes[name] ?? null]));
}

/** A browser gives ends of lines and of texts back in its own way; that changes nothing. */
function asRead(part: Parts[PartName]): string | undefined {
  const one = (text: string): string => text.replace(/\r\n?/g, '\n').trim().normalize('NFC');
  if (part === undefined || typeof part === 'number') return JSON.stringify(part);
  if (typeof part === 'string') return JSON.stringify(one(part));
  return JSON.stringify('sets' in part ? [part.sets, ...part.documents.map(one)] : part.map(one));
}
