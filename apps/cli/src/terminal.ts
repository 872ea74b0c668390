/** What a terminal obeys or hides instead of showing it: control and format characters, such as ESC and those that turn the direction of text. */
const acting = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** The text in one line, with escapes such as `\u001b` for what would act. They are those of JSON, which therefore keeps its meaning. */
export const inLine = (text: string): string => text.replace(acting, escaped);

const shown = (text: string): string => `${text.split('\n').map(inLine).join('\n')}\n`;

/** Prints lines. Whatever comes from a server or a log is shown, and never obeyed. */
export function say(text: string): void {
  process.stdout.write(shown(text));
}

/** Prints what is wrong. */
export function complain(text: string): void {
  process.stderr.write(shown(text));
}
