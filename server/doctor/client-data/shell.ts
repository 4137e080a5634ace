// What is different in a shell: commands are words, so it is looked for what stands where a command begins.
import { mayClean } from "./cleaning.js";
import { pipeOfHeredoc, programOfHeredoc, type SinkKind, shellOfHeredoc } from "./grammar.js";
import { hidden } from "./mask.js";
import type { Reached, Statement, Use } from "./statements.js";
import { isAlone, isVariableOfCgi, requestUse, type Script, unset, usesIn } from "./uses.js";

export const begins =
  /(?:^|(?<!=)\(|[;&|{`]|\b(?:then|do|else|if|elif|while|until|exec|sudo|nohup|time|env|command|xargs)\s|!\s)\s*/
    .source;
/** Where a command begins, also behind a pattern of `case`. */
const branches = `(?:${begins}|^\\s*[^\\s()$]+\\)\\s*)`;
const shells = /(?:\/bin\/|\/usr\/bin\/)?(?:ba|da|k|z)?sh/.source;
const programs = /(?:[gmn]?awk|perl|python3?|ruby|php|node)/.source;
const commands: readonly (readonly [SinkKind, RegExp, "any" | "first" | "unquoted" | "program"])[] = [
  ["code", new RegExp(`${branches}(?:eval|source|\\.)\\s`, "g"), "any"],
  ["command", new RegExp(`${branches}${shells}\\s+-\\w*c\\s+`, "g"), "first"],
  ["command", new RegExp(`${branches}${shells}(?:\\s+-\\w+)*\\s*<<<\\s*`, "g"), "first"],
  ["command", new RegExp(`${branches}su\\s(?:[^;|&]*\\s)?-c\\s+`, "g"), "first"],
  ["command", new RegExp(`${branches}ssh\\s`, "g"), "any"],
  ["code", new RegExp(`${branches}${programs}\\s`, "g"), "program"],
  ["path", new RegExp(`${branches}(?:cat|rm|cp|mv|head|tail|tee|touch|mkdir|rmdir|unlink|less|more)\\s`, "g"), "any"],
  ["command", new RegExp(`${branches}(?:find|tar|curl|wget|rsync|sort|zip|man|mail|git|scp)\\s`, "g"), "unquoted"],
];

/** A shell runs what it reads: `| sh`, `| bash -s`. */
const intoShell = new RegExp(`(?<!\\|)\\|\\s*${shells}(?:\\s+-[a-z]+)*\\s*(?=$|[;&|)\`\\n])`, "g");
/** A program reads a here document: `bash <<EOF`, `cat <<EOF | sh`. */
const intoProgram = new RegExp(
  `(?:${begins}(?:\\/(?:usr\\/)?bin\\/)?(?:(${shellOfHeredoc})|${programOfHeredoc})[ \\t]*<<-?[ \\t]*\\w|(${pipeOfHeredoc}))[^\\n]*\\n`,
  "g",
);
/** What begins a loop, and what ends one. */
const loops = /(?:^|[;&|{(]|\b(?:do|then|else))\s*(?:(while|until|for|select)|done)\b/g;

/** Where client data must not go. */
export function* shellSinks(statement: Statement, uses: readonly Use[]): Generator<Reached> {
  const { code, raw, quoted } = statement;
  for (const { index } of code.matchAll(intoShell)) {
    const use = uses.find(({ to }) => to <= index && !/[;\n]|&&|\|\|/.test(code.slice(to, index)));
    const isCleaned = use !== undefined && mayClean(raw.slice(use.to, index), code.slice(use.to, index), false);
    if (use !== undefined && quoted[index] !== 1 && !isCleaned) yield { kind: "command", at: index, use };
  }
  for (const { 0: all, 1: shell, 2: piped = shell, index } of code.matchAll(intoProgram)) {
    const use = uses.find(({ from }) => from >= index + all.length);
    if (use !== undefined && quoted[index] !== 1)
      yield { kind: piped === undefined ? "code" : "command", at: index, use };
  }
  for (const [kind, form, which] of commands)
    for (const match of code.matchAll(form)) {
      const from = match.index + match[0].length;
      const at = from - (/\S+\s+(?:-\w+\s)?$/.exec(match[0])?.[0].length ?? 0);
      if (quoted[at] === 1) continue;
      const to = which === "first" ? shellWord(statement, from) : commandEnd(statement, from);
      for (const use of uses) {
        if (use.from < from || use.from >= to || isOptionValue(statement, from, use.from)) continue;
        if (which === "unquoted" && quoted[use.from] === 1) continue;
        if (which === "program" && !isInProgram(statement, from, use.from)) continue;
        yield { kind, at, use };
        break;
      }
    }
  for (const use of uses) {
    if (
      new RegExp(`${begins}["']?$`).test(code.slice(Math.max(0, use.from - 20), use.from)) &&
      !isPatternOrTest(code, use)
    )
      yield { kind: "command", at: use.from, use };
    const start = wordStart(statement, use.from);
    if (
      !/^\s*(?:\[|\(\(|if\b|while\b|case\b)/.test(code) &&
      /(?<![<>=-])[0-9]?(?:>{1,2}|<)\s*$/.test(code.slice(Math.max(0, start - 20), start)) &&
      quoted[start - 1] !== 1
    )
      yield { kind: "path", at: use.from, use };
  }
}

/** `$x` alone as a statement of `case`, or in `$(( ))`. */
const isPatternOrTest = (code: string, use: Use): boolean =>
  /\(\(\s*$|\[\[?\s*$/.test(code.slice(0, use.from)) ||
  (/^[^;\s]*\)/.test(code.slice(use.to)) && !/\$\(|`/.test(code.slice(0, use.from)));

/** Where a word that begins at `from` ends. */
function shellWord(statement: Statement, from: number): number {
  const [start, end] = wordsFrom(statement, from).next().value ?? [];
  return start === from && end !== undefined ? end : from;
}

/** Where the words of a command are, of a shell or Tcl, from behind its name on. */
export function* wordsFrom({ code, quoted }: Statement, at: number): Generator<[number, number], undefined> {
  const isInTicks = code.slice(0, at).split("`").length % 2 === 0;
  let isTicked = false;
  let depth = 0;
  let start = -1;
  for (let end = at; end <= code.length; end++) {
    const char = code[end] ?? "\n";
    const isBetween = quoted[end] !== 1 && depth === 0 && !isTicked;
    const isOver = isBetween && (/[;\n|&)\]}]/.test(char) || code.startsWith("<<", end) || (char === "`" && isInTicks));
    if (isOver || (isBetween && /\s/.test(char))) {
      if (start >= 0) yield [start, end];
      if (isOver) return;
      start = -1;
    } else if (start < 0) start = end;
    if (char === "\\") end++;
    else if (char === "`") isTicked = !isTicked;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
  }
}

function commandEnd(statement: Statement, from: number): number {
  let last = from;
  for (const [, end] of wordsFrom(statement, from)) last = end;
  return last;
}

function wordStart({ code, quoted }: Statement, at: number): number {
  let start = at;
  while (start > 0 && (quoted[start - 1] === 1 || /[^\s;&|<>()]/.test(code[start - 1] ?? " "))) start--;
  return start;
}

/** `-n "$x"`, `-v x="$y"`. */
function isOptionValue(statement: Statement, from: number, at: number): boolean {
  const start = wordStart(statement, at);
  const before = statement.code.slice(from, start);
  return (
    /(?:^|\s)(?:-[nvFdcmo]|--\w+)\s+$/.test(before) ||
    /^\w+=|^-/.test(statement.code.slice(start, at).replace(/["']/g, ""))
  );
}

/** The word is a program in double quotes, and has other text beside the variable. */
function isInProgram(statement: Statement, from: number, at: number): boolean {
  if (statement.quoted[at] !== 1) return false;
  const start = wordStart(statement, at);
  const end = shellWord(statement, at);
  const word = statement.code.slice(Math.max(from, start), end);
  return word.startsWith('"') && word.includes(hidden + hidden);
}

/** `case` with patterns such as `host=*` takes a value apart; with others it is a test. */
export function isShellTest({ code, raw }: Statement, next: readonly Statement[]): boolean {
  if (/^\s*(?:(?:do|then|else)\s+)?case\b/.test(code))
    return ![raw, ...next.map((one) => one.raw)].some((line) => /[\w"'|]=\*["']?\s*\)/.test(line));
  if (/=~|\bgrep\b[^|]*\s-\w*q|\bexpr\b/.test(code)) return true;
  if (/\bgrep\b/.test(code) && /&&|\|\||\bif\b/.test(code)) return true;
  const tests = code.match(/(?:\[\[?|\btest)\s[^\]]*/g) ?? [];
  return tests.some(
    (test) =>
      /\$/.test(test) &&
      !/^(?:\[\[?|test)\s+!?\s*(?:-[a-z]\s|["']?\$\{?!?\w+\}?["']?\s*(?:$|!?==?\s*(?:""|''))|["']?[\w\u0001]\$\{?\w+\}?["']?\s*!?==?\s*["']?[\w\u0001]["']?\s*$)/.test(
        test,
      ),
  );
}

/** Loops have at most so many statements. */
const maxLoop = 200;

/** The statement with the `done` of the loop that begins now: `done < <(…)`. */
function loopEnd({ statements, values }: Script): Statement | null {
  let depth = 0;
  for (const statement of statements.slice(values.now, values.now + maxLoop))
    for (const [, begins] of statement.code.matchAll(loops)) {
      depth += begins === undefined ? -1 : 1;
      if (depth <= 0) return statement;
    }
  return null;
}

/** Ends a part of an `if` or a `case`, whose commands have the standard input of the lines around it. */
const endsCondition = /^\s*(?:(?:fi|esac|else|elif)\b(?!.*[<|])|;;)/;
const indentOf = (raw: string): number => /^\n*([ \t]*)/.exec(raw)?.[1]?.length ?? 0;

/** Whether a function or a block around the loop that begins now may give it another standard input. */
function mayReadOther({ statements, values }: Script, { raw, startsLine }: Statement): boolean {
  if (/^\s*\{/.test(raw)) return true;
  let indent = startsLine ? indentOf(raw) : 0;
  for (const next of statements.slice(values.now + 1, values.now + maxLoop)) {
    const own = indentOf(next.raw);
    if (!next.startsLine || own >= indent) continue;
    if (!endsCondition.test(next.code)) return true;
    indent = own;
  }
  return indent > 0;
}

/** What `set -- $QUERY_STRING` sets. */
const positional = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** `name=value`, and what `for`, `read` and `printf -v` set. */
export function assignInShell(script: Script, statement: Statement): void {
  const { values } = script;
  const { code, raw } = statement;
  for (const { 0: all, 1: name = "", index } of code.matchAll(/(?<![^\s;(&|])(\w+)(?:\[[^\]]*\])?\+?=(?!=)/g)) {
    const from = index + all.length;
    const to = shellWord(statement, from);
    const use = usesIn(script, statement, from, to)[0];
    if (use !== undefined && !mayClean(raw.slice(from, to), code.slice(from, to), use.name === null)) {
      const isWhole = isAlone(script, statement, use) && /^["']?\$\{?!?\w+\}?["']?$/.test(raw.slice(from, to));
      values.set(name, { ...use, source: { ...use.source, isWhole } }, /[|%#]|sed|cut|awk/.test(code.slice(from, to)));
    } else {
      unset(script, name, use === undefined, raw.slice(from, to));
      if (isVariableOfCgi.test(name)) values.addTested(`request ${name}`);
    }
  }
  const [, ref = "", of = ""] = /\b(?:declare|local|typeset)\s+-\w*n\w*\s+(\w+)=["']?(\w+)/.exec(raw) ?? [];
  if (values.tainted.get(ref)?.holds === "name") values.set(ref, requestUse(0, 0, of));
  if (/^\s*exec\s+0?<(?!&)/.test(code)) values.readsFile = true;
  const set = /(?:^|[;&|{]|\b(?:do|then|else)\s)\s*set\s+--\s/.exec(code);
  const word = set && usesIn(script, statement, set.index)[0];
  const keeps = /(?:&&|\|\|)\s*set\s|\$[@*]/.test(raw);
  for (const name of set ? positional : [])
    if (word && !mayClean(raw, code, true)) values.set(name, word, true);
    else if (!keeps) unset(script, name, !word, raw);
  const loop = /\bfor\s+(\w+)\s+in\s/.exec(code);
  const read =
    /\b(?:read|mapfile|readarray)\b((?:\s+(?:-[a-zA-Z]+(?:\s+(?:"[^"]*"|\d+|'[^']*'|\$\{?\w+\}?))?|\w+))+)|\bprintf\s+-v\s+(\w+)/.exec(
      code,
    );
  const names = loop ? [loop[1] ?? ""] : ((read?.[1] ?? read?.[2])?.match(/(?<![-\w${])[A-Za-z_]\w*/g) ?? []);
  if (names.length === 0) return;
  const isFed = loop !== null || read?.[2] !== undefined || /<(?!\s*&0)|(?<!\|)\|(?!\|)/.test(code);
  const fed = !isFed && /\b(?:while|until)\b/.test(code) ? loopEnd(script) : statement;
  const hasBody = script.hasBody && !values.readsFile;
  const readsBody = !isFed && hasBody && (fed === statement || (fed !== null && !/[<|]/.test(fed.code)));
  const isStdin = readsBody && !(/\b(?:while|until)\b/.test(code) && mayReadOther(script, statement));
  const use = isStdin ? requestUse(0, 0, "stdin") : fed === null ? undefined : usesIn(script, fed)[0];
  const isTaken = use !== undefined && !mayClean(raw, code, true);
  for (const name of names)
    if (isTaken) values.set(name, use, true);
    else if (loop) unset(script, name, false, raw.slice(loop.index + loop[0].length));
}
