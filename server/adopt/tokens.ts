// The tokens of configurations that are no lines: of nginx and lighttpd.

export interface Token {
  readonly text: string;
  readonly isString: boolean;
  readonly line: number;
}

const maxTokens = 100_000;

/** Without comments and blanks. `pattern`: its groups are what is in quotes. */
export function* tokensOf(text: string, pattern: RegExp): Generator<Token> {
  let line = 1;
  let count = 0;
  for (const [all, double, single] of text.matchAll(pattern)) {
    const first = line;
    line += all.split("\n").length - 1;
    if (/^\s*$/.test(all) || all.startsWith("#")) continue;
    if (++count > maxTokens) return;
    const string = double ?? single;
    yield { text: string?.replace(/\\(["'\\])/g, "$1") ?? all, isString: string !== undefined, line: first };
  }
}

/** A text in a pattern that is matched literally. */
export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
