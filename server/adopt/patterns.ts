// What a regular expression of a configuration means, where it is only a list of names or paths: routes have no
// patterns. Nothing is ever matched with it, so its run time is bounded by its length.

/** Stand for any one character and for any number of them. */
const anyOne = "\u{e000}";
const anyNumber = "\u{e001}";
const maxWords = 64;
const maxDepth = 16;

interface Words {
  /** Each as text, with `anyOne` and `anyNumber` for what is not given. */
  readonly words: readonly string[];
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** Null: it is more than a list of words. */
function wordsOfPattern(pattern: string): Words | null {
  if (pattern.length > 1000) return null;
  const atStart = pattern.startsWith("^");
  const atEnd = /(?:^|[^\\])(?:\\\\)*\$$/.test(pattern);
  const words = meanings(pattern.slice(atStart ? 1 : 0, atEnd ? -1 : undefined));
  return words.length === 0 ? null : { words, atStart, atEnd };
}

/** What a pattern can be; nothing at all where a part of it is more than a list. */
function meanings(source: string): readonly string[] {
  let at = 0;
  let depth = 0;
  const next = (): string => source.charAt(at++);

  const alternatives = (): readonly string[] => {
    const all = [sequence()];
    while (source[at] === "|") {
      at++;
      all.push(sequence());
    }
    const words = all.flat();
    return all.some(({ length }) => length === 0) || words.length > maxWords ? [] : words;
  };

  const sequence = (): readonly string[] => {
    let words: readonly string[] = [""];
    while (at < source.length && !/[|)]/.test(source.charAt(at))) {
      const atoms = repeated(atom());
      words = words.length * atoms.length > maxWords ? [] : words.flatMap((word) => atoms.map((one) => word + one));
    }
    return words;
  };

  const atom = (): readonly string[] => {
    const sign = next();
    if (sign === ".") return [anyOne];
    if (sign === "(") return group();
    if (sign === "[") return ofClass();
    if (sign === "\\") return /^[^A-Za-z0-9]$/.exec(next()) ?? [];
    return /[*+?{}^$\]]/.test(sign) ? [] : [sign];
  };

  const group = (): readonly string[] => {
    if (source.startsWith("?:", at)) at += 2;
    else if (source[at] === "?") return [];
    if (depth >= maxDepth) return [];
    depth++;
    const words = alternatives();
    depth--;
    return next() === ")" ? words : [];
  };

  /** A class of a few characters. One that excludes a few is any character: such names are only ever refused. */
  const ofClass = (): readonly string[] => {
    const end = source.indexOf("]", at);
    const within = source.slice(at, end);
    if (end < 0) return [];
    at = end + 1;
    if (/^\^[^\\]{1,4}$/.test(within)) return [anyOne];
    return /^[^\\^-]{1,8}$/.test(within) ? [...within] : [];
  };

  const repeated = (atoms: readonly string[]): readonly string[] => {
    const sign = source.charAt(at);
    if (!/[*+?{]/.test(sign)) return atoms;
    at++;
    const [only] = atoms.length === 1 ? atoms : [];
    if (sign === "?") return atoms.length === 0 ? [] : ["", ...atoms];
    if (sign === "+" && only === "/") return atoms; // paths have single slashes
    if (sign === "{" || only !== anyOne) return [];
    if (source[at] === "?") at++; // as short as it can be
    return [sign === "+" ? only + anyNumber : anyNumber];
  };

  const words = alternatives();
  return at === source.length ? words : [];
}

/** Names for `deny`, with "*" and "?"; null if the pattern cannot be written so. */
export function namesOfPattern(pattern: string): readonly string[] | null {
  const found = wordsOfPattern(pattern);
  if (found === null) return null;
  const names = found.words.map((word) =>
    `${found.atStart ? "" : anyNumber}${word}${found.atEnd ? "" : anyNumber}`
      .replaceAll(/[*?]/g, anyOne)
      .replaceAll(anyOne, "?")
      .replaceAll(new RegExp(`${anyNumber}+`, "gu"), "*"),
  );
  return names.every((name) => name !== "" && !name.includes("/")) ? [...new Set(names)] : null;
}

/** Plain paths that are matched as a whole; null if the pattern is more. */
export function pathsOfPattern(pattern: string): readonly string[] | null {
  const found = wordsOfPattern(pattern);
  const isPlain = found?.atStart && found.atEnd && found.words.every((word) => /^\/[^\u{e000}\u{e001}]*$/u.test(word));
  return isPlain ? found.words : null;
}

/**
 * "/cgi-bin/" of "^/cgi-bin/(.*)$" or of "^/cgi-bin/"; null if the pattern is more than prefixes. One of two or more
 * segments counts without "^", too.
 */
export function prefixesOfPattern(pattern: string): readonly string[] | null {
  const found = wordsOfPattern(pattern);
  if (found === null) return null;
  const plain = found.words.map((word) => word.replace(new RegExp(`${anyNumber}$`, "u"), ""));
  const isPrefix = (word: string, index: number): boolean =>
    (word !== found.words[index] || !found.atEnd) &&
    /^\/[^\u{e000}\u{e001}]*$/u.test(word) &&
    (found.atStart || /^\/[^/]+\/./.test(word));
  return plain.every(isPrefix) ? plain : null;
}
