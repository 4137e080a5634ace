// Finds the script's own functions: their names, their parameters, and where they end.
import type { ScannedLanguage } from "./grammar.js";
import type { OwnFunction } from "./own-function.js";
import { begins } from "./shell.js";
import type { Statement } from "./statements.js";
import type { Script } from "./uses.js";

const beginnings: Readonly<Partial<Record<ScannedLanguage, RegExp>>> = {
  shell: /^[\s\u0001]*(?:function\s+(\w+)|(\w+)\s*\(\))/,
  c: /^[\s\u0001]*(?=\w)(?!else\b|if\b|for\b|while\b|switch\b|do\b|return\b)[\w\s*]*?\b(\w+)\s*\(([^;{]*)\)\s*\{/,
  node: /\bfunction\s*(?:\*\s*)?(\w+)\s*\(([^()]*)\)|(?<![\w$])([\w$]+)\s*[=:]\s*(?:async\b\s*)?(?:function\s*\(([^()]*)\)|\(([^()]*)\)\s*=>|([\w$]+)\s*=>)|^\s*(?:async\s+|static\s+)*(?!if\b|for\b|while\b|switch\b|catch\b)(\w+)\s*\(([^()]*)\)\s*\{/,
};
const begin =
  /\b(?:def|function|proc|sub)\s+(?:self\.|&)?([\w:.]+[?!]?)\s*[({ ]?([^)}{]*)|(?<!\w)(\w+)\s*=\s*function\s*\(([^()]*)\)/;
const constructors = /^(?:__init__|initialize|constructor|__construct)$/;
/** Perl's parameters get their names: `my ($a, $b) = @_`, `my $a = shift`. */
export const namesParameters = /\bmy\s*(\([^)]*\)|\$\w+)\s*=\s*(?:@_|shift\b(?!\s*@(?!_)))/;
const maxFunctions = 200;

export function functionsIn(script: Script): OwnFunction[] {
  const { statements, language } = script;
  const found: OwnFunction[] = [];
  let owner = "";
  for (const [index, { code }] of statements.entries()) {
    owner = /\bclass\s+(?!extends\b)(\w+)/.exec(code)?.[1] ?? owner;
    const [, ...groups] = (beginnings[language] ?? begin).exec(code) ?? [];
    const [written, ...lists] = groups.filter((group) => group !== undefined);
    if (written === undefined || found.length >= maxFunctions) continue;
    const last = lastOf(statements, index);
    const name = constructors.test(written) ? owner + (language === "ruby" ? ".new" : "") : written;
    if (name === "") continue; // a class without a name
    found.push({
      name,
      call: callOf(name, language, owner !== "" && (indent(statements[index]) ?? 0) > 0),
      parameters: parametersOf(script, lists.join(","), index, last),
      references: new Set(Array.from(lists.join(",").matchAll(/&\s*\$(\w+)/g), ([, parameter = ""]) => parameter)),
      first: index,
      last,
      given: new Map(),
      tested: new Set(),
      filled: new Map(),
      givesBackGiven: false,
      givesBackRead: null,
    });
  }
  return found;
}

/** A function ends before the first line that is indented as little as the one it begins with. */
function lastOf(statements: readonly Statement[], first: number): number {
  const depth = indent(statements[first]) ?? 0;
  for (let at = first + 1; at < statements.length; at++) {
    const own = indent(statements[at]);
    if (own !== null && own <= depth) return at - 1;
  }
  return statements.length - 1;
}

/** Null: it does not begin a line. */
function indent(statement: Statement | undefined): number | null {
  const { code = "", from = 0 } = statement ?? {};
  const before = /^[\s\S]*?(?=[^\s\u0001}])/.exec(code)?.[0] ?? "";
  const start = before.lastIndexOf("\n");
  return start < 0 && from > 0 && !statement?.startsLine ? null : before.slice(start + 1).search(/\S|$/);
}

/** Up to the arguments. */
function callOf(name: string, language: ScannedLanguage, isMethod: boolean): RegExp {
  const word = name.replace(/[.?$]/g, "\\$&");
  if (language === "shell") return new RegExp(`${begins}${word}(?=[\\s)\`;|&]|$)`, "g");
  if (language === "tcl") return new RegExp(`${word}(?<=(?:^|[[{;\\n])\\s*${word})(?=[\\s\\]]|$)`, "g");
  if (language === "perl") return new RegExp(`(?<![\\w$@%{])${word}\\b(?!\\s*=>|\\s*\\})[ \\t]*`, "g");
  if (language === "ruby") return new RegExp(`(?<![\\w@:])${word}(?![\\w:?!]|\\s*=)[ \\t]*`, "g");
  return new RegExp(`(?<![\\w$]${isMethod ? "" : "|\\.|->"})${word}\\s*(?=\\()`, "g");
}

function parametersOf({ language, statements }: Script, list: string, first: number, last: number): string[] {
  if (language === "shell") return ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
  const within = language === "perl" && !/\w/.test(list) ? statements.slice(first, last + 1) : [];
  const all = within.map(({ code }) => namesParameters.exec(code)?.[1] ?? "").join(",") || list;
  const form = language === "c" ? /(\w+)\W*$/ : /^perl|php$/.test(language) ? /[$@%](\w+)/ : /([A-Za-z_]\w*)/;
  const names = all.split(language === "tcl" ? /\s+/ : ",").map((part) => form.exec(part.split("=")[0] ?? "")?.[1]);
  return names
    .filter((name) => name !== undefined)
    .filter((name, at) => at > 0 || !/^(?:self|cls|class|this)$/.test(name));
}
