// Follows the client's data through a script, in the order of its lines: from the request through simple assignments to
// a shell, to code that is run, or to a file's path. A test, a match or an escape on the way ends it, and so does
// everything that is not understood.
import { assign, enter, loop } from "./assignments.js";
import { Functions } from "./functions.js";
import { grammars, type ScannedLanguage, type SinkKind } from "./grammar.js";
import { indexOr } from "./mask.js";
import type { Source } from "./own-function.js";
import { argumentEnd, argumentsOf, choosesAt, openKind, takenOf } from "./parts.js";
import { shellSinks } from "./shell.js";
import { Spreads } from "./spreads.js";
import { type How, type Reached, type Statement, statements } from "./statements.js";
import { test } from "./tests.js";
import { isAlone, type Script, usesIn } from "./uses.js";
import { Values } from "./values.js";

export interface Flow {
  readonly kind: SinkKind;
  /** Counts from 1. */
  readonly line: number;
  readonly source: Source;
  readonly how: How;
}
/** Longer texts are generated, not written by a person. */
const maxTextLength = 256 << 10;
const maxFlows = 20;

const mayTakeClientData =
  /QUERY_STRING|CONTENT_LENGTH|REQUEST_URI|PATH_INFO|HTTP_|param|FieldStorage|CGI|_GET|_POST|_REQUEST|_COOKIE|ReadParse|import_request|php:|ncgi|stdin|%ENV/;
const namesRequest =
  /\b(?:CONTENT_LENGTH|REQUEST_METHOD|QUERY_STRING|FieldStorage|CGI|php:\/\/input|Content-[Tt]ype)\b/;

/** What is learned of a function may change what is learned of those that it calls: so many readings at most. */
const maxReadings = 6;
/** Long scripts are read fewer times. */
const maxStatementsRead = 20_000;

export function clientDataFlows(text: string, language: ScannedLanguage): Flow[] {
  const hasBody = namesRequest.test(text);
  if (!(hasBody || mayTakeClientData.test(text)) || text.length > maxTextLength) return [];
  const script: Script = {
    language,
    grammar: grammars[language],
    statements: statements(text, language),
    hasBody,
    values: new Values(),
  };
  const functions = new Functions(script);
  let flows = read(script, functions, text);
  const most = Math.min(maxReadings, 1 + maxStatementsRead / script.statements.length);
  for (let readings = 1; functions.endReading() && readings < most; readings++) {
    script.values = new Values();
    flows = read(script, functions, text);
  }
  return flows;
}

function read(script: Script, functions: Functions, text: string): Flow[] {
  const spreads = new Spreads(script);
  const found = new Map<number, Flow>();
  let line = 1;
  let lineEnd = indexOr(text, "\n", 0);
  for (const [index, whole] of script.statements.entries()) {
    const statement = functions.withCalls(whole, index);
    script.values.now = index;
    if (!functions.enter(index)) enter(script, statement);
    if (script.language !== "shell") loop(script, statement);
    test(script, statement);
    for (const { kind, at, use, how = null } of sinksIn(script, statement)) {
      // Servers take `..` out of it, but it begins with a slash: alone, it is any file's path.
      if (kind === "path" && use.source.variable === "PATH_INFO" && !isAlone(script, statement, use)) continue;
      if (kind === "path" && spreads.mayBeSetElsewhere(statement, use)) continue;
      for (; lineEnd < statement.from + at; lineEnd = indexOr(text, "\n", lineEnd + 1)) line++;
      if (found.size < maxFlows && !found.has(line)) found.set(line, { kind, line, source: use.source, how });
    }
    assign(script, statement);
    functions.follow(statement, index);
    spreads.follow(statement);
  }
  return [...found.values()];
}

/** A list of arguments whose next one is a shell's program: `["sh", "-c", `. */
const shellsProgram = /["'](?:\/(?:usr\/)?bin\/)?(?:ba|da|k|z)?sh["']\s*(?:,|=>)\s*\[?\s*["']-\w*c["']\s*,\s*/g;

function* sinksIn(script: Script, statement: Statement): Generator<Reached> {
  const { code, raw } = statement;
  const uses = usesIn(script, statement);
  if (uses.length === 0) return;
  if (script.language === "shell") yield* shellSinks(statement, uses);
  for (const { 0: all, index } of raw.matchAll(shellsProgram)) {
    const from = index + all.length;
    const use = takenOf(uses, statement, from, argumentEnd(code, from));
    if (use !== undefined) yield { kind: "command", at: index, use };
  }
  for (const sink of script.grammar.sinks)
    for (const match of code.matchAll(sink.call)) {
      if (statement.quoted[match.index] === 1) continue;
      const range = argumentsOf(code, match.index + match[0].length, sink);
      if (range === null) continue;
      const [from, to] = range;
      const within = uses.filter((one) => one.from >= from && one.to <= to + 1 && !choosesAt(code, one.to, to));
      const use = takenOf(within, statement, from, to);
      if (use === undefined) continue;
      const kind = sink.takes === "open" ? openKind(raw.slice(from, to)) : sink.kind;
      const isOpen = sink.takes === "open" && kind === "command" && !raw.slice(from, to).includes("|");
      const how = sink.makesObjects ? "objects" : isOpen ? "open" : null;
      if (kind !== null) yield { kind, at: match.index, use, how };
    }
}
