// Follows the client's data through a script, in the order of its lines: from the request through simple assignments to
// a shell, to code that is run, or to a file's path. A test, a match or an escape on the way ends it, and so does
// everything that is not understood.
import { isDecoding, isExtraction, mayClean } from "./cleaning.js";
import { type Grammar, grammars, type ScannedLanguage, type SinkKind, sent } from "./grammar.js";
import { hidden } from "./mask.js";
import {
  argumentsOf,
  askedAt,
  assignmentAt,
  choosesAt,
  conditionsOf,
  isEmptinessTest,
  isEntry,
  keyAt,
  listAt,
  loopsOf,
  namesIn,
  openKind,
} from "./parts.js";
import { shellSinks, shellWord } from "./shell.js";
import { type Source, type Statement, statements, type Use } from "./statements.js";

export interface Flow {
  readonly kind: SinkKind;
  /** Counts from 1. */
  readonly line: number;
  readonly source: Source;
  /** Perl's `open` with two arguments, meant for a file: it takes a command as well. */
  readonly isOpen: boolean;
}
interface Tainted {
  readonly source: Source;
  /** What it was made of. */
  readonly parent: string | null;
  /** It is a part of that: a test of it says nothing about the whole. */
  readonly isPart: boolean;
  /** Its fields alone are the client's: of a form's object, or of all variables of CGI. */
  readonly holds: "value" | "fields" | "variables";
}
/** Longer texts are generated, not written by a person. */
const maxTextLength = 256 << 10;
const maxFlows = 20;
const maxTainted = 200;
const maxSpreads = 20;
/** At most so many uses of client data are followed in a statement. */
const maxUses = 50;
/** A value that is set so many statements behind a question for it is its default. */
const defaultWithin = 2;
/** How many characters behind a variable are searched for the name of its entry. */
const near = 120;
const isVariableOfCgi = /^(?:QUERY_|REQUEST_|PATH_|HTTP_)/;

const namesRequest = /\b(?:CONTENT_LENGTH|REQUEST_METHOD|QUERY_STRING|FieldStorage|CGI|php:\/\/input)\b/;

export function clientDataFlows(text: string, language: ScannedLanguage): Flow[] {
  if (
    !/QUERY_STRING|CONTENT_LENGTH|REQUEST_URI|PATH_INFO|HTTP_|param|FieldStorage|CGI|_GET|_POST|_REQUEST|_COOKIE|import_request|php:|ncgi/.test(
      text,
    )
  )
    return [];
  return text.length > maxTextLength ? [] : new Scan(text, language).flows();
}

