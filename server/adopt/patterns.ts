// What a regular expression of a configuration means, where it is only a list of names or paths: routes have no
// patterns. Nothing is ever matched with it, so its run time is bounded by its length.

/** A plain character; any one character; any number of them. */
type Token = string;
export const anyOne = "\u{e000}";
export const anyNumber = "\u{e001}";
const maxAlternatives = 64;
const maxDepth = 16;

export interface Words {
  /** Each as text, with `anyOne` and `anyNumber` for what is not given. */
  readonly words: readonly string[];
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** Null: it is more than a list of words. */
export function wordsOfPattern(pattern: string): Words | null {
  if (pattern.length > 1000) return null;
  const atStart = pattern.startsWith("^");
  const atEnd = /(?:^|[^\\])(?:\\\\)*\$$/.test(pattern);
  const reader = new PatternReader(pattern.slice(atStart ? 1 : 0, atEnd ? -1 : undefined));
  const words = reader.read();
  return words === null ? null : { words, atStart, atEnd };
}

class PatternReader {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): readonly string[] | null {
    const words = this.#alternatives();
    return words !== null && this.#at === this.#source.length ? words : null;
  }

  #alternatives(): readonly Token[] | null {
    const all: Token[] = [];
    for (;;) {
      const words = this.#sequence();
      if (words === null || all.length + words.length > maxAlternatives) return null;
      all.push(...words);
      if (this.#source[this.#at] !== "|") return all;
      this.#at++;
    }
  }

  #sequence(): readonly Token[] | null {
    let words: readonly Token[] = [""];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#at))) {
      const atoms = this.#repeated(this.#atom());
      if (atoms === null || words.length * atoms.length > maxAlternatives) return null;
      words = words.flatMap((word) => atoms.map((atom) => word + atom));
    }
    return words;
  }

  #atom(): readonly Token[] | null {
    const sign = this.#source.charAt(this.#at++);
    if (sign === ".") return [anyOne];
    if (sign === "(") return this.#group();
    if (sign === "[") return this.#class();
    if (sign === "\\") {
      const escaped = this.#source.charAt(this.#at++);
      return /^[^A-Za-z0-9]$/.test(escaped) ? [escaped] : null;
    }
    return /[*+?{}^$\]]/.test(sign) ? null : [sign];
  }

  #group(): readonly Token[] | null {
    if (this.#source.startsWith("?:", this.#at)) this.#at += 2;
    else if (this.#source[this.#at] === "?") return null;
    if (++this.#depth > maxDepth) return null;
    const words = this.#alternatives();
    this.#depth--;
    return this.#source[this.#at++] === ")" ? words : null;
  }

  /** Reads a class of a few characters. One that excludes a few is any character: such names are only ever refused. */
  #class(): readonly Token[] | null {
    const end = this.#source.indexOf("]", this.#at);
    const within = this.#source.slice(this.#at, end);
    if (end < 0) return null;
    this.#at = end + 1;
    if (/^\^[^\\]{1,4}$/.test(within)) return [anyOne];
    return /^[^\\^-]{1,8}$/.test(within) ? [...within] : null;
  }

  #repeated(atoms: readonly Token[] | null): readonly Token[] | null {
    if (atoms === null) return null;
    const sign = this.#source.charAt(this.#at);
    if (!/[*+?{]/.test(sign)) return atoms;
    this.#at++;
    if (sign === "?") return ["", ...atoms];
    const [only = ""] = atoms;
    if (sign === "+" && atoms.length === 1 && only === "/") return atoms; // paths have single slashes
    if (sign === "{" || atoms.length > 1 || only !== anyOne) return null;
    if (this.#source[this.#at] === "?") this.#at++; // as short as it can be
    return [sign === "+" ? only + anyNumber : anyNumber];
  }
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
