// `cgi-workbench traces`: searches the stored traces of a folder.
import { jsonLine, terminalText } from "../base/terminal-text.js";
import type { StoredTraces } from "../contract/command-output.js";
import { maxQueryLength } from "../contract/limits.js";
import { wordsOf } from "../contract/message.js";
import { isMode } from "../contract/modes.js";
import { lastSaveIn } from "../features/exchange/read-store.js";
import { patterns } from "../formats/query/query-pattern.js";
import { parseTraceQuery, type QueryMistake, type TraceQuery } from "../formats/query/trace-query.js";
import type { StoredRow } from "../store/store-search.js";
import { writeHar } from "./har-file.js";
import { onlyOneOf } from "./only-one.js";
import { readStore, storedFolder } from "./stored.js";
import { UsageError } from "./usage/usage.js";

const defaultLimit = 50;

export async function traces(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  const query = await queryOf(options);
  if (options.har !== null) {
    const { total, written, exitCode } = await writeHar(options, query, options.har);
    if (exitCode === 0 && written === options.limit && total > written)
      process.stderr.write(`${written} of ${total}. --limit N writes more.\n`);
    return exitCode;
  }
  const limit = options.limit ?? defaultLimit;
  const startedAt = performance.now();
  const { total, rows } = await readStore(
    options.folder,
    (store) => store?.find(query, limit) ?? { total: 0, rows: [] },
  );
  const tookMs = Math.round((performance.now() - startedAt) * 10) / 10;
  if (options.isJson) {
    const found: StoredTraces = { total, tookMs, rows: rows.map(rowJson) };
    process.stdout.write(jsonLine(found));
  } else {
    for (const row of rows) process.stdout.write(`${terminalText(lineOf(row))}\n`);
    if (total > rows.length) process.stderr.write(`${rows.length} of ${total}. --limit N shows more.\n`);
  }
  return 0;
}

interface Options {
  readonly folder: string;
  readonly query: string;
  /** Null: as many as the form usually has. */
  readonly limit: number | null;
  readonly isJson: boolean;
  /** The file that the traces are written to. */
  readonly har: string | null;
  readonly isMasked: boolean;
  readonly hidden: readonly string[];
}

/** Reads the arguments by hand, since the query may begin with a minus. @throws UsageError */
function optionsOf(args: readonly string[]): Options {
  let limit: number | null = null;
  let isJson: boolean = false;
  let isOnlyWords: boolean = false;
  let isMasked: boolean = true;
  let har: string | null = null;
  const words: string[] = [];
  const hidden: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    const [, name = arg, given] = /^(--[a-z]+)=(.*)$/s.exec(isOnlyWords ? "" : arg) ?? [];
    const value = (): string => given ?? args[++at] ?? lacking(name);
    if (isOnlyWords) words.push(arg);
    else if (arg === "--json") isJson = true;
    else if (arg === "--secrets") isMasked = false;
    else if (name === "--limit") limit = limitOf(value());
    else if (name === "--har") har = value();
    else if (name === "--hide") hidden.push(value());
    else if (arg === "--") isOnlyWords = true;
    else if (arg.startsWith("--") || (arg.startsWith("-") && words.length === 0))
      throw new UsageError(`unknown option ${arg}; the folder comes before the query`);
    else words.push(arg);
  }
  const [folder = ".", query = "", ...more] = words;
  if (more.length > 0) throw new UsageError("traces takes [DIR [QUERY]]: quote the query, so that it is one argument");
  if (query.length > maxQueryLength)
    throw new UsageError(`a query has at most ${maxQueryLength} characters, and this one has ${query.length}`);
  onlyOneOf({ json: isJson || undefined, har: har ?? undefined }, "json", "har");
  onlyOneOf({ secrets: isMasked ? undefined : true, hide: hidden[0] }, "secrets", "hide");
  if (har === null && (!isMasked || hidden.length > 0)) throw new UsageError("--secrets and --hide belong to --har");
  return { folder, query, limit, isJson, har, isMasked, hidden };
}

function lacking(name: string): never {
  throw new UsageError(`${name} needs a value`);
}

function limitOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--limit takes a number, not “${text}”`);
  return Number(text);
}

/** @throws UsageError with the place of a mistake */
async function queryOf({ folder, query: text }: Options): Promise<TraceQuery> {
  const root = await storedFolder(folder);
  const parsed = parseTraceQuery(text, patterns, Date.now(), () => lastSaveIn(root));
  if ("query" in parsed) return parsed.query;
  throw new UsageError(`${wordsOf(parsed.mistake.why.text)}\n${markedPlace(text, parsed.mistake)}`);
}

/** The query with marks below what is wrong. */
function markedPlace(text: string, { from, to }: QueryMistake): string {
  const shown = (part: string): string => terminalText(part.replace(/\s/g, " "));
  const before = shown(text.slice(0, from));
  const wrong = shown(text.slice(from, to));
  return `  ${before}${wrong}${shown(text.slice(to))}\n  ${" ".repeat(before.length)}${"^".repeat(Math.max(1, wrong.length))}`;
}

function rowJson({ id, seq, startedAt, mode, tookMs, bytes, name, note, tags, ...row }: StoredRow) {
  const { method, target, status } = row;
  const known = mode !== null && isMode(mode) ? mode : null;
  const at = new Date(startedAt).toISOString();
  return { id, seq, startedAt: at, method, target, status, mode: known, tookMs, bytes, name, note, tags };
}

function lineOf({ id, startedAt, method, target, status, tookMs, bytes }: StoredRow): string {
  const took = tookMs === null ? "-" : `${tookMs.toFixed(1)} ms`;
  return [
    id.padEnd(19),
    new Date(startedAt).toISOString(),
    String(status ?? "-").padStart(3),
    took.padStart(11),
    `${bytes} B`.padStart(10),
    method,
    target,
  ]
    .join("  ")
    .replace(/[\t\n]/g, " ");
}