/** The argument begins here: of a call, or of a word such as `include`. */
const standsFirst = /(?:\w[ \t]*\(|\w[ \t]|\([^()]*,)\s*["']?(?:["'][$#]?\{)?$/;
/** Python's `os.`, a form's object. */
const ownerName = /\$?\b\w+(?:\.|->)$/;
/** What closes the place where the request is named: `"] || ""`, `", "")`. */
const closes = /^["']?\s*(?:,\s*(?:""|''))?\s*[)\]}]/;
/** Behind it there is nothing but its default, and the end of the argument or word. */
const ends = /^(?:\(\))?["'}]{0,3}\s*(?:(?:\|\||\/\/|\?\?|or\b)\s*(?:""|''))?\s*(?:$|[),;|<>&]|\s(?!\s*[.+[]))/;

/** An entry of all variables of CGI, or a list of them. */
const entry = new RegExp(
  `^(?:->)?(?:\\.(?:get|fetch|values_at))?(?:\\.|[[({ ](?:[^)}\\]\\n]{0,80}\\W)?)["']?(${sent})\\b`,
);
const oneSent = new RegExp(`\\b(?:${sent})\\b`, "g");
/** PHP's request gets other values: `$_GET = …`, `$_POST[$name] = …`. */
const fieldSet = /\$_(?:GET|POST|REQUEST|COOKIE)(?:\[[^\]\n]*\])?\s*=(?![=>])/g;
/** What stands before each name: of `extract`'s variables, or of `${"in_$name"}`. */
const prefixOf = /EXTR_PREFIX_ALL\s*,\s*["'](\w+)["']|^["']\w+["'],\s*["'](\w+)["']|^["'](\w+)\$/;
/** Names that no request makes a variable. */
const isReserved = /^(?:_.*|this|\d+)$/;

/** The request itself: a variable of CGI, "stdin", or "" with a field. */
const requestUse = (from: number, to: number, named: string): Use => {
  const isVariable = named === "stdin" || isVariableOfCgi.test(named);
  const source = { variable: isVariable ? named : "", field: isVariable || named === "" ? null : named, isWhole: true };
  return { from, to, source, name: null, id: `request ${named}`, isPart: false };
};

const firstWord = (id: string): string => id.slice(0, id.indexOf(" "));

class Scan {
  readonly #grammar: Grammar;
  readonly #tainted = new Map<string, Tainted>();
  /** Ids of uses that were tested, by their first word: a variable, or `request`. */
  readonly #tested = new Map<string, Set<string>>();
  /** In which statement a variable was last asked for being there. */
  readonly #asked = new Map<string, number>();
  /** Variables that have a value of the script's, or had one. */
  readonly #given = new Set<string>();
  /** Variables that are named by the client. */
  readonly #spreadNames = new Set<string>();
  /** A file was included since. */
  #hasIncluded = false;
  #allNames: ReadonlySet<string> | null = null;
  #spreads = 0;
  #now = 0;
  readonly #hasBody: boolean;
  readonly #statements: readonly Statement[];
  readonly #lineStarts: number[] = [0];
  readonly #language: ScannedLanguage;

  constructor(text: string, language: ScannedLanguage) {
    this.#language = language;
    this.#grammar = grammars[language];
    this.#hasBody = namesRequest.test(text);
    this.#statements = statements(text, language, this.#grammar);
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
  }

  flows(): Flow[] {
    const found = new Map<string, Flow>();
    let line = 0;
    for (const [index, statement] of this.#statements.entries()) {
      this.#now = index;
      this.#enter(statement);
      if (this.#language !== "shell") this.#loop(statement);
      this.#test(statement, index);
      for (const { kind, at, use, isOpen = false } of this.#sinks(statement)) {
        // Servers take `..` out of it, but it begins with a slash: alone, it is any file's path.
        if (kind === "path" && use.source.variable === "PATH_INFO" && !this.#isAlone(statement, use)) continue;
        if (kind === "path" && this.#mayBeSetElsewhere(statement, use)) continue;
        while ((this.#lineStarts[line + 1] ?? Infinity) <= statement.from + at) line++;
        const flow = { kind, line: line + 1, source: use.source, isOpen };
        if (found.size < maxFlows && !found.has(`${line}`)) found.set(`${line}`, flow);
      }
      this.#assign(statement);
    }
    return [...found.values()];
  }

  /** A function's parameters are new variables. */
  #enter({ code }: Statement): void {
    const parameters = /\b(?:def|function|proc|sub)\b[^({]*[({]([^)}]*)[)}]/.exec(code)?.[1];
    for (const [name] of parameters?.matchAll(/\w+/g) ?? []) this.#tainted.delete(name);
    if (
      this.#language === "c" &&
      /^\s*(?!else\b|if\b|for\b|while\b|switch\b|do\b)\w[\w\s*]*\([^;]*\)\s*\{\s*$/.test(code)
    )
      this.#tainted.clear();
  }

  #loop(statement: Statement): void {
    const { code, raw } = statement;
    for (const [targets, from, to] of loopsOf(code)) {
      const use = this.#uses(statement, from, to)[0];
      const isTaken = use !== undefined && !mayClean(raw.slice(from, to), code.slice(from, to), true);
      for (const name of namesIn(targets))
        if (isTaken) this.#set(name, use, true);
        else this.#unset(name, false);
    }
  }

  /** Where client data stands in a part of a statement. */
  #uses({ raw, code }: Statement, from = 0, to = raw.length): Use[] {
    const uses: Use[] = [];
    const part = raw.slice(from, to);
    const add = (use: Use): void => {
      if (uses.length >= maxUses || (this.#language !== "shell" && isEntry(code, use.from))) return;
      const isGone = this.#isTested(use.id) || (use.source.variable === "" && this.#isTested("request *"));
      if (!isGone && !uses.some((other) => use.from >= other.from && use.to <= other.to)) uses.push(use);
    };
    for (const form of this.#grammar.sources)
      for (const match of part.matchAll(form)) {
        const at = from + match.index;
        if (code[at] === hidden) continue;
        const named = match[0].endsWith("path_info") ? "PATH_INFO" : (match[1] ?? match[2] ?? "");
        add(requestUse(at, at + match[0].length, named));
      }
    for (const match of part.matchAll(this.#grammar.slices ?? /(?!)/g)) {
      if (code[from + match.index] === hidden) continue;
      const names = match[1] ?? match[2] ?? "";
      const at = from + match.index + match[0].indexOf(names);
      for (const { 0: named, index } of names.matchAll(oneSent)) {
        const use = requestUse(at + index, at + index + named.length, named);
        if (uses.length < maxUses && !this.#isTested(use.id)) uses.push(use);
      }
    }
    if (this.#hasBody)
      for (const match of part.matchAll(this.#grammar.body)) {
        const at = from + match.index;
        if (code[at] !== hidden) add(requestUse(at, at + match[0].length, "stdin"));
      }
    if (this.#tainted.size > 0)
      for (const match of code.slice(from, to).matchAll(this.#grammar.variable)) {
        const name = match[1] ?? "";
        const tainted = this.#tainted.get(name);
        if (!tainted) continue;
        const at = from + match.index;
        const end = at + match[0].length;
        if (tainted.holds === "variables") {
          const named = entry.exec(raw.slice(end, end + near));
          if (named) add(requestUse(at, end + named[0].length, named[1] ?? ""));
          continue;
        }
        const key = keyAt(raw, end);
        if (tainted.holds === "fields" && key === null && !/^\.(?:params|keys|get|to_h)/.test(raw.slice(end, end + 8)))
          continue;
        const field = tainted.source.field ?? (key?.isWord ? key.name : null);
        add({
          from: at,
          to: key?.to ?? end,
          source: { ...tainted.source, field },
          name,
          id: key === null ? name : `${name} ${key.name}`,
          isPart: key !== null,
        });
      }
    return uses;
  }

  /** Nothing stands before it in its argument or value, and nothing takes a part of it. */
  #isAlone({ raw }: Statement, { from, to, source, name }: Use, valueFrom: number | null = null): boolean {
    const before = raw.slice(valueFrom ?? 0, from).replace(name === null ? ownerName : /(?!)/, "");
    const isFirst =
      this.#language === "shell"
        ? /(?:^|[\s<>=])["']?$/.test(before)
        : valueFrom !== null
          ? /^[\s"'(]*$/.test(before)
          : standsFirst.test(before) || (this.#language === "python" && /path\.join\([^()]*,\s*$/.test(before));
    const isOpen = name === null && /[([{][^)\]}]*$/.test(raw.slice(from, to));
    const after = raw.slice(to);
    return source.isWhole && isFirst && ends.test(isOpen ? after.replace(closes, "") : after);
  }

  #test(statement: Statement, index: number): void {
    const { code, raw } = statement;
    const uses = this.#uses(statement);
    if (uses.length === 0) return;
    if (this.#language === "shell") {
      if (this.#isShellTest(statement, index)) for (const use of uses) this.#clear(use);
      else if (/\s-z\s|=\s*(?:""|'')/.test(raw)) for (const use of uses) this.#ask(use);
      return;
    }
    const conditions = conditionsOf(code);
    for (const use of uses) {
      const condition = conditions.find(([from, to]) => use.from >= from && use.from < to);
      const isCondition = condition !== undefined;
      const after = code.slice(use.to, condition?.[1]);
      const isCompared =
        /^["'\])\s]{0,4}(?:[!=]==?|\beq\b|\bne\b|\bin\b|\bnot in\b|[!=]~|\.(?:match|fullmatch|include|isal|isdigit|isnum|startswith|endswith|test|scan))/.test(
          after,
        );
      const isAsked = askedAt(code, use.from);
      if (!isCondition && !isCompared && !isAsked) continue;
      if (!isAsked && isEmptinessTest(code, use.from, use.to, condition?.[1])) {
        if (isCondition) this.#ask(use);
        continue;
      }
      const isReplaced = /^["'\])\s]{0,4}=~\s*(?:s|tr|y)\b/.test(after);
      if (isReplaced ? isDecoding(raw) : isExtraction(raw)) {
        if (/=~/.test(code)) for (const group of ["1", "2", "3"]) this.#set(group, use, true);
        continue;
      }
      this.#clear(use);
    }
  }

  /** `case` with patterns such as `host=*` takes a value apart; with others it is a test. */
  #isShellTest({ code, raw }: Statement, index: number): boolean {
    if (/^\s*case\b/.test(code)) {
      const next = this.#statements.slice(index + 1, index + 4);
      return ![raw, ...next.map((one) => one.raw)].some((line) => /[\w"'|]=\*["']?\s*\)/.test(line));
    }
    if (/=~|\bgrep\b[^|]*\s-\w*q|\bexpr\b/.test(code)) return true;
    if (/\bgrep\b/.test(code) && /&&|\|\||\bif\b/.test(code)) return true;
    const tests = code.match(/(?:\[\[?|\btest)\s[^\]]*/g) ?? [];
    return tests.some(
      (test) =>
        /\$/.test(test) &&
        !/^(?:\[\[?|test)\s+!?\s*(?:-[a-z]\s|["']?\$\{?\w+\}?["']?\s*(?:$|!?==?\s*(?:""|'')))/.test(test),
    );
  }

  /** The use was tested: it, what it was made of, and what was made of it are harmless from here on. */
  #clear({ name, id, isPart }: Pick<Use, "name" | "id" | "isPart">): void {
    const waiting = [isPart || name === null ? id : name];
    if (isPart || name === null) this.#addTested(id);
    const seen = new Set<string>();
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const tainted = this.#tainted.get(next);
      this.#tainted.delete(next);
      if (tainted?.parent != null && !tainted.isPart) {
        waiting.push(tainted.parent);
        if (tainted.parent.includes(" ")) this.#addTested(tainted.parent);
      }
      for (const [other, { parent }] of this.#tainted) if (parent === next) waiting.push(other);
    }
  }

  #ask({ name }: Use): void {
    if (name !== null) this.#asked.set(name, this.#now);
  }

  #isTested = (id: string): boolean => this.#tested.get(firstWord(id))?.has(id) === true;
  #addTested(id: string): void {
    const ids = this.#tested.get(firstWord(id)) ?? new Set();
    this.#tested.set(firstWord(id), ids.add(id));
  }

  /** The variable has a harmless value, which may be the one that it has where it was empty. */
  #unset(name: string, isConstant: boolean): void {
    this.#given.add(name);
    const asked = this.#asked.get(name);
    if (isConstant && asked !== undefined && this.#now - asked <= defaultWithin) return;
    this.#tainted.delete(name);
  }

  #set(name: string, use: Use, isPart = false, holds: Tainted["holds"] = "value"): void {
    this.#given.add(name);
    if (this.#tainted.size >= maxTainted && !this.#tainted.has(name)) return;
    this.#tested.delete(name);
    const parent = use.id === name ? null : use.id;
    const source = isPart ? { ...use.source, isWhole: false } : use.source;
    this.#tainted.set(name, { source, parent, isPart, holds });
  }

  #assign(statement: Statement): void {
    const { code, raw } = statement;
    for (const match of raw.matchAll(this.#grammar.writes ?? /(?!)/g)) {
      if (code[match.index] === hidden) continue;
      const uses = this.#uses(statement).filter(({ name }) => name === null || !match.slice(1).includes(name));
      const isBody = uses.some(({ name, source }) => name === null && source.variable === "stdin");
      const use = uses[0];
      if (use && (isBody || !mayClean(raw, code, false)))
        for (const [name] of match.slice(1).join(" ").matchAll(/\w+/g)) this.#set(name, use, !/cpy/.test(match[0]));
    }
    if (this.#language === "shell") this.#assignShell(statement);
    else {
      this.#assignValue(statement);
      this.#takeApart(statement);
    }
    for (const match of code.matchAll(fieldSet)) {
      const from = match.index + match[0].length;
      if (this.#uses(statement, from).length === 0 || mayClean(raw.slice(from), code.slice(from), false))
        this.#addTested(`request ${/\[["']([\w-]+)/.exec(raw.slice(match.index, from))?.[1] ?? "*"}`);
    }
    this.#spread(statement);
    if (this.#spreadNames.size > 0 && /\b(?:include|require)(?:_once)?\b/.test(code)) this.#hasIncluded = true;
  }

  /** JavaScript's `const { PATH_INFO: path = "" } = process.env`. */
  #takeApart({ raw, code }: Statement): void {
    for (const [, variable = "", name = variable] of raw.matchAll(this.#grammar.apart ?? /(?!)/g))
      this.#set(name, requestUse(0, 0, variable));
    for (const { 0: all, index, ...groups } of raw.matchAll(this.#grammar.copies ?? /(?!)/g)) {
      const name = Object.values(groups).find((group) => typeof group === "string");
      if (code[index] !== hidden && name !== undefined)
        this.#set(name, requestUse(0, all.length, ""), false, "variables");
    }
  }

  #assignValue(statement: Statement): void {
    const { code, raw } = statement;
    const equals = assignmentAt(code, this.#language);
    if (equals === null) return;
    const { targets, from, isAdded } = equals;
    const uses = this.#uses(statement, from).filter(({ to }) => !choosesAt(code, to));
    const value = raw.slice(from);
    const isBody = uses.some(({ name, source }) => name === null && source.variable === "stdin");
    const use = uses[0] && !mayClean(value, code.slice(from), isBody) ? uses[0] : null;
    if (use === null && isAdded) return;
    const isPart =
      targets.length > 1 ||
      isExtraction(value) ||
      /\bsplit|\bparse|partition|decode_www_form|URLSearchParams/.test(value) ||
      use?.isPart === true;
    const holds = /FieldStorage|CGI\.new/.test(value) ? "fields" : "value";
    const isWhole = use !== null && targets.length === 1 && this.#isAlone(statement, use, from);
    const places = targets.length > 1 ? listAt(raw, code, from, this.#grammar.slices) : [];
    for (const [index, name] of targets.entries()) {
      const place = places.length === targets.length ? places[index] : undefined;
      const own = place && use ? (uses.find((one) => one.from >= place[0] && one.to <= place[1] + 1) ?? null) : use;
      if (own === null) this.#unset(name, uses.length === 0);
      else this.#set(name, { ...own, source: { ...own.source, isWhole } }, isPart, holds);
    }
  }

  /** PHP's `extract`, `$$name = …`: names that the client sends become variables of the script. */
  #spread(statement: Statement): void {
    const { code, raw, quoted } = statement;
    for (const spread of this.#grammar.spreads ?? [])
      for (const match of code.matchAll(spread.call)) {
        const range = argumentsOf(code, match.index + match[0].length, spread);
        if (range === null || quoted[match.index] === 1 || this.#spreads++ > maxSpreads) continue;
        const [from, to] = range;
        const use = this.#uses(statement, match.index, to)[0];
        if (use === undefined || mayClean(raw.slice(from, to), code.slice(from, to), false)) continue;
        const isNamed = !code.slice(from, use.from).includes("=");
        if (!isNamed && this.#language !== "php") continue;
        const options = raw.slice(from);
        const [, all, other, before] = prefixOf.exec(options) ?? [];
        const inShell = this.#language === "shell" ? /\w*$/.exec(raw.slice(0, from))?.[0] : undefined;
        const prefix = inShell ?? (all === undefined ? (other ?? before ?? "") : `${all}_`);
        const takesGiven = isNamed && !/EXTR_(?:SKIP|PREFIX_SAME)/.test(options);
        const takesNew = !/EXTR_(?:PREFIX_)?IF_EXISTS/.test(options);
        for (const name of this.#names()) {
          if (!name.startsWith(prefix) || isReserved.test(name)) continue;
          if (this.#given.has(name) ? !takesGiven : !takesNew) continue;
          this.#spreadNames.add(name);
          this.#set(name, { ...use, source: { ...use.source, field: name.slice(prefix.length), isWhole: true } });
        }
      }
  }

  /** `include "$base/header.php"`, where a file that was included may have set the folder. */
  #mayBeSetElsewhere({ raw }: Statement, { name, from, to }: Use): boolean {
    return (
      this.#hasIncluded &&
      this.#spreadNames.has(name ?? "") &&
      standsFirst.test(raw.slice(0, from)) &&
      /^[}"'\s.]*\//.test(raw.slice(to))
    );
  }

  #names(): ReadonlySet<string> {
    this.#allNames ??= new Set(
      this.#statements.flatMap(({ code }) =>
        Array.from(code.matchAll(this.#grammar.variable), ([, name = ""]) => name),
      ),
    );
    return this.#allNames;
  }

  #assignShell(statement: Statement): void {
    const { code, raw } = statement;
    for (const match of code.matchAll(/(?<![^\s;(&|])(\w+)(?:\[[^\]]*\])?\+?=(?!=)/g)) {
      const from = match.index + match[0].length;
      const to = shellWord(statement, from);
      const name = match[1] ?? "";
      const use = this.#uses(statement, from, to)[0];
      const isTaken = use !== undefined && !mayClean(raw.slice(from, to), code.slice(from, to), use.name === null);
      const isWhole =
        use !== undefined && this.#isAlone(statement, use) && /^["']?\$\{?\w+\}?["']?$/.test(raw.slice(from, to));
      if (isTaken)
        this.#set(name, { ...use, source: { ...use.source, isWhole } }, /[|%#]|sed|cut|awk/.test(code.slice(from, to)));
      else this.#unset(name, use === undefined);
      if (!isTaken && isVariableOfCgi.test(name)) this.#addTested(`request ${name}`);
    }
    const loop = /\bfor\s+(\w+)\s+in\s/.exec(code);
    const read =
      /\b(?:read|mapfile|readarray)\b((?:\s+(?:-[a-zA-Z]+(?:\s+(?:"[^"]*"|\d+|''))?|\w+))+)|\bprintf\s+-v\s+(\w+)/.exec(
        code,
      );
    const names = loop ? [loop[1] ?? ""] : ((read?.[1] ?? read?.[2])?.match(/(?<![-\w])[A-Za-z_]\w*/g) ?? []);
    if (names.length === 0) return;
    const isStdin = !loop && read?.[2] === undefined && this.#hasBody && !/[<|]|\bwhile\b/.test(code);
    const use = isStdin ? requestUse(0, 0, "stdin") : this.#uses(statement)[0];
    if (use && !mayClean(raw, code, true)) for (const name of names) this.#set(name, use, true);
  }

  *#sinks(statement: Statement): Generator<{ kind: SinkKind; at: number; use: Use; isOpen?: boolean }> {
    const uses = this.#uses(statement);
    if (uses.length === 0) return;
    if (this.#language === "shell") {
      yield* shellSinks(statement, uses);
      return;
    }
    const { code, raw } = statement;
    for (const sink of this.#grammar.sinks)
      for (const match of code.matchAll(sink.call)) {
        if (statement.quoted[match.index] === 1) continue;
        const range = argumentsOf(code, match.index + match[0].length, sink);
        if (range === null) continue;
        const [from, to] = range;
        const use = uses.find((one) => one.from >= from && one.to <= to + 1 && !choosesAt(code, one.to, to));
        if (use === undefined || mayClean(raw.slice(from, to), code.slice(from, to), false)) continue;
        const kind = sink.takes === "open" ? openKind(raw.slice(from, to)) : sink.kind;
        const isOpen = sink.takes === "open" && kind === "command" && !raw.slice(from, to).includes("|");
        if (kind !== null) yield { kind, at: match.index, use, isOpen };
      }
  }
}
