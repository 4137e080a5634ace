// `cgi-workbench traces`: searches the stored traces of a folder.
import { terminalText } from "../base/terminal-text.js";
import type { StoredTraces } from "../contract/command-output.js";
import { isMode } from "../contract/modes.js";
import { parseTraceQuery, type QueryMistake, type TraceQuery } from "../protocol/trace-query.js";
import type { StoredRow } from "../trace/store/store-reader.js";
import { readStore } from "./stored.js";
import { UsageError, usage } from "./usage.js";

const defaultLimit = 50;

export async function traces(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  if (options === null) {
    process.stdout.write(usage.traces);
    return 0;
  }
  const query = queryOf(options.query);
  const startedAt = performance.now();
  const { total, rows } = await readStore(
    options.folder,
    (store) => store?.find(query, options.limit) ?? { total: 0, rows: [] },
  );
  const tookMs = Math.round((performance.now() - startedAt) * 10) / 10;
  if (options.isJson) {
    const found: StoredTraces = { total, tookMs, rows: rows.map(rowJson) };
    process.stdout.write(`${JSON.stringify(found)}\n`);
  } else {
    for (const row of rows) process.stdout.write(`${terminalText(lineOf(row))}\n`);
    if (total > rows.length) process.stderr.write(`${rows.length} of ${total}. --limit N shows more.\n`);
  }
  return 0;
}

interface Options {
  readonly folder: string;
  readonly query: string;
  readonly limit: number;
  readonly isJson: boolean;
}

/** Null: help is wanted. By hand, since the query may begin with a minus. @throws UsageError */
function optionsOf(args: readonly string[]): Options | null {
  let [limit, isJson, isOnlyWords] = [defaultLimit, false, false];
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (isOnlyWords) words.push(arg);
    else if (arg === "--help" || arg === "-h") return null;
    else if (arg === "--json") isJson = true;
    else if (arg === "--limit") limit = limitOf(args[++at]);
    else if (arg.startsWith("--limit=")) limit = limitOf(arg.slice("--limit=".length));
    else if (arg === "--") isOnlyWords = true;
    else if (arg.startsWith("--") || (arg.startsWith("-") && words.length === 0))
      throw new UsageError(`unknown option ${arg}; the folder comes before the query`);
    else words.push(arg);
  }
  const [folder = ".", query = "", ...more] = words;
  if (more.length > 0) throw new UsageError("traces takes [DIR [QUERY]]: quote the query, so that it is one argument");
  return { folder, query, limit, isJson };
}

function limitOf(text = ""): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--limit takes a number, not “${text}”`);
  return Number(text);
}

/** @throws UsageError with the place of a mistake */
function queryOf(text: string): TraceQuery {
  const parsed = parseTraceQuery(text, Date.now());
  if ("query" in parsed) return parsed.query;
  throw new UsageError(`${parsed.mistake.why.text}\n${markedPlace(text, parsed.mistake)}`);
}

/** The query with marks below what is wrong. */
function markedPlace(text: string, { from, to }: QueryMistake): string {
  const shown = (part: string): string => terminalText(part.replace(/\s/g, " "));
  const [before, wrong] = [shown(text.slice(0, from)), shown(text.slice(from, to))];
  return `  ${before}${wrong}${shown(text.slice(to))}\n  ${" ".repeat(before.length)}${"^".repeat(Math.max(1, wrong.length))}`;
}

function rowJson({ id, seq, startedAt, method, target, status, mode, tookMs, bytes }: StoredRow) {
  const known = mode !== null && isMode(mode) ? mode : null;
  return { id, seq, startedAt: new Date(startedAt).toISOString(), method, target, status, mode: known, tookMs, bytes };
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
    target.replaceAll("\n", " "),
  ].join("  ");
}
