// What 5,000 queries find in the store, or the code with which they are refused: as it was when they were frozen in
// test/fixtures/queries/frozen.txt. Each line has a query as JSON and its answer. A change of the query language
// changes lines of that file: `FREEZE=1` writes it. A row of the list gives the same answers, so that the window never
// deletes what its list hides.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { patterns } from "../../../server/formats/query/query-pattern.js";
import { parseTraceQuery, type TraceQuery } from "../../../server/formats/query/trace-query.js";
import { asksStored, has, rowJudge } from "../../../server/formats/query/trace-row-test.js";
import { MarkFile } from "../../../server/store/mark-file.js";
import { StoreReader } from "../../../server/store/store-reader.js";
import { sampled } from "../../support/evidence.js";
import { generatedQueries, generatedTraces, queriedAt, savedAt } from "../../support/generated-queries.js";
import { listed, StoredTraces } from "../../support/stored-traces.js";
import { tempFolder } from "../../support/temp-workspace.js";

const fixture = new URL("../../fixtures/queries/frozen.txt", import.meta.url);
const folder = tempFolder();
const store = new StoredTraces(folder.file("a.db"), { root: "/srv" });
let reader: StoreReader;

beforeAll(() => {
  expect(store.writer.open()).toBe(true);
  const marks = new MarkFile(store.path);
  for (const { trace, marks: written } of generatedTraces(400)) {
    store.store(trace);
    if (written !== null) marks.write(trace.id, written);
  }
  marks.close();
  reader = new StoreReader(store.path);
});
afterAll(() => {
  reader.close();
  store[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const parsed = (text: string) => parseTraceQuery(text, patterns, queriedAt, () => savedAt);
const known = new Map<string, readonly string[]>();

/** What the store finds; asked once. */
function idsOf(text: string, query: TraceQuery): readonly string[] {
  const ids = known.get(text) ?? reader.find(query, 400).rows.map(({ id }) => id);
  known.set(text, ids);
  return ids;
}

/** The refusal's code; else how many traces, and a hash of their numbers. */
function answerOf(text: string): string {
  const query = parsed(text);
  if ("mistake" in query) return query.mistake.why.code;
  const numbers = idsOf(text, query.query).map((id) => Number(id.slice(16)));
  const hash = createHash("sha256").update(numbers.sort((a, b) => a - b).join());
  return `${numbers.length} ${hash.digest("base64url").slice(0, 8)}`;
}

const frozen = (): readonly string[] => readFileSync(fixture, "utf8").trimEnd().split("\n");

/** A line's query, as JSON and as it is typed. */
function queryOf(line: string): readonly [json: string, text: string] {
  const json = /^"(?:[^"\\]|\\.)*"/.exec(line)?.[0] ?? "";
  const text: string = JSON.parse(json);
  return [json, text];
}

/** A tenth of them takes a second. */
const asked = (): readonly string[] => sampled(frozen(), "frozen-queries", 10);

test("frozen queries find in the store what they found when they were frozen", () => {
  if (process.env["FREEZE"] === "1") {
    const lines = generatedQueries(5000).map((query) => `${JSON.stringify(query)} ${answerOf(query)}\n`);
    writeFileSync(fixture, lines.join(""));
  }
  expect(frozen()).toHaveLength(5000);
  expect(asked().map((line) => `${queryOf(line)[0]} ${answerOf(queryOf(line)[1])}`)).toEqual(asked());
});

const isText: Parameters<typeof has>[1] = (condition) => condition.key === "text" && "value" in condition;

test("a row of the list says what the store says, whatever it can tell", () => {
  const rows = [...listed(reader, "")].at(-1)?.found.map(({ row }) => row) ?? [];
  expect(rows).toHaveLength(400);
  const { patternTest } = patterns;
  let answeredByRows = 0;
  for (const line of asked()) {
    const [, text] = queryOf(line);
    const query = parsed(text);
    if ("mistake" in query) continue; // refused for both
    const found = new Set(idsOf(text, query.query));
    const verdict = rowJudge(query.query, { patternTest, unknown: null });
    const passing = rows.filter((row) => verdict(row) ?? found.has(row.id)).map(({ id }) => id);
    expect([text, passing.sort()]).toEqual([text, [...found].sort()]);
    if (asksStored(query.query) || has(query.query, isText)) continue;
    expect([text, rows.filter((row) => verdict(row) === null)]).toEqual([text, []]);
    answeredByRows++;
  }
  expect(answeredByRows).toBeGreaterThan(asked().length / 10); // about a sixth of all, more or less in a sample
});
