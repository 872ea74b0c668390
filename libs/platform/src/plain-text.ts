/** What nobody sees in a text, or what acts where it is printed: control characters, direction overrides, line separators, zero-width ones, half characters. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const everyHidden = new RegExp(hidden, 'gu');

/** What joins and colours emoji, which hides nothing between them. */
const joiners = /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])\u{200D}(?=\p{Extended_Pictographic})/gu;
const selectors = /(?<=\p{Extended_Pictographic})\u{FE0F}|(?<=[0-9#*])\u{FE0F}(?=\u{20E3})/gu;

/** Whether a text of one line holds characters that are not seen, or act. */
export function hidesSomething(text: string): boolean {
  // Letters that could hide something are rare; most texts are told by the first look.
  return hidden.test(text) && hidden.test(text.replace(joiners, '').replace(selectors, ''));
}

/** The same of a text of several lines, which may have line ends and tabs. */
export function hidesSomethingInLines(text: string): boolean {
  return hidesSomething(text.replace(/[\n\t]/g, ''));
}

/** A text of one line as it is kept: composed (NFC), with single spaces and none around it. */
export function tidyLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/^ | $/g, '');
}

/** A text of several lines as it is kept: composed (NFC), its lines ended in one way. */
export function tidyLines(text: string): string {
  return text.normalize('NFC').replace(/\r\n/g, '\n');
}

/** How lines are compared: what differs only in spaces, case, width, Unicode form or what is not seen is the same. */
export function foldLine(text: string): string {
  const wide = text.normalize('NFKC').replace(everyHidden, '');
  return tidyLine(wide.toLowerCase().normalize('NFKC'));
}

const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Ids (UUIDs in small letters) that a text names, such as the name of a stream, in their order. */
export const idsIn = (text: string): readonly string[] => text.match(id) ?? [];
