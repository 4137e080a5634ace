// A line that puts back what a script changes in a module that stays, when the script has ended: as CGI it
// changes nothing, and where the process stays each request finds the module as the first one did. Only
// where that is certain from the script's text.
import type { Leak } from "../../contract/command-output.js";
import type { AgentLanguage } from "../../contract/modes.js";

type Found = Pick<Leak, "kind" | "name" | "before">;

/** The text with the line; null: what to put back, or where, is not certain. */
export function withReset(text: string, leak: Found, language: AgentLanguage | null): string | null {
  if (leak.kind !== "attribute" && leak.kind !== "growth") return null;
  const reset = language === "python" ? pythonReset(text, leak) : language === "perl" ? perlReset(text, leak) : null;
  if (reset === null || text.includes(reset.line)) return null;
  const lines = text.split("\n");
  const ending = lines[reset.after - 1]?.endsWith("\r") ? "\r" : "";
  return [...lines.slice(0, reset.after), `${reset.line}${ending}`, ...lines.slice(reset.after)].join("\n");
}

interface Reset {
  readonly line: string;
  /** The line behind which it goes, from 1. */
  readonly after: number;
}

/** Of an attribute that the script itself adds to a module that it imports on a line of its own. */
function pythonReset(text: string, { name, before }: Found): Reset | null {
  const [, module, attribute] = /^([A-Za-z_][\w.]*)\.([A-Za-z_]\w*)$/.exec(name) ?? [];
  if (module === undefined || attribute === undefined) return null;
  const inPattern = module.replaceAll(".", "\\.");
  const asksFor = new RegExp(`\\b(?:get|has)attr\\(\\s*${inPattern}\\s*,\\s*["']${attribute}["']`);
  if (before !== null && !asksFor.test(text)) return null; // it may be the library's
  const imports = new RegExp(`^import\\s+(?:[\\w.]+\\s*,\\s*)*${inPattern}\\s*(?:,\\s*[\\w.]+\\s*)*(?:#.*)?\\r?$`);
  const after = text.split("\n").findIndex((line) => imports.test(line)) + 1;
  const line = `import atexit; atexit.register(vars(${module}).pop, "${attribute}", None)  # for the next request`;
  return after === 0 ? null : { line, after };
}

/** Of a scalar in a package that the script uses by name. */
function perlReset(text: string, { name, before }: Found): Reset | null {
  const [, module] = /^\$([A-Za-z_]\w*(?:::\w+)*)::\w+$/.exec(name) ?? [];
  if (module === undefined || (before !== null && !/^[\w.,:/ -]*$/.test(before))) return null;
  const uses = new RegExp(`^use\\s+${module}\\b[^;]*;\\s*(?:#.*)?\\r?$`);
  const after = text.split("\n").findIndex((line) => uses.test(line)) + 1;
  const value = before === null ? "undef" : `'${before}'`;
  return after === 0 ? null : { line: `END { ${name} = ${value} } # for the next request`, after };
}
