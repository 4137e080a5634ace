// The syntax of Apache's configuration files: logical lines, their words, and variables in them.

export interface LogicalLine {
  /** The number of its first line, from 1. */
  readonly line: number;
  readonly kind: "directive" | "open" | "close";
  /** The name as it is written. */
  readonly name: string;
  /** What follows the name. */
  readonly rest: string;
}

/** Comments and empty lines are left out. A backslash at the end continues a line, a comment too. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    const parts: string[] = [];
    let part = (lines[index] ?? "").replace(/\r$/, "");
    while (part.endsWith("\\") && index + 1 < lines.length) {
      parts.push(part.slice(0, -1));
      part = (lines[++index] ?? "").replace(/\r$/, "");
    }
    const whole = [...parts, part].join("").trim();
    if (whole === "" || whole.startsWith("#")) continue;
    const close = /^<\/\s*([^\s>]+)/.exec(whole);
    const open = /^<\s*([^\s>]+)\s*/.exec(whole);
    if (close) yield { line, kind: "close", name: close[1] ?? "", rest: "" };
    else if (open)
      yield { line, kind: "open", name: open[1] ?? "", rest: whole.slice(open[0].length).replace(/>[^>]*$/, "") };
    else {
      const end = whole.search(/\s/);
      const name = end < 0 ? whole : whole.slice(0, end);
      yield { line, kind: "directive", name, rest: whole.slice(name.length).trim() };
    }
  }
}

/** Words are separated by spaces, or quoted; a backslash in quotes is before a quote or another backslash. */
export const wordsOf = (rest: string): string[] =>
  [...rest.matchAll(/"((?:[^"\\]|\\(?:.|$))*)"?|'((?:[^'\\]|\\(?:.|$))*)'?|\S+/gs)].map(
    ([word, double, single]) => double?.replace(/\\(["\\])/g, "$1") ?? single?.replace(/\\(['\\])/g, "$1") ?? word,
  );

/** `${NAME}`; what is not defined stays as it is written. */
export const expanded = (
  text: string,
  variables: ReadonlyMap<string, string>,
  unknown: (name: string) => void,
): string =>
  text.replace(/\$\{([^${}]+)\}/g, (all, name: string) => {
    const value = variables.get(name);
    if (value === undefined) unknown(name);
    return value ?? all;
  });

/** What `envvars` exports, which is a shell script: only plain values, and other variables in them. */
export function envvarsOf(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(/^\s*export\s+(\w+)=(.*)$/gm)) {
    const plain = value.replace(/^(["'])(.*)\1\s*$/, "$2").trim();
    if (/[`;|&()]/.test(plain)) continue;
    variables.set(
      name,
      plain.replace(/\$\{?(\w+)\}?/g, (_, other: string) => variables.get(other) ?? "").slice(0, 4096),
    );
  }
  return variables;
}
