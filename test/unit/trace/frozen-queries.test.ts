// What 5,000 queries find in the store, or the code with which they are refused: as it was when they were frozen in
// test/fixtures/queries/frozen.txt. Each line has a query as JSON and its answer. A change of the query language
// changes lines of that file: `FREEZE=1` writes it.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseTraceQuery } from "../../../server/protocol/trace-query.js";
import { MarkFile } from "../../../server/trace/store/mark-file.js";
import { StoreReader } from "../../../server/trace/store/store-reader.js";
import { generatedQueries, generatedTraces, queriedAt, savedAt } from "../../support/generated-queries.js";
import { StoredTraces } from "../../support/stored-traces.js";
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

/** The refusal's code; else how many traces, and a hash of their numbers. */
function answerOf(text: string): string {
  const parsed = parseTraceQuery(text, queriedAt, () => savedAt);
  if ("mistake" in parsed) return parsed.mistake.why.code;
  const { rows, total } = reader.find(parsed.query, 400);
  const numbers = rows.map(({ id }) => Number(id.slice(16))).sort((a, b) => a - b);
  return `${total} ${createHash("sha256").update(numbers.join()).digest("base64url").slice(0, 8)}`;
}

test("5,000 queries find in the store what they found when they were frozen", () => {
  if (process.env["FREEZE"] === "1")
    writeFileSync(
      fixture,
      generatedQueries(5000)
        .map((query) => `${JSON.stringify(query)} ${answerOf(query)}\n`)
        .join(""),
    );
  const frozen = readFileSync(fixture, "utf8").trimEnd().split("\n");
  expect(frozen).toHaveLength(5000);
  const answered = frozen.map((line) => {
    const text = /^"(?:[^"\\]|\\.)*"/.exec(line)?.[0] ?? "";
    const query: string = JSON.parse(text);
    return `${text} ${answerOf(query)}`;
  });
  expect(answered).toEqual(frozen);
});
