// Finds where a statement uses client data: the request itself, or a variable that holds what the client sent.

import { type Grammar, type ScannedLanguage, sent } from "./grammar.js";
import { closing, isEntry, keyAt, sliceNames } from "./parts.js";
import { placesOf, type Statement, type Use } from "./statements.js";
import type { Tainted, Values } from "./values.js";

export interface Script {
  readonly language: ScannedLanguage;
  readonly grammar: Grammar;
  readonly statements: readonly Statement[];
  /** It reads a request, so that what it reads from its standard input is the body. */
  readonly hasBody: boolean;
  values: Values;
}

/** At most so many uses of client data are followed in a statement. */
const maxUses = 50;
/** How many characters behind a variable are searched for the name of its entry. */
const near = 120;
export const isVariableOfCgi = /^(?:QUERY_|REQUEST_|PATH_|HTTP_)/;

/** The argument begins here: of a call, or of a word such as `include`. */
export const standsFirst = /(?:\w[ \t]*\(|\w[ \t]|\([^()]*,)\s*["']?(?:["'][$#]?\{)?$/;
/** Python's `os.`, a form's object. */
const ownerName = /\$?\b\w+(?:\.|->)$/;
/** What closes the place where the request is named: `"] || ""`, `", "")`. */
const closes = /^["']?\s*(?:,\s*(?:""|''))?\s*[)\]}]/;
/** Behind it there is nothing but its default, and the end of the argument or word. */
const ends = /^(?:\(\))?["'}]{0,3}\s*(?:(?:\|\||\/\/|\?\?|or\b)\s*(?:""|''))?\s*(?:$|[),;|<>&]|\s(?!\s*[.+[]))/;

/** An entry of all variables of CGI, or a list of them. */
const entry = new RegExp(
  `^\\}?(?:->@?)?(?:\\.(?:get|fetch|values_at))?(?:\\.|[[({ ](?:[^)}\\]\\n]{0,80}\\W)?)["']?(${sent})\\b`,
);
export const isSent = new RegExp(`^(?:${sent})$`);
const aName = new RegExp(`(?<![$@{!\\w])(?:${sent})\\b`);
/** The object of a form goes somewhere whole: `.params`, `.get("a")`. */
const takesFields = /^\.(?:params|cookies|keys|get|to_h)/;

/** The request itself: a variable of CGI, "stdin", or "" with a field. */
export const requestUse = (from: number, to: number, named: string): Use => {
  const isVariable = named === "stdin" || isVariableOfCgi.test(named);
  const source = { variable: isVariable ? named : "", field: isVariable || named === "" ? null : named, isWhole: true };
  return { from, to, source, name: null, id: `request ${named}`, isPart: false };
};

/** What a variable holds of the client's at one place, or its entry there. */
function variableUse({ values }: Script, { raw }: Statement, name: string, from: number, end: number): Use | null {
  const tainted = values.tainted.get(name);
  if (!tainted || tainted.holds === "name") return null;
  if (tainted.holds === "variables") {
    const rest = raw.slice(end, end + near);
    const [all, named] = entry.exec(rest) ?? [];
    if (all !== undefined && named !== undefined) return requestUse(from, end + all.length, named);
    const [key = "", by = ""] = /^(?:->)?\{["']?\$(\w+)["']?\}/.exec(rest) ?? [];
    const held = values.tainted.get(by);
    return held?.holds === "name" ? requestUse(from, end + key.length, held.source.variable) : null;
  }
  const key = keyAt(raw, end);
  if (key === null) {
    const isTaken = tainted.holds === "value" || takesFields.test(raw.slice(end, end + near));
    return isTaken ? { from, to: end, source: tainted.source, name, id: name, isPart: false } : null;
  }
  const field = tainted.source.field ?? (key.isWord ? key.name : null);
  return { from, to: key.to, source: { ...tainted.source, field }, name, id: `${name} ${key.name}`, isPart: true };
}

/** Every use of client data in a part of a statement. `withEntries`: also as the key of a table. */
export function usesIn(
  script: Script,
  statement: Statement,
  from = 0,
  to = statement.raw.length,
  withEntries = script.language === "shell",
): Use[] {
  const { grammar, values } = script;
  const { code, raw } = statement;
  const uses: Use[] = [];
  const calls: [number, number][] = [];
  const add = (use: Use): void => {
    const call = calls.find(([first, last]) => use.from >= first && use.to <= last);
    if (uses.length >= maxUses || (!withEntries && isEntry(code, call?.[0] ?? use.from))) return;
    const isGone = values.isTested(use.id) || (use.source.variable === "" && values.isTested("request *"));
    if (!isGone && !uses.some((other) => use.from >= other.from && use.to <= other.to)) uses.push(use);
  };
  const fieldsIn = (given: string): Tainted | undefined =>
    Array.from(given.matchAll(grammar.variable), ([, name = ""]) => values.tainted.get(name)).find(
      (one) => one?.holds === "fields",
    );
  for (const { call, givesBackRead, givesBackGiven } of statement.calls)
    for (const [at, { 0: all }] of placesOf(call, statement, from, to)) {
      if (calls.length >= maxUses) break;
      const end = at + all.length;
      if (script.language === "shell" && !/[(`]\s*$/.test(raw.slice(0, end).replace(/\w+$/, ""))) continue;
      const last = code[end] === "(" ? Math.min(to, closing(code, end) + 1) : end;
      const fields = givesBackGiven ? fieldsIn(code.slice(end, Math.min(last, end + near))) : undefined;
      const source = givesBackRead ?? fields?.source;
      calls.push([at, last]);
      if (source) add({ from: at, to: last, source, name: null, id: `call ${raw.slice(at, last)}`, isPart: false });
    }
  for (const form of grammar.sources)
    for (const [at, match] of placesOf(form, statement, from, to)) {
      const named = match[0].endsWith("path_info") ? "PATH_INFO" : (match[1] ?? match[2] ?? "");
      add(requestUse(at, at + match[0].length, named));
    }
  for (const [at, match] of placesOf(grammar.slices, statement, from, to))
    for (const [name, place] of sliceNames(match, at)) {
      const use = requestUse(place, place + name.length, name);
      if (isSent.test(name) && uses.length < maxUses && !values.isTested(use.id)) uses.push(use);
    }
  for (const [at, [all, one = "", many = one]] of placesOf(grammar.indirect, statement, from, to)) {
    const held = values.tainted.get(many);
    if (held?.holds === "name") add(requestUse(at, at + all.length, held.source.variable));
  }
  if (script.hasBody && !script.values.readsFile)
    for (const [at, { 0: all }] of placesOf(grammar.body, statement, from, to))
      add(requestUse(at, at + all.length, "stdin"));
  if (values.tainted.size === 0) return uses;
  for (const { 0: all, 1: name = "_", index } of code.slice(from, to).matchAll(grammar.variable)) {
    const use = variableUse(script, statement, name, from + index, from + index + all.length);
    if (use) add(use);
  }
  return uses;
}

/** Nothing stands before it in its argument or value, and nothing takes a part of it. */
export function isAlone(
  { language }: Script,
  { raw }: Statement,
  { from, to, source, name }: Use,
  valueFrom: number | null = null,
): boolean {
  const before = raw.slice(valueFrom ?? 0, from).replace(name === null ? ownerName : /(?!)/, "");
  const isFirst =
    language === "shell"
      ? /(?:^|[\s<>=])["']?$/.test(before)
      : valueFrom !== null
        ? /^[\s"'(]*$/.test(before)
        : standsFirst.test(before) || (language === "python" && /path\.join\([^()]*,\s*$/.test(before));
  const isOpen = name === null && /[([{][^)\]}]*$/.test(raw.slice(from, to));
  const after = raw.slice(to);
  return source.isWhole && isFirst && ends.test(isOpen ? after.replace(closes, "") : after);
}

/** A variable gets a harmless value, where the name of a variable of CGI may stand: `n=QUERY_STRING`. */
export function unset({ grammar, values }: Script, name: string, isConstant: boolean, value: string): void {
  values.unset(name, isConstant);
  if (!grammar.indirect || values.tainted.has(name)) return;
  const words = value.split(/(?<!\$)[{;]/, 1)[0] ?? "";
  const held = Array.from(words.matchAll(/[$@]\{?(\w+)/g), ([, other = ""]) => values.tainted.get(other));
  const named =
    aName.exec(words)?.[0] ??
    held.find((one) => one?.holds === "name")?.source.variable ??
    (/\$\{!HTTP_|\bkeys\s*\(?%ENV\b/.test(words) ? "HTTP_USER_AGENT" : null); // the names of all these
  if (named !== null) values.set(name, requestUse(0, 0, named), false, "name");
}
