// What a statement sets: a variable takes client data with its value, or gets a harmless one.
import { isExtraction, mayClean } from "./cleaning.js";
import type { ScannedLanguage } from "./grammar.js";
import { assignmentAt, choosesAt, isBody, listAt, loopsOf, namesIn, takenOf } from "./parts.js";
import { assignInShell } from "./shell.js";
import { placesOf, type Statement } from "./statements.js";
import { isAlone, requestUse, type Script, unset, usesIn } from "./uses.js";

/** PHP's request gets other values: `$_GET = …`, `$_POST[$name] = …`. */
const fieldSet = /\$_(?:GET|POST|REQUEST|COOKIE)(?:\[[^\]\n]*\])?\s*=(?![=>])/g;
/** Perl's `$_` is another value from here on: `foreach (…)`, `… for qw(…)`. */
const setsTopic = /\bfor(?:each)?\s*(?=\(|qw\b)|\b(?:map|grep|while|sub)\b/;

/** The value is a function, and what it does with the request is not done yet. */
const unnamedFunction: Partial<Record<ScannedLanguage, RegExp>> = {
  perl: /^\s*sub\b/,
  php: /^\s*(?:static\s+)?function\b/,
  node: /^\s*(?:async\s+)?function\b/,
  lua: /^\s*function\b/,
};
const calledAtOnce = /(?:\}|\bend)\s*\)?\s*(?:->)?\s*\([^()]*\)[\s;]*$/;

/** A function's parameters are new variables. */
export function enter({ values }: Script, { code }: Statement): void {
  const parameters = /\b(?:def|function|proc|sub)\b\s*[\w:.&=?!$*-]*\s*[({]([^)}]*)[)}]/.exec(code)?.[1];
  for (const [name] of parameters?.matchAll(/\w+/g) ?? []) values.tainted.delete(name);
}

export function loop(script: Script, statement: Statement): void {
  const { code, raw } = statement;
  for (const [targets, from, to] of loopsOf(code)) {
    const use = usesIn(script, statement, from, to)[0];
    const isTaken = use !== undefined && !mayClean(raw.slice(from, to), code.slice(from, to), true);
    for (const name of namesIn(targets))
      if (isTaken) script.values.set(name, use, true);
      else unset(script, name, false, raw.slice(from, to));
  }
  const topic = script.language === "perl" ? setsTopic.exec(code) : null;
  if (!topic) return;
  const from = topic.index + topic[0].length;
  const use = topic[0].startsWith("for") ? usesIn(script, statement, from)[0] : undefined;
  if (use && !mayClean(raw.slice(from), code.slice(from), true)) script.values.set("_", use, true);
  else unset(script, "_", false, raw.slice(from));
}

export function assign(script: Script, statement: Statement): void {
  const { grammar, values } = script;
  const { code, raw } = statement;
  for (const [, match] of placesOf(grammar.writes, statement)) {
    const uses = usesIn(script, statement).filter(({ name }) => name === null || !match.slice(1).includes(name));
    const use = uses[0];
    if (use && (uses.some(isBody) || !mayClean(raw, code, false)))
      for (const name of match.slice(1).join(" ").match(/\S+/g) ?? [grammar.form ?? ""])
        values.set(name, use, !/cpy/.test(match[0]));
  }
  if (script.language === "shell") assignInShell(script, statement);
  else {
    assignValue(script, statement);
    takeApart(script, statement);
  }
  const isHarmless = (from: number): boolean =>
    usesIn(script, statement, from).length === 0 || mayClean(raw.slice(from), code.slice(from), false);
  for (const { 0: all, index } of code.matchAll(fieldSet))
    if (isHarmless(index + all.length))
      values.addTested(`request ${/\[["']([\w-]+)/.exec(raw.slice(index, index + all.length))?.[1] ?? "*"}`);
  for (const { name, id, to } of script.language === "shell" ? [] : usesIn(script, statement)) {
    const equals = /^["'\])}\s]*=(?![=~>])/.exec(code.slice(to));
    if (name === null && equals && isHarmless(to + equals[0].length)) values.addTested(id);
  }
}

/** Variables of CGI get names of the script's: `const { PATH_INFO: path = "" } = process.env`, `%e = %ENV`. */
function takeApart({ grammar, values }: Script, statement: Statement): void {
  for (const [, variable = "", name = variable] of statement.raw.matchAll(grammar.apart ?? /(?!)/g))
    values.set(name, requestUse(0, 0, variable));
  for (const [, { 0: all, ...groups }] of placesOf(grammar.copies, statement)) {
    const name = Object.values(groups).find((group) => typeof group === "string");
    if (name !== undefined) values.set(name, requestUse(0, all.length, ""), false, "variables");
  }
}

function assignValue(script: Script, statement: Statement): void {
  const { language, grammar, values } = script;
  const { code, raw } = statement;
  const equals = assignmentAt(code, language);
  if (equals === null) return;
  const { targets, from, isAdded } = equals;
  const uses = usesIn(script, statement, from).filter(({ to }) => !choosesAt(code, to));
  const value = raw.slice(from);
  const copied = values.tainted.get(/^\s*(?:[%\\$]+\s*)?(\w+)\s*$/.exec(code.slice(from))?.[1] ?? "");
  const [only = ""] = targets;
  if (copied && copied.holds !== "value" && targets.length === 1) {
    values.set(only, requestUse(0, 0, copied.source.variable), false, copied.holds);
    return;
  }
  const isFunction = unnamedFunction[script.language]?.test(code.slice(from)) && !calledAtOnce.test(code);
  const use = isFunction ? null : (takenOf(uses, statement, from, code.length) ?? null);
  if (use === null && isAdded) return;
  const isPart =
    targets.length > 1 ||
    isExtraction(value) ||
    /\bsplit|\bparse|partition|decode_www_form|URLSearchParams/.test(value) ||
    use?.isPart === true;
  const holds = /(?:FieldStorage|CGI\.new)\b(?!(?:\([^)]*\))?[.[])/.test(value) ? "fields" : "value";
  const isWhole = use !== null && targets.length === 1 && isAlone(script, statement, use, from);
  const places = targets.length > 1 ? listAt(raw, code, from, grammar.slices) : [];
  for (const [index, name] of targets.entries()) {
    const place = places.length === targets.length ? places[index] : undefined;
    const own = place && use ? (uses.find((one) => one.from >= place[0] && one.to <= place[1] + 1) ?? null) : use;
    if (own === null) unset(script, name, uses.length === 0, value);
    else values.set(name, { ...own, source: { ...own.source, isWhole } }, isPart, holds);
  }
}
