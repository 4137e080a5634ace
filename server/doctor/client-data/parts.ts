// The parts of a statement, as far as they show without a parser: conditions, arguments, loops, and what is set.

import { mayClean, passes } from "./cleaning.js";
import type { ScannedLanguage, Sink, SinkKind } from "./grammar.js";
import { indexOr } from "./mask.js";
import type { Statement, Use } from "./statements.js";

/** The key of an entry: `['name']`, `{name}`, `.getvalue("name")`. */
export function keyAt(
  raw: string,
  at: number,
): { readonly name: string; readonly isWord: boolean; readonly to: number } | null {
  const form =
    /\}?(?:->)?(?:\.(?:params|cookies|get\w*|value|fetch|searchParams\.get))?[ \t]?[[({][ \t]*["']?([\w-]+)["']?[^\])}\n]{0,20}[\])}]?/y;
  form.lastIndex = at;
  const match = form.exec(raw);
  const name = match?.[1] ?? "";
  return match && name !== ""
    ? { name, isWord: /["'{([][ \t]*["']?[A-Za-z]/.test(match[0]), to: at + match[0].length }
    : null;
}

/** The parts of a statement that are conditions. */
export function conditionsOf(code: string): [number, number][] {
  const found: [number, number][] = [];
  for (const match of code.matchAll(
    /(?<![.\w$@%])(?:if|elsif|elif|elseif|unless|while|until|case|when|switch|match|assert)\b(?!\s*\{!?\[catch\b)/g,
  )) {
    const from = match.index + match[0].length;
    const open = code.slice(from).search(/\S/) + from;
    if (code[open] === "(") {
      const end = closing(code, open);
      const isWhole = /^\s*(?:&&|\|\||and\b|or\b)/.test(code.slice(end + 1));
      found.push([from, isWhole ? code.length : end]);
    } else {
      const length = code.slice(from).search(/\bthen\b|:\s/);
      found.push([from, length < 0 ? code.length : from + length]);
    }
  }
  const question = code.indexOf(" ? ");
  if (question >= 0) found.push([Math.max(0, code.lastIndexOf("=", question - 1)), question]);
  return found;
}

/** The argument of a function whose name says that it tests it, or of one that is called for nothing else. */
export function askedAt(code: string, at: number): boolean {
  let depth = 0;
  for (let open = at - 1; open >= 0 && at - open < 200; open--) {
    if (code[open] === ")") depth++;
    if (code[open] === "(" && depth-- === 0) {
      const name = /([\w.:>-]*[\w?!])\s*$/.exec(code.slice(Math.max(0, open - 60), open))?.[1] ?? "";
      if (/isinstance|URLSearch|(?<!key_)exists|is_?file|isset|is_string|is_array|is_readable|is_null/i.test(name))
        return false;
      if (
        /match|search|valid|check(?!_output|_call)|include\?|in_array|\bis_|^is[A-Z]|\bhas|key_exists|contains|test$|allow|ensure|verify|assert|settype/i.test(
          name,
        )
      )
        return true;
    }
  }
  return /\bregexp\b/.test(code.slice(0, at));
}

/** What stands in front of a value that is asked for being there, with the name of a function that asks so. */
const asksFirst =
  /(?:^|\b(?:if|elif|elsif|elseif|unless|while|and|or|not|return)|&&|\|\||[?:=,])(?:[\s(!{[]*(?:(?:string|info|dict|file)\s+)?(?:\b(?:defined|isset|empty|trim|strip|lc|strtolower|exists|length|strlen|len|existsSync|is_file|file_exists|isfile|exist\?|file\?)|-[a-z]))?$/;
/** What stands behind it: a comparison with nothing, or the end of the condition. */
const asksLast =
  /^["'\s)\]}]*(?:(?:is(?:\s+not)?|[!=]==?|~=|eq|ne|>)\s*(?:None\b|NULL\b|null\b|nil\b|undefined\b|""|''|\{\}|0\b))?["'\s)\]}]*(?:$|:(?!\w)|[{?;,]|and\b|or\b|then\b|else\b|&&|\|\||(?:\.to_s|\.strip)?\.(?:nil|empty)\?|\.length\b|is\b)/;
/** `file_exists("pages/$page`: there may be such a file in another folder. */
const asksForFile =
  /(?:\b(?:file_exists|is_file|is_readable|existsSync|exists|isfile|exist\?|file\?)\s*\([^()]*|[\s(!]-[efrs]\s+["'][^"']*)$/;
/** So far is looked for a test, on both sides of a value. */
const near = 80;

/** Whether the value from `from` to `to` is only asked for being there, in a condition that ends at `end`. */
export function isEmptinessTest(code: string, from: number, to: number, end = code.length): boolean {
  const owner = code.startsWith("->", from) ? /\$\w+$/ : /(?!)/;
  const before = code.slice(Math.max(0, from - near), from).replace(owner, "");
  if (
    /["']\s*(?:not\s+)?in\s+$|\b(?:dict\s+exists|typeof)\s+$|\b(?:isinstance|is_string)\s*\(\s*\$?$/.test(before) ||
    asksForFile.test(before)
  )
    return true;
  const head = before.replace(/[\s({[!#"'$@*]+$/, "");
  if (/\b(?:switch|case|match)$/.test(head)) return false;
  const called = /\w+$/.exec(head)?.[0];
  const isSearch = /^str(?:r?chr|str|pbrk)$/.test(called ?? "");
  const isCall =
    called !== undefined &&
    (isSearch || !passes(called)) &&
    before[head.length] === "(" &&
    !/^\s\?\s/.test(code.slice(to));
  return (
    ((!isCall && /[(!]/.test(before.slice(head.length))) || asksFirst.test(head)) &&
    asksLast.test(code.slice(to, Math.min(end, to + near)))
  );
}

/** The value at `at` chooses an entry of a table: `$files{`, `PAGES.get(`. */
export function isEntry(code: string, at: number): boolean {
  const before = code.slice(Math.max(0, at - 20), at);
  return (
    /(?:[\w\]][[{]|\)\[)[ \t]*["']?(?:\$\w+)?$/.test(before) ||
    /[\w\])}]\.(?:get|fetch|index|indexOf|find)\([ \t]*$/.test(before)
  );
}

/** Whether the value that ends at `at` is in the condition of a `? :` or `if else` that ends before `end`. */
export function choosesAt(code: string, at: number, end = code.length): boolean {
  const after = code.slice(at, end);
  const clause = code.slice(code.lastIndexOf(",", at - 1) + 1, at);
  return /\s\?\s/.test(after) || (/^[^,]*\selse\s/.test(after) && /\sif\s/.test(clause));
}

export function closing(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if (code[at] === "(") depth++;
    if (code[at] === ")" && --depth === 0) return at;
  }
  return code.length;
}

/** Where the argument that begins at `from` ends. */
export function argumentEnd(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    const char = code[at] ?? "";
    if (depth === 0 && ",)]}".includes(char)) return at;
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
  }
  return code.length;
}

/** The arguments of a call that are examined; null: they are harmless as they are. */
export function argumentsOf(code: string, at: number, { takes }: Pick<Sink, "takes">): [number, number] | null {
  let from = at;
  while (code[from] === " ") from++;
  if (code[from] === "`") return [from, indexOr(code, "`", from + 1)];
  const hasBrackets = code[from] === "(";
  const to = hasBrackets ? closing(code, from) : beforeModifier(code, from);
  if (hasBrackets) from++;
  const commas = commasIn(code, from, to);
  const end = commas[0] ?? to;
  if (takes === "first") return [from, end];
  if (takes === "line") return /^\s*(?:\[|array\s*\()/.test(code.slice(from)) ? null : [from, end];
  if (takes === "alone") return commas.length === 0 && !/^\s*[[%]/.test(code.slice(from)) ? [from, to] : null;
  if (takes === "shell") {
    const option = /\bshell\s*:\s*true\b/.exec(code.slice(from, to));
    if (option) return [from, commas.findLast((comma) => comma < from + option.index) ?? to]; // Node joins a list
    return /\bshell\s*=\s*True\b/.test(code.slice(from, to)) && !/^\s*\[/.test(code.slice(from)) ? [from, end] : null;
  }
  if (takes === "name") return [at, indexOr(code, "(", at)];
  if (takes === "open") return commas.length === 0 ? null : [end, commas[2] ?? to];
  return [from, to];
}

/** Where the arguments from `from` end: a condition behind them, as `system $x if $y`, is none. */
function beforeModifier(code: string, from: number): number {
  const length = code.slice(from).search(/\s(?:if|unless|while|until)\s/);
  return length < 0 ? code.length : from + length;
}

/** The names of a list of variables, and where they stand. `slice`: what the form of such a list matched at `at`. */
export function sliceNames(slice: RegExpExecArray, at: number): [string, number][] {
  const names = slice[1] ?? slice[2] ?? "";
  const from = at + slice[0].indexOf(names);
  return Array.from(names.matchAll(/\w+/g), ({ 0: name, index }) => [name, from + index]);
}

/** Where the values of a list from `at` stand: of `(a, b)`, `[a, b]`, `a, b`, or of the names that `slices` finds. */
export function listAt(raw: string, code: string, at: number, slices = /(?!)/g): [number, number][] {
  const slice = raw.slice(at).matchAll(slices).next().value;
  if (slice) return sliceNames(slice, at + slice.index).map(([name, from]) => [from, from + name.length]);
  if (/\bsplit\b/.test(code)) return [];
  const opens = /^\s*[([]/.exec(code.slice(at))?.[0].length ?? 0;
  return rangesIn(at, [...commasIn(code, at + opens, code.length), code.length]);
}

export const commasIn = (code: string, from: number, to: number): number[] => [...outside(/,/y, code, from, to)];

/** Where a sticky pattern matches outside of brackets. */
function* outside(separator: RegExp, code: string, from: number, to: number): Generator<number> {
  let depth = 0;
  for (let at = from; at < to; at++) {
    separator.lastIndex = at;
    if ("([{".includes(code[at] ?? "")) depth++;
    else if (")]}".includes(code[at] ?? "")) depth--;
    else if (depth === 0 && separator.test(code)) yield at;
  }
}

/** What is between separators of one character, the first from `from` on, up to each of `ends`. */
export const rangesIn = (from: number, ends: readonly number[]): [number, number][] =>
  ends.map((end, index) => [index === 0 ? from : (ends[index - 1] ?? from) + 1, end]);

/** What begins another text, behind a quote or before one: `"ls " . $x`. */
const joins = /["']\s?(?:\.\.?|\+)\s|\s(?:\.\.?|\+)\s?["']/y;

export const isBody = ({ name, source }: Use): boolean => name === null && source.variable === "stdin";

/** The first use between `from` and `to` that nothing makes harmless: texts that are joined are judged one by one. */
export function takenOf(uses: readonly Use[], { raw, code }: Statement, from: number, to: number) {
  if (uses.length === 0) return undefined;
  for (const [start, end] of rangesIn(from, [...outside(joins, code, from, to), to])) {
    const use = uses.find((one) => one.from >= start && one.from <= end);
    if (use && !mayClean(raw.slice(start, end), code.slice(start, end), uses.some(isBody))) return use;
  }
  return undefined;
}

/** Perl's `open`, from the comma before its second argument. */
export function openKind(written: string): SinkKind | null {
  const mode = /^,\s*["'](\+?[<>]{1,2}|-\||\|-)(?::[\w():]*)?\s*["']\s*,/.exec(written)?.[1];
  if (mode !== undefined) return mode.includes("|") ? "command" : "path";
  return /^,\s*["']\s*\+?[<>]/.test(written) ? "path" : "command";
}

/** Loops over client data: what is set each time, and what is looped over. */
export function loopsOf(code: string): [string, number, number][] {
  const forms = [
    /\bfor(?:each)?\s+(?:my\s+)?(\$\w+)\s*\(/,
    /\bfor\s+([\w\s,]+?)\s+in\s/,
    /\bfor\s*(?:await\s*)?\(\s*(?:const|let|var)\s+([^)]{1,80}?)\s+of\s/,
    /\bforeach\s+(\w+|\{[\w\s]+\})\s/,
  ];
  for (const form of forms) {
    const match = form.exec(code);
    if (match) return [[match[1] ?? "", match.index + match[0].length, code.length]];
  }
  const as = Array.from(
    code.matchAll(/\bforeach\s*\((.*?)\bas\b([^)]*)\)/gs),
    ({ 1: over = "", 2: targets = "", index }): [string, number, number] => [targets, index, index + over.length + 10],
  );
  if (as.length > 0) return as;
  const block = /\|([\w\s,()]{1,80})\|/.exec(code);
  return block && /\.(?:each|map|select|reject|find|each_\w+|inject)\b/.test(code)
    ? [[block[1] ?? "", 0, block.index]]
    : [];
}

const notNames =
  /^(?:my|our|local|let|const|var|char|int|unsigned|signed|long|short|static|struct|void|while|for|return|else|do|auto|double|float|FILE|export|readonly|global|bool|\w+_t|if|unless|and|or|not)$/;
export const namesIn = (targets: string): string[] =>
  (targets.match(/[A-Za-z_]\w*/g) ?? []).filter((name) => !notNames.test(name));

interface Assignment {
  readonly targets: readonly string[];
  /** Where the value begins. */
  readonly from: number;
  readonly isAdded: boolean;
}

/** What a statement sets. */
export function assignmentAt(code: string, language: ScannedLanguage): Assignment | null {
  if (language === "tcl") {
    const set = /(?:^|[[{\n])\s*(?:set|append|lappend)\s+(?:::)?(\w+)(?:\([^)]*\))?\s/.exec(code);
    return set ? { targets: [set[1] ?? ""], from: set.index + set[0].length, isAdded: /append/.test(set[0]) } : null;
  }
  const match = /(?<![=!<>])([-+.|&/*]|\|\||\/\/|\?\?)?=(?![=~>])/.exec(code);
  if (!match || match.index > 200) return null;
  const left = code.slice(0, match.index).replace(/^.*(?:\)\s*\{\s|;\s|\b(?:then|do|else)\s*\{?\s)/s, "");
  const attribute = /^\s*\$?((?:self\.|this\.|this->|@)\w+)(?:\[[^\]]*\])?\s*$/.exec(left)?.[1];
  const from = match.index + match[0].length;
  const isAdded = match[1] !== undefined || (language === "c" && /\]\s*$|^\s*\*|\+\+\s*$/.test(left));
  if (attribute !== undefined && language !== "perl") return { targets: [attribute], from, isAdded };
  const bare = left.replace(/(?:\[[^\]]*\]|\+\+)\s*$/, "");
  if (/\)\s*\S*\w\s*$/.test(bare) && !/^\s*\(/.test(bare)) {
    const name = /(?<![.\w>])@?([A-Za-z_]\w*)\s*$/.exec(bare)?.[1]; // if (condition) name = value
    return name === undefined ? null : { targets: [name], from, isAdded };
  }
  if (/(?:\.|->)\w|\b(?:return|print|echo|puts|def|function|sub)\b/.test(left)) return null;
  const names = namesIn(left);
  const isList = /^\s*(?:(?:my|our|local|let|const|var)\s*)?[[({]|,/.test(left.replace(/\w+[[{(][^\])}]*[\])}]/g, ""));
  const targets = isList ? names : names.slice(0, 1);
  return { targets, from, isAdded };
}
