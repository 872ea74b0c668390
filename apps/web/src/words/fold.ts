/** Lower case without marks, `đ` as `d`: so that `thu tuc` finds `Thủ tục`, as the server finds it. */
export function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐðÐ]/g, 'd')
    .toLowerCase();
}

/** Whether each word that is sought begins a word of the text. */
export function hasWords(text: string, sought: string): boolean {
  const words = foldWords(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return (foldWords(sought).match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => words.some((one) => one.startsWith(word)));
}
