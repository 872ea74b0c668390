/** Parts of the words of a language, as `parted-words.ts` makes them. */
declare module '*.json?first' {
  const words: Readonly<Record<string, string>>;
  export default words;
}

declare module '*.json?rest' {
  const words: Readonly<Record<string, string>>;
  export default words;
}
