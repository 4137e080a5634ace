// What a script's imports cost, from what `python -X importtime` writes to stderr (and our own hook for Perl writes in
// the same form): one line for each module, after those that it imported itself.

export interface ImportTime {
  readonly name: string;
  /** 0: the script or the interpreter imports it, not another module. */
  readonly depth: number;
  readonly selfMs: number;
  readonly totalMs: number;
}

const line = /^import time: +(\d+) \| +(\d+) \| ( *)(\S.*)$/;

/** Whether the interpreter was asked: then there is a heading at least. */
export const reportsImports = (stderr: string): boolean => /^import time: /m.test(stderr);

/** In the order of the lines. Other lines are the script's own. */
export function parseImportTimes(stderr: string): ImportTime[] {
  return stderr.split("\n").flatMap((text) => {
    const [, self, total, indent = "", name] = line.exec(text.trimEnd()) ?? [];
    return name === undefined
      ? []
      : { name, depth: Math.floor(indent.length / 2), selfMs: Number(self) / 1000, totalMs: Number(total) / 1000 };
  });
}

/**
 * A Python that the script starts inherits the variable and stderr. It begins with a heading, too; whose lines follow
 * is not known, so they are cut. One that the script executes in its place before it imports anything runs the script
 * itself, as in a virtual environment.
 */
export function ofScriptItself(stderr: string, source: string): { readonly own: string; readonly isCut: boolean } {
  const [first = "", second, ...others] = stderr.split(/^(?=import time: self \[us\])/m).filter(reportsImports);
  const isExecuted = /\bexec[lv]p?e?\b/.test(source) && ofScript(parseImportTimes(first)).length === 0;
  return isExecuted && second !== undefined
    ? { own: second, isCut: others.length > 0 }
    : { own: first, isCut: second !== undefined };
}

/** Without what the interpreter itself imports before the script: in Python all up to `site`. */
export function ofScript(times: readonly ImportTime[]): readonly ImportTime[] {
  return times.slice(times.findIndex(({ name, depth }) => name === "site" && depth === 0) + 1);
}

/** Each module before those that it imported, in the order of the imports. */
export function importersFirst(times: readonly ImportTime[]): ImportTime[] {
  /** By depth: what waits for its importer, each with all below it. */
  const waiting: ImportTime[][] = [];
  for (const time of times) {
    const below = waiting[time.depth + 1] ?? [];
    waiting[time.depth + 1] = [];
    waiting[time.depth] = [...(waiting[time.depth] ?? []), time, ...below];
  }
  return waiting[0] ?? [];
}

/** The first line of a script that names the module, from 1; null: none does. */
export function lineOfImport(source: string, name: string, language: "python" | "perl"): number | null {
  const own = escaped(name);
  const statement =
    language === "python"
      ? new RegExp(
          `(?:^|;)${blank}*(?:import${blank}+(?:.*,${blank}*)?${own}\\b|from${blank}+${own}(?:${blank}|\\.))`,
          "m",
        )
      : perlStatement("use|require", name);
  const found = statement.exec(source);
  return found && source.slice(0, found.index).split("\n").length;
}

/** Whether Perl loads the module when it compiles the script. */
export const isUsed = (source: string, name: string): boolean => perlStatement("use", name).test(source);

/**
 * The modules that a Python script imports before it does anything else: prefork loads them by itself, up to the first
 * one of the script's own.
 */
export function importsAtTop(source: string, isOwn: (name: string) => boolean): readonly string[] {
  const names: string[] = [];
  const text = source
    .replace(/^(?:#.*\n|\s)*(?:"{3}[\s\S]*?"{3}|'{3}[\s\S]*?'{3})?/, "")
    .replace(/\([^()]*\)|\\\n/g, " ");
  for (const statement of text.split(/[\n;]/)) {
    const [, imported, from] = /^(?:import\s+(.*)|from\s+([\w.]+)\s+import\b.*)$/.exec(statement.trim()) ?? [];
    if (imported === undefined && from === undefined && !/^\s*(?:#|$)/.test(statement)) break;
    const found = (imported?.replace(/#.*/, "").split(",") ?? [from ?? ""]).map(
      (one) => /^\s*([\w.]*)/.exec(one)?.[1] ?? "",
    );
    if (found.some((name) => name.startsWith(".") || isOwn(name))) break;
    names.push(...found.filter((name) => name !== ""));
  }
  return names;
}

/** A statement is sought in its line: the whole source is searched at once. */
const blank = "[^\\S\n]";
const perlStatement = (words: string, name: string): RegExp =>
  new RegExp(`(?:^|;)${blank}*(?:${words})${blank}+(?:(?:parent|base)${blank}.*)?${escaped(name)}(?![\\w:])`, "m");
const escaped = (name: string): string => name.replace(/[^\w]/g, "\\$&");
