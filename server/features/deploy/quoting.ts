// How names are written in the files of a kit. Control characters are refused before.

/** In a double-quoted word of nginx, Apache or lighttpd. */
export const inDoubleQuotes = (text: string): string => text.replace(/["\\]/g, "\\$&");

/** A word of a shell. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A word of a list of paths in a unit: systemd takes % for a specifier. */
export const unitPath = (text: string): string => `"${specifiers(inDoubleQuotes(text))}"`;

/** A word of ExecStart=, in which $ begins a variable. */
export const unitWord = (text: string): string => unitPath(text).replaceAll("$", "$$$$");

/** In any other value of a unit. */
export const specifiers = (text: string): string => text.replaceAll("%", "%%");

/** A value of YAML, in whatever version: JSON, without the characters that end a line for some. */
export const yamlWord = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

/** In a sentence, or between the backticks of a word: it begins no markup. A page of Markdown may hold HTML. */
export const inMarkdown = (text: string): string =>
  text.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[`*[\]\\|]/g, "\\$&");

/** A value in a file of variables: the same for a shell and for EnvironmentFile=. */
export const environmentValue = (text: string): string => `"${text.replace(/["\\$`]/g, "\\$&")}"`;

/** For a regular expression in whatever quotes: no character is left that means anything to either. */
export const pattern = (text: string): string =>
  text.replace(/[^\w/\u0080-\u{10ffff}]/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);

/** With the stars and question marks of a shell. */
export const globPattern = (glob: string): string =>
  glob
    .split(/([*?])/)
    .map((part) => (part === "*" ? "[^/]*" : part === "?" ? "[^/]" : pattern(part)))
    .join("");
