// The language of Bruno's files: blocks of pairs (`headers { … }`), of text (`body:json { … }`) and lists (`vars:secret
// [ … ]`). https://docs.usebruno.com/bru-lang/language

export interface BruPair {
  readonly name: string;
  readonly value: string;
}
export interface BruBlock {
  /** "get", "body:json", "vars:secret". */
  readonly name: string;
  /** Without those that are switched off (`~name: value`). */
  readonly pairs: readonly BruPair[];
  /** Without the two spaces before each line. */
  readonly text: string;
}
export interface BlockFile {
  /** With `/`, in the folder of the collection. */
  readonly path: string;
  readonly blocks: readonly BruBlock[];
}

/** The blocks in their order; what stands between them is skipped. */
export function readBru(file: string): readonly BruBlock[] {
  const lines = file.replace(/^\ufeff/, "").split(/\r?\n/);
  const blocks: BruBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, name, open] = /^([A-Za-z][\w:-]*)\s*([{[])\s*$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined) continue;
    const end = lines.indexOf(open === "{" ? "}" : "]", at + 1);
    const content = lines.slice(at + 1, end < 0 ? undefined : end).map((line) => line.replace(/^ {1,2}/, ""));
    blocks.push({ name, pairs: open === "{" ? pairsIn(content) : itemsIn(content), text: content.join("\n") });
    at = end < 0 ? lines.length : end;
  }
  return blocks;
}

function pairsIn(lines: readonly string[]): BruPair[] {
  const pairs: BruPair[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, off = "", quoted, plain = "", value = ""] =
      /^\s*(~?)(?:"((?:[^"\\]|\\.)*)"|([^:\s][^:]*)):(.*)$/.exec(lines[at] ?? "") ?? [];
    if (quoted === undefined && plain === "") continue;
    let content = value.trim();
    if (content.startsWith("'''")) {
      const end = lines.findIndex((line, index) => index > at && line.trim().startsWith("'''"));
      const last = end < 0 ? lines.length : end;
      content = lines
        .slice(at + 1, last)
        .map((line) => line.replace(/^ {1,2}/, ""))
        .join("\n");
      content += (lines[last] ?? "").trim().slice("'''".length); // an annotation of the value
      at = last;
    }
    const name = quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, "$1");
    if (off === "") pairs.push({ name, value: content });
  }
  return pairs;
}

const itemsIn = (lines: readonly string[]): BruPair[] =>
  lines.flatMap((line) => {
    const name = line.trim().replace(/,$/, "");
    return name === "" || name.startsWith("~") ? [] : [{ name, value: "" }];
  });
