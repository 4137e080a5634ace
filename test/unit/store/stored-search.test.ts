// Searching the stored traces step by step: pages, totals, places in the order, and what was found where.
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MarkFile } from "../../../server/store/mark-file.js";
import { openForReading, openForWriting } from "../../../server/store/store-file.js";
import { StoreReader } from "../../../server/store/store-reader.js";
import { everything, StoreSearch } from "../../../server/store/store-search.js";
import type { SegmentData } from "../../../server/store/stored-records.js";
import { StoredRecords } from "../../../server/store/stored-records.js";
import { toRow } from "../../../server/trace/trace-row.js";
import { inRecords, listed, StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let store: StoredTraces;
beforeEach(() => {
  folder = tempFolder();
  store = new StoredTraces(folder.file("a.db"), { root: "/srv" });
  expect(store.writer.open()).toBe(true);
});
afterEach(() => {
  store[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const steps = (query: string) => store.read((reader) => [...listed(reader, query)]);
const foundIn = (reader: StoreReader, query: string, first = 0, count = 1000) =>
  [...listed(reader, query, first, count)].at(-1)?.found ?? [];
const found = (query: string, first = 0, count = 1000) => store.read((reader) => foundIn(reader, query, first, count));
const seqs = (query: string, first = 0, count = 1000) => found(query, first, count).map(({ row }) => row.seq);

test("the time that is printed of a trace is the one that finds it", () => {
  const startedAt = Date.UTC(2026, 6, 25, 10) + 123.75;
  store.store(...[-1, 0, 1].map((ms, index) => traceOf({ seq: index + 1, startedAt: startedAt + ms })));
  const printed = (ms: number) => new Date(startedAt + ms).toISOString();
  expect(seqs(`after:${printed(0)} before:${printed(1)}`)).toEqual([2]);
});

test("pages follow one another, whatever their size, and each counts all", () => {
  store.store(...Array.from({ length: 25 }, (_, index) => traceOf({ seq: index + 1, status: index % 2 ? 200 : 404 })));
  const whole = seqs("status:404");
  expect(whole).toEqual([25, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1]);
  for (const count of [1, 4, 13, 50]) {
    const pages: number[] = [];
    for (let first = 0; first < whole.length; first += count) {
      const page = store.read((reader) => [...listed(reader, "status:404", first, count)].at(-1));
      expect(page).toMatchObject({ total: 13, isDone: true, searched: 1 });
      pages.push(...(page?.found.map(({ row }) => row.seq) ?? []));
    }
    expect(pages).toEqual(whole);
  }
});

test("a step at a time: the newest come first, and it can end between two", () => {
  for (let seq = 1; seq <= 3000; seq++) {
    store.end(
      traceOf({
        seq,
        stdout: Buffer.from(`Content-Type: text/plain\n\n${seq % 1000 === 0 ? "needle" : "hay"} ${seq}`),
      }),
    );
    if (seq % 100 === 0) store.writer.drain();
  }
  const told = steps("body:needle");
  expect(told.length).toBeGreaterThan(1);
  expect(told[0]?.found.map(({ row }) => row.seq)).toEqual([3000]);
  expect(told.map(({ total }) => total)).toEqual(told.map(({ total }) => total).toSorted((a, b) => a - b));
  expect(told.at(-1)).toMatchObject({ total: 3, isDone: true });
  store.read((reader) => {
    const list = listed(reader, "body:needle");
    expect(list.next().value).toMatchObject({ total: 1, isDone: false });
    list.return(undefined);
    expect([...listed(reader, "", 0, 2)].at(-1)?.total).toBe(3000);
    expect([...listed(reader, "body:needle")].at(-1)?.total).toBe(3);
  });
});

test("two searches at once do not disturb one another", () => {
  for (let seq = 1; seq <= 1000; seq++) {
    store.end(traceOf({ seq, stdout: Buffer.from(`Content-Type: text/plain\n\n${seq % 2 ? "odd" : "even"}`) }));
    if (seq % 50 === 0) store.writer.drain();
  }
  store.read((reader) => {
    const totals = ["body:odd", "body:even path:/a/"].map((text) => listed(reader, text));
    const last: number[] = [0, 0];
    for (let open = totals.length; open > 0; ) {
      open = 0;
      totals.forEach((search, index) => {
        const next = search.next();
        if (next.done) return;
        last[index] = next.value.total;
        open++;
      });
    }
    expect(last).toEqual([500, 500]);
  });
});

test.each([
  ["body:Möbel", "response-body", null, "Möbel"],
  ["Möbel", "response-body", null, "Möbel"],
  ["body:item", "request-body", null, "item"],
  ["stderr:TRACEBACK", "stderr", null, "Traceback"],
  ["header:user-agent=fire", "request-header", "User-Agent", "Fire"],
  ["header:X-Answer", "response-header", "X-Answer", ""],
  ["env:QUERY_STRING=x", "variable", "QUERY_STRING", "x"],
])("%s is found in the %s", (query, part, name, text) => {
  store.store(
    traceOf({
      seq: 1,
      method: "POST",
      header: ["User-Agent", "Mozilla Firefox"],
      variable: ["QUERY_STRING", "x=1"],
      body: Buffer.from("item=42&note=a"),
      stdout: Buffer.from("Content-Type: text/html\n\n<h1>Möbel\n haus</h1>"),
      stderr: Buffer.from("one\nTraceback (most recent call last)"),
    }),
  );
  const [one] = found(query);
  expect(one?.hit).toMatchObject({ part, name, found: text });
  const { before = "", found: middle = "", after = "" } = one?.hit ?? {};
  expect(`${before}${middle}${after}`).not.toMatch(/[\n\0]/);
  if (part === "response-body") expect([one?.hit?.at, before, after]).toEqual([4, "<h1>", " haus</h1>"]);
});

test("the mark before a stored header or variable is no part of its text", () => {
  store.store(
    ...[1, 2, 3, 4].map((seq) => traceOf({ seq, header: ["Host", "a"], variable: ["SCRIPT_NAME", "/a>b"] })),
    traceOf({ seq: 5, stdout: Buffer.from("Content-Type: text/html\n\n<x-answer>") }),
  );
  const [others, all] = [
    [4, 3, 2, 1],
    [5, 4, 3, 2, 1],
  ];
  const expected: readonly (readonly [string, readonly number[] | undefined])[] = [
    ["<x-answer", [5]],
    ["X-ANSWER", all],
    ["-<x-answer", others],
    [">host", []],
    ["$script_name", []],
    ["script_NAME", others],
    ["-$script_name", all],
    [">b", others],
    ["-text:>b", [5]],
    [">", all],
  ];
  for (const [query, found] of expected) expect([query, seqs(query)]).toEqual([query, found]);
});

test("traces that have all their lines in common are searched for the absence of a header or variable", () => {
  const all = [4, 3, 2, 1];
  store.store(...all.map((seq) => traceOf({ seq })).reverse());
  expect(["-header:accept", "-header:host", "-env:path", "-env:server_name=other"].map((query) => seqs(query))).toEqual(
    [[], ...[all, all, all]],
  );
});

test("what the row shows needs no place", () => {
  store.store(traceOf({ seq: 1, target: "/cgi-bin/a.py?word", stdout: Buffer.from("Content-Type: a/b\n\nget 200") }));
  for (const query of ["word", "status:200", "200", "20", "get", "-404"])
    expect([query, ...found(query)]).toMatchObject([query, { hit: null }]);
});

test("a row is the one that the memory would show", () => {
  const trace = traceOf({ seq: 7, target: "/cgi-bin/a.py?x", status: 500, stderr: Buffer.from("no") });
  store.store(trace);
  expect(found("")[0]?.row).toEqual(
    toRow(trace, 1, { idOf: () => trace.id, displayPath: (file) => file.replace("/srv/", "") }),
  );
});

interface Bodies {
  readonly seq: number;
  readonly status: number;
  readonly request: string;
  readonly response: string;
  /** The response came in records of so many bytes; 0: not over FastCGI. */
  readonly contentBytes: number;
}
const bodyText = fc
  .array(fc.constantFrom("a", "b", "ab", "é", '"', "X", "\n\n", '"w":'), { maxLength: 12 })
  .map((parts) => parts.join(""));
const needleText = fc.constantFrom("a", "ab", "aba", "bé", "X", '"', "\n\na", '"w', "abcdef", "Content-Type");
const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
const hasBytes = (text: string, { request, response }: Bodies): boolean =>
  request.includes(text) || response.includes(text);

test("bytes in bodies are found where a look at each trace by itself finds them", () => {
  const bodies = fc.record({
    ...{ request: bodyText, response: bodyText },
    status: fc.constantFrom(200, 404),
    contentBytes: fc.constantFrom(0, 0, 1, 3, 7, 1000),
  });
  const search = fc.record({ one: needleText, other: needleText, form: fc.nat(4), gaps: fc.nat(3) });
  let seq = 0;
  const marks = new MarkFile(store.path);
  const remembering = new StoreReader(store.path);
  fc.assert(
    fc.property(fc.array(bodies, { minLength: 1, maxLength: 8 }), search, (all, { one, other, form, gaps }) => {
      const before = seq;
      const traces: Bodies[] = all.map((facts) => ({ ...facts, seq: ++seq }));
      const own = (rows: ReturnType<typeof found>): number[] =>
        rows.flatMap(({ row }) => (row.seq > before ? row.seq : [])).sort((a, b) => a - b);
      for (const { request, response, contentBytes, ...facts } of traces) {
        const stdout = Buffer.from(`Content-Type: text/plain\n\n${response}`);
        const trace = traceOf({ ...facts, stdout, body: Buffer.from(request), method: "POST" });
        store.end(contentBytes > 0 ? inRecords(trace, contentBytes) : trace);
        if (facts.seq % 3 === gaps) store.writer.drain();
      }
      store.writer.drain();
      foundIn(remembering, `body:${quoted(one)}`);
      const removed = gaps === 3 ? traces.length >> 1 : -1; // its segment has a hole then
      if (removed >= 0) marks.remove([traceOf({ seq: traces[removed]?.seq ?? 0 }).id], seq);
      if (removed >= 0) for (const _ of marks.purge(seq));
      const has = (trace: Bodies): boolean => hasBytes(one, trace);
      const searches: readonly (readonly [string, (trace: Bodies) => boolean])[] = [
        [`body:${quoted(one)}`, has],
        [`-body:${quoted(one)}`, (trace) => !has(trace)],
        [`body:${quoted(one)} status:404`, (trace) => has(trace) && trace.status === 404],
        [`body:${quoted(one)} OR status:404`, (trace) => has(trace) || trace.status === 404],
        [`body:${quoted(one)} -body:${quoted(other)}`, (trace) => has(trace) && !hasBytes(other, trace)],
      ];
      const [query = "", isFound = has] = searches[form] ?? [];
      const expected = traces.filter((trace, index) => index !== removed && isFound(trace)).map((trace) => trace.seq);
      expect([query, own(found(query))]).toEqual([query, expected]);
      expect([query, own(foundIn(remembering, query))]).toEqual([query, expected]);
      const { rows, total } = store.find(query);
      expect(rows.flatMap((row) => (row.seq > before ? row.seq : [])).toReversed()).toEqual(expected);
      const pinned = gaps === 1 ? traces[0]?.seq : undefined;
      if (pinned !== undefined) store.sink.pinned(traceOf({ seq: pinned }).id, true);
      store.writer.drain();
      for (const counted of [steps(query), [...store.read((reader) => [...listed(reader, query, 0, 1)])]])
        expect(counted.at(-1)?.total).toBe(total);
      expect(own(found(query))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
  remembering.close();
  marks.close();
});

test("a text is found that lies in two records of a FastCGI application", () => {
  const stdout = Buffer.from("Content-Type: text/html\n\n<h1>Möbelhaus</h1>");
  const trace = traceOf({ seq: 1, stdout, body: Buffer.from("<h2>"), method: "POST" });
  const inOne = inRecords(traceOf({ seq: 2, stdout }), 1000);
  store.store(inRecords(trace, 7), inOne, traceOf({ seq: 3 }));
  expect(seqs("body:Möbelhaus")).toEqual([2, 1]);
  expect(seqs('"1>Möbelhaus</h"')).toEqual([2, 1]);
  expect(seqs("-body:Möbelhaus")).toEqual([3]);
  expect(seqs('body:"<h2><h1>"')).toEqual([]);
  expect(found("body:Möbelhaus").at(-1)?.hit).toMatchObject({ at: 4, before: "<h1>", found: "Möbelhaus" });
});

test("how many are stored, and since when", () => {
  const [first, second] = [traceOf({ seq: 1 }), traceOf({ seq: 2, startedAt: 1_800_000_000_000 })];
  at(first.startedAt, () => store.store(first));
  at(second.startedAt, () => store.store({ ...second, id: second.id.replace("abcdef", "fedcba") }));
  expect(store.read((reader) => reader.facts())).toEqual({ traces: 2, oldestAt: first.startedAt });
});

/** Stores at a time, Unix time in ms. */
function at(now: number, work: () => void): void {
  vi.useFakeTimers({ now, toFake: ["Date"] });
  work();
  vi.useRealTimers();
}

/** Searches for `body:needle` in one reader; which segments it reads. */
class WatchedSearch {
  readonly #database = openForReading(store.path);
  readonly #read = new Set<number>();
  readonly #search: StoreSearch;

  constructor() {
    const read = this.#read;
    class WatchedRecords extends StoredRecords {
      override segmentAt(id: number): SegmentData | null {
        read.add(id);
        return super.segmentAt(id);
      }
    }
    this.#search = new StoreSearch(this.#database, new WatchedRecords(this.#database));
  }

  readFor(pinned: true | null = null): { readonly total: number; readonly segments: readonly number[] } {
    this.#read.clear();
    const query = [[{ key: "body", value: "needle", isNegated: false }]] as const;
    const { parts, search, count } = this.#search.within(query, { ...everything, pinned });
    let total = 0;
    for (const part of parts()) {
      this.#search.begin(search, part);
      total += count(part.from, part.to);
    }
    return { total, segments: [...this.#read].toSorted((a, b) => a - b) };
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

const needle = (seq: number) => traceOf({ seq, stdout: Buffer.from("Content-Type: text/plain\n\nneedle") });

test("no bytes of others are read when only pinned traces are searched", () => {
  store.store(...[1, 2, 3, 4].map(needle));
  store.sink.pinned(traceOf({ seq: 2 }).id, true);
  store.writer.drain();
  store.find(""); // makes the rows
  const readFor = (pinned: true | null): readonly number[] => {
    using search = new WatchedSearch();
    return search.readFor(pinned).segments;
  };
  const segments = readFor(null);
  expect(segments).toHaveLength(4);
  expect(readFor(true)).toEqual(segments.slice(1, 2));
});

test("the same search reads again only what is new, and what was overwritten", () => {
  for (const seq of [1, 2, 3, 4]) store.end(needle(seq));
  store.writer.drain(); // a segment of four
  store.store(needle(5));
  store.find("");
  using search = new WatchedSearch();
  const first = search.readFor();
  expect(first).toMatchObject({ total: 5 });
  expect(first.segments).toHaveLength(2);
  expect(search.readFor()).toEqual({ total: 5, segments: [] });

  store.store(needle(6));
  store.find("");
  const later = search.readFor();
  expect(later).toMatchObject({ total: 6 });
  expect(later.segments).toHaveLength(1);

  const marks = new MarkFile(store.path);
  marks.remove([needle(2).id, needle(5).id], 9);
  for (const _ of marks.purge(9));
  marks.close();
  expect(search.readFor()).toEqual({ total: 4, segments: first.segments.slice(0, 1) });
});

test("the segment that was read last is read again after its traces were overwritten", () => {
  for (const seq of [1, 2, 3]) store.end(needle(seq));
  store.writer.drain(); // a segment of three
  store.read((reader) => {
    expect(reader.get(needle(2).id)).not.toBeNull();
    const marks = new MarkFile(store.path);
    marks.remove([needle(2).id], 9);
    for (const _ of marks.purge(9));
    marks.close();
    const last = [...listed(reader, "body:needle")].at(-1);
    expect([last?.total, last?.found.map(({ row }) => row.seq)]).toEqual([2, [3, 1]]);
  });
});

test("a part of a search reads that part alone, also in a file that was small when it was closed", () => {
  store.store(traceOf({ seq: 1 }), traceOf({ seq: 2 }));
  const database = openForWriting(store.path);
  database.exec("analyze"); // as earlier versions did
  database.close();
  openForWriting(store.path).close();
  const reading = openForReading(store.path);
  const plan: { detail: string }[] = reading
    .prepare("explain query plan select count(*) from trace where id between ? and ? and not pinned")
    .all(1, 2);
  reading.close();
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^SEARCH trace USING INTEGER PRIMARY KEY/)]);
});
