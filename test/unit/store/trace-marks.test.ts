// What the user does with stored traces: names, notes and tags that a search finds, deletions that can be undone and
// that overwrite, and the order of a column over all of them.
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rowTest } from "../../../renderer/features/traces/filter/row-test.js";
import { wordsOf } from "../../../server/contract/message.js";
import { sortColumns, type TraceOrder } from "../../../server/contract/trace-order.js";
import { patterns } from "../../../server/formats/query/query-pattern.js";
import { parseTraceQuery } from "../../../server/formats/query/trace-query.js";
import { inOrder } from "../../../server/formats/query/trace-sort.js";
import { MarkFile } from "../../../server/store/mark-file.js";
import { type ListStep, noMemory } from "../../../server/store/store-answers.js";
import { openForReading } from "../../../server/store/store-file.js";
import { StoreReader } from "../../../server/store/store-reader.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { earlier } from "../../support/earlier.js";
import { listed, resultOf, StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let store: StoredTraces;
let marks: MarkFile;
beforeEach(() => {
  folder = tempFolder();
  store = new StoredTraces(folder.file("a.db"), { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  marks = new MarkFile(store.path);
});
afterEach(() => {
  marks.close();
  store[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const queryOf = (text: string) => {
  const parsed = parseTraceQuery(text, patterns, Date.now());
  if ("mistake" in parsed) throw new Error(wordsOf(parsed.mistake.why.text));
  return parsed.query;
};
const steps = (query: string) => store.read((reader) => [...listed(reader, query)]);
const rows = (query: string) =>
  steps(query)
    .at(-1)
    ?.found.map(({ row }) => row) ?? [];
const seqs = (query: string) => rows(query).map(({ seq }) => seq);

const isList = (step: ListStep | null): step is ListStep => step !== null;
/** The steps of the list in an order. */
function inOrderOf(reader: StoreReader, query: string, order: TraceOrder, first = 0, count = 1000): ListStep[] {
  const nothingElse = { around: null, cleared: null, memory: noMemory };
  return [...reader.list(queryOf(query), { order, first, count, ...nothingElse })].filter(isList);
}
const seqsOf = (steps: readonly ListStep[]): number[] =>
  steps.at(-1)?.found.flatMap((one) => (typeof one === "number" ? [] : one.row.seq)) ?? [];

/** Of the file and of what lies beside it. */
const isOnDisk = (text: string): boolean =>
  ["", "-wal"].some((end) => existsSync(store.path + end) && readFileSync(store.path + end).includes(text));
const purge = (until: number): number => [...marks.purge(until)].length;

test("name, note and tags are found by key and as text, and are in the row", () => {
  const traces = [1, 2, 3, 4].map((seq) => traceOf({ seq }));
  const [first, second, third, fourth] = traces.map(({ id }) => id);
  marks.write(fourth ?? "", { name: "Early", note: null, tags: [] }); // before it is in the file
  store.store(...traces);
  marks.write(first ?? "", { name: "Cart fails", note: "ask 50% of\nBob", tags: ["customer 4711", "Möbel"] });
  marks.write(second ?? "", { name: null, note: null, tags: ["customer"] });
  marks.write(third ?? "", { name: "x", note: null, tags: [] });
  marks.write(third ?? "", { name: null, note: null, tags: [] });
  expect(store.find("").rows.map(({ name, note, tags }) => [name, note, tags])).toEqual([
    ["Early", null, []],
    [null, null, []],
    [null, null, ["customer"]],
    ["Cart fails", "ask 50% of\nBob", ["customer 4711", "Möbel"]],
  ]);
  expect(rows("tag:*").map(({ marks: written }) => written)).toEqual([
    { name: null, note: null, tags: ["customer"], isDeleted: false },
    { name: "Cart fails", note: "ask 50% of\nBob", tags: ["customer 4711", "Möbel"], isDeleted: false },
  ]);
  const expected: readonly (readonly [string, readonly number[]])[] = [
    ["tag:customer", [2]],
    ['tag:"CUSTOMER 4711"', [1]],
    ["tag:customer,Möbel", [2, 1]],
    ["-tag:*", [4, 3]],
    ["name:cart", [1]],
    ["name:*", [4, 1]],
    ["name:%", []],
    ["note:50%", [1]],
    ["bob", [1]],
    ["4711", [1]],
    ["name:early OR tag:customer", [4, 2]],
  ];
  for (const [query, found] of expected) expect([query, seqs(query)]).toEqual([query, found]);
  // The window's own rows give the same answers.
  const all = rows("");
  for (const [query, found] of expected) {
    const parsed = parseTraceQuery(query, patterns, Date.now());
    if ("mistake" in parsed) throw new Error(wordsOf(parsed.mistake.why.text));
    expect([query, all.filter(rowTest(parsed.query) ?? (() => true)).map(({ seq }) => seq)]).toEqual([query, found]);
  }
});

test("the session, the version of the script, and whether it is pinned", () => {
  const other = traceOf({ seq: 2 });
  const [one, two] = [traceOf({ seq: 1 }), { ...other, id: other.id.replace("abcdef", "fedcba") }];
  one.route = { ...one.route, scriptHash: "a91f3c55".padEnd(64, "0") };
  two.route = { ...two.route, scriptHash: "7be210aa".padEnd(64, "0") };
  store.store(one, two);
  store.sink.pinned(one.id, true);
  store.writer.drain();
  expect([seqs("session:fedcba"), seqs("session:abc"), seqs("-session:abc")]).toEqual([[2], [1], [2]]);
  expect([seqs("version:a91f3c"), seqs("version:A9"), seqs("version:1f")]).toEqual([[1], [1], []]);
  expect([seqs("pinned:yes"), seqs("pinned:no")]).toEqual([[1], [2]]);
});

test("what is deleted is not found, until the deletion is undone", () => {
  const traces = [1, 2, 3, 4, 5].map((seq) => traceOf({ seq, status: seq % 2 ? 200 : 404 }));
  store.store(...traces);
  const ids = traces.map(({ id }) => id);
  marks.write(ids[0] ?? "", { name: "kept", note: null, tags: [] });
  expect(marks.remove([ids[0] ?? "", ids[2] ?? ""], 10)).toBe(2);
  expect(marks.remove([ids[2] ?? "", ids[3] ?? ""], 20)).toBe(1);
  const read = () => store.read((reader) => ids.flatMap((id) => reader.get(id)?.id ?? []));
  expect(read()).toEqual([ids[1], ids[4]]);
  expect([seqs(""), store.find("").total, steps("").at(-1)?.total]).toEqual([[5, 2], 2, 2]);
  expect(store.read((reader) => reader.facts().traces)).toBe(2);
  expect(marks.restore(10)).toBe(2);
  expect([seqs(""), seqs("name:kept"), marks.restore(10)]).toEqual([[5, 3, 2, 1], [1], 0]);
  expect(read()).toEqual([ids[0], ids[1], ids[2], ids[4]]);
});

test("all that a query finds, without pinned ones", () => {
  const traces = Array.from({ length: 20 }, (_, index) => traceOf({ seq: index + 1, target: `/t${index % 2}` }));
  store.store(...traces);
  store.sink.pinned(traces[1]?.id ?? "", true);
  store.writer.drain();
  const names = store.read((reader) => [...reader.names(queryOf("path:/t1"))].flat());
  expect(names).toHaveLength(9);
  marks.remove(names, 10);
  expect(seqs("path:t1")).toEqual([2]);
  expect(seqs("")).toHaveLength(11);
});

test("after the time for undoing, the bytes of deleted traces are overwritten, and the others are whole", () => {
  const secret = (seq: number) => `Geheimnis-${seq}.`;
  const traces = Array.from({ length: 12 }, (_, index) =>
    traceOf({
      seq: index + 1,
      connection: index % 3, // some share their context
      target: `/cgi-bin/a.py?${secret(index + 1)}`,
      variable: ["QUERY_STRING", secret(index + 1)],
      header: ["Cookie", secret(index + 1)],
      stdout: Buffer.from(`Content-Type: text/plain\n\n${secret(index + 1)}`),
      stderr: Buffer.from(secret(index + 1)),
    }),
  );
  // Four in one segment, and segments of one.
  for (const trace of traces.slice(0, 4)) store.end(trace);
  store.writer.drain();
  store.store(...traces.slice(4));
  const isDeleted = (seq: number): boolean => [1, 3, 6, 12].includes(seq);
  const gone = traces.filter(({ seq }) => isDeleted(seq));
  const reader = store.read((open) => open.get(traces[1]?.id ?? ""));
  expect(reader).not.toBeNull();
  marks.remove(
    gone.map(({ id }) => id),
    1000,
  );
  expect(resultOf(marks.purge(999))).toBe(0);
  for (const { seq } of traces) expect([seq, isOnDisk(secret(seq))]).toEqual([seq, true]);
  purge(1000);
  for (const { seq } of traces) expect([seq, isOnDisk(secret(seq))]).toEqual([seq, !isDeleted(seq)]);
  store.read((open) => {
    for (const { id, seq, stdout } of traces) {
      const found = open.get(id);
      if (isDeleted(seq)) expect(found).toBeNull();
      else expect(found?.stdout?.read(0, 1000)).toEqual(stdout?.read(0, 1000));
    }
  });
  expect(marks.restore(1000)).toBe(0);
  expect(seqs("")).toEqual([11, 10, 9, 8, 7, 5, 4, 2]);
  expect(seqs("body:Geheimnis")).toEqual([11, 10, 9, 8, 7, 5, 4, 2]);
  const file = openForReading(store.path);
  const sets: { segment: number }[] = file.prepare("select segment from grams order by segment").all();
  file.close();
  // What it tells of deleted bytes has left, too.
  expect(sets.map(({ segment }) => segment)).toEqual([2, 4, 5, 6, 7, 8]);
});

test("what deleted traces had in common is overwritten, unless others have it, and can be stored and found again", () => {
  const [gone, shared] = ["Geheimnis-gemeinsam", "Geteilt-mit-anderen"];
  const sent = (seq: number, cookie: string) => traceOf({ seq, connection: seq, header: ["Cookie", cookie] });
  const storeWithRows = (traces: readonly TraceRecord[]): void => {
    store.store(...traces);
    while (store.writer.makeRows());
  };
  const numbers = (first: number) => Array.from({ length: 6 }, (_, index) => first + index);
  const deleted = numbers(1).flatMap((seq) => [sent(seq, gone), sent(seq + 6, shared)]);
  storeWithRows([...deleted, ...numbers(13).map((seq) => sent(seq, shared))]);
  marks.remove(
    deleted.map(({ id }) => id),
    5,
  );
  purge(5);
  expect([isOnDisk(gone), isOnDisk(shared)]).toEqual([false, true]);
  expect(seqs(`header:Cookie=${shared}`)).toEqual(numbers(13).reverse());
  storeWithRows(numbers(19).map((seq) => sent(seq, gone)));
  expect(seqs(`header:Cookie=${gone}`)).toEqual(numbers(19).reverse());
});

test("a pinned trace that was detached from its segment is overwritten, too", () => {
  using small = new StoredTraces(folder.file("small.db"), { maxAgeMs: 1 });
  expect(small.writer.open()).toBe(true);
  const [old, next] = [1, 2].map((seq) => traceOf({ seq, stdout: Buffer.from(`A: b\n\nGeheimnis-${seq}.`) }));
  if (!old || !next) throw new Error("two traces");
  old.pinned = true;
  earlier(1000, () => small.store(old));
  small.store(next); // the first one's segment leaves
  expect(small.find("pinned:yes").total).toBe(1);
  const file = new MarkFile(small.path);
  file.remove([old.id], 5);
  for (const _ of file.purge(5));
  file.close();
  expect(small.find("").rows.map(({ id }) => id)).not.toContain(old.id);
  expect(readFileSync(small.path).includes("Geheimnis-1.")).toBe(false);
});

const word = fc.constantFrom("a", "B", "b", "aa", "Z", "%", "10", "9", "é");
const facts = fc.record({
  target: word.map((text) => `/${text}`),
  method: word,
  status: fc.constantFrom(200, 200, 404, 500, null),
  tookMs: fc.constantFrom(1, 1, 5, 20),
  length: fc.constantFrom(0, 3, 3, 7),
});

test("sorted by any column over the whole store, page by page, as the window sorts; equal ones newest first", () => {
  let seq = 0;
  const known = new StoreReader(store.path); // the orders from before
  fc.assert(
    fc.property(
      fc.array(facts, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(...sortColumns),
      fc.boolean(),
      fc.integer({ min: 20, max: 200 }),
      (added, column, isDescending, limit) => {
        for (const { length, ...one } of added)
          store.end(traceOf({ ...one, seq: ++seq, stdout: Buffer.from(`A: b\n\n${"x".repeat(length)}`) }));
        store.writer.drain();
        const order: TraceOrder = { column, isDescending };
        const expected = inOrder(rows(""), order);
        const pages: number[] = [];
        for (let first = 0; first < expected.length; first += limit) {
          const page = inOrderOf(known, "", order, first, limit);
          expect(page.at(-1)?.total).toBe(expected.length);
          pages.push(...seqsOf(page));
        }
        expect([column, isDescending, pages]).toEqual([column, isDescending, expected.map((row) => row.seq)]);
      },
    ),
    { numRuns: 25 },
  );
  known.close();
});

test.each(["name:cart", "note:cart", "tag:cart", "cart"])("%s in an order finds what is written now", (query) => {
  const [first, second] = [traceOf({ seq: 1 }), traceOf({ seq: 2 })];
  store.store(first, second);
  const write = ({ id }: TraceRecord, word: string): void => marks.write(id, { name: word, note: word, tags: [word] });
  store.read((reader) => {
    const found = (): number[] => seqsOf(inOrderOf(reader, query, { column: "time", isDescending: true }));
    expect(found()).toEqual([]);
    write(first, "cart");
    write(second, "card");
    expect(found()).toEqual([1]);
    write(first, "card"); // as many marks, of the same length
    write(second, "cart");
    expect(found()).toEqual([2]);
  });
});

test("an order is the same when the store is searched in many parts", () => {
  for (let seq = 1; seq <= 5000; seq++) {
    store.end(traceOf({ seq, tookMs: seq % 7, connection: seq % 5 }));
    if (seq % 500 === 0) store.writer.drain();
  }
  const order: TraceOrder = { column: "took", isDescending: true };
  const expected = Array.from({ length: 5000 }, (_, index) => 5000 - index).filter((seq) => seq % 7 === 6);
  store.read((reader) => {
    const steps = inOrderOf(reader, "", order, 0, 500);
    expect(steps.at(-1)).toMatchObject({ total: 5000, isDone: true });
    expect(seqsOf(steps)).toEqual(expected.slice(0, 500));
    expect(seqsOf(inOrderOf(reader, "", order, 300, 10))).toEqual(expected.slice(300, 310));
  });
});
