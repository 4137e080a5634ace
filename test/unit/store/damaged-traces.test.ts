// Bytes of stored traces that have changed on the disk: what is damaged is noticed and said, and all else can be read.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { readStoreOf } from "../../../server/features/exchange/read-store.js";
import { MarkFile } from "../../../server/store/mark-file.js";
import { noMemory } from "../../../server/store/store-answers.js";
import { storePath } from "../../../server/store/store-path.js";
import type { StoreReader } from "../../../server/store/store-reader.js";
import { DamagedRecord, recordsOf } from "../../../server/trace/codec/record.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { noTiming } from "../../../server/trace/trace-record.js";
import { find, listed, resultOf, StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const secretOf = (seq: number): string => `Geheimnis-${seq}.`;
const tracesOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    traceOf({ seq: index + 1, connection: index % 3, stdout: Buffer.from(`A: b\n\n${secretOf(index + 1)}`) }),
  );
const seqsOf = (rows: readonly { readonly id: string }[]): number[] =>
  rows.map(({ id }) => Number(id.split("-")[1])).sort((a, b) => a - b);

interface Change {
  readonly segment: number;
  readonly at: number;
}

/** Changes a byte of the segments' data. Returns whether a trace needs it. */
function damage(path: string, { segment, at }: Change): boolean {
  const database = new DatabaseSync(path);
  const segments: { id: number; data: Uint8Array }[] = database.prepare("select id, data from segment").all();
  const { id, data } = segments[segment % segments.length] ?? { id: 0, data: new Uint8Array(0) };
  const bytes = Buffer.from(data);
  const records = [...recordsOf(bytes)];
  const place = at % bytes.length;
  const hit = records.find((record) => place < record.at + record.length);
  bytes[place] = (bytes[place] ?? 0) ^ 0x55;
  const grams = database.prepare("select bits from grams where segment=?").get(id);
  database.prepare("update segment set data=? where id=?").run(bytes, id);
  if (grams) database.prepare("insert into grams(segment,bits) values(?,?)").run(id, grams.bits);
  const row: { id: number } | undefined = database
    .prepare("select id from trace where seg=? and (at=?2 or context=?2) limit 1")
    .get(id, hit?.at ?? -1);
  database.close();
  return row !== undefined;
}

test("a byte of a stored trace that has changed is noticed, and no other trace is lost (C12)", () => {
  let run = 0;
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 3, maxLength: 12 }),
      fc.record({ segment: fc.nat(), at: fc.nat() }),
      (areBatches, change) => {
        const path = folder.file(`${run++}.db`);
        using store = new StoredTraces(path, { root: "/srv" });
        expect(store.writer.open()).toBe(true);
        const traces = tracesOf(areBatches.length);
        for (const [index, trace] of traces.entries()) {
          store.end(trace);
          if (areBatches[index]) store.writer.drain();
        }
        store.writer.drain();
        while (store.writer.makeRows());
        const isNeeded = damage(path, change);
        const damaged = store.read((reader) =>
          traces.filter(({ id }) => {
            try {
              return reader.get(id)?.stdout?.read(0, 99) === undefined;
            } catch (error) {
              expect(error).toBeInstanceOf(DamagedRecord);
              return true;
            }
          }),
        );
        expect(damaged.length > 0).toBe(isNeeded);
        const sound = traces.filter((trace) => !damaged.includes(trace)).map(({ seq }) => seq);
        expect(store.find("").total).toBe(traces.length);
        store.read((reader) => {
          const rows = [...listed(reader, "")].at(-1)?.found.map(({ row }) => row) ?? [];
          expect(seqsOf(rows)).toEqual(seqsOf(traces)); // the table still has the facts of the damaged ones
          expect(reader.hasDamage).toBe(damaged.length > 0);
          for (const seq of sound) expect(seqsOf(find(reader, `body:${secretOf(seq)}`).rows)).toEqual([seq]);
          for (const trace of traces.filter(({ seq }) => sound.includes(seq)))
            expect(reader.get(trace.id)?.stdout?.read(0, 99)).toEqual(trace.stdout?.read(0, 99));
        });
        const marks = new MarkFile(path);
        marks.remove(
          traces.filter(({ seq }) => seq % 2 === 0).map(({ id }) => id),
          5,
        );
        for (const _ of marks.purge(5));
        marks.close();
        store.read((reader) => {
          const rows = [...listed(reader, "")].at(-1)?.found.map(({ row }) => row) ?? [];
          expect(seqsOf(rows.filter(({ seq }) => sound.includes(seq)))).toEqual(sound.filter((seq) => seq % 2 === 1));
          expect(rows.filter(({ seq }) => seq % 2 === 0)).toEqual([]);
        });
        expect(store.codes).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test("a search for text says that it left a damaged trace out, and so does the purge that drops it (C12)", () => {
  using store = new StoredTraces(folder.file("a.db"), { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const [first, second, third] = tracesOf(3);
  if (!first || !second || !third) throw new Error("no traces");
  for (const trace of [first, second, third]) store.end(trace);
  store.writer.drain();
  while (store.writer.makeRows());
  const file = new DatabaseSync(store.path);
  const { place } = file.prepare("select at+length-12 as place from trace where name=?").get(second.id);
  file.close();
  expect(damage(store.path, { segment: 0, at: place })).toBe(true);
  for (const [text, seqs] of [
    ["Geheimnis", [1, 3]],
    [secretOf(2), []],
  ] as const)
    store.read((reader) => {
      expect([seqsOf(find(reader, `body:${text}`).rows), reader.hasDamage]).toEqual([seqs, true]);
    });
  const marks = new MarkFile(store.path);
  marks.remove([first.id], 5);
  for (const _ of marks.purge(5));
  expect(marks.hasDamage).toBe(true);
  marks.remove([third.id], 6);
  marks.hasDamage = false;
  for (const _ of marks.purge(6));
  expect(marks.hasDamage).toBe(false);
  marks.close();
  store.read((reader) => {
    const { rows, total } = find(reader, "");
    expect([seqsOf(rows), total, reader.get(second.id)]).toEqual([[], 0, null]);
  });
});

test("a trace that cannot be read keeps its place in the list, with what the table says of it", () => {
  using store = new StoredTraces(folder.file("a.db"), { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = [1, 2, 3].map((seq) => traceOf({ seq, status: 200 + seq, method: "POST", connection: seq }));
  store.store(...traces);
  while (store.writer.makeRows());
  const range = { order: null, first: 0, count: 10, around: null, cleared: null, memory: noMemory };
  const listedOf = (reader: StoreReader) =>
    [...reader.list([], range)].at(-1)?.found.flatMap((one) => (typeof one === "number" ? [] : one.row)) ?? [];
  const before = store.read(listedOf);
  expect(damage(store.path, { segment: 1, at: 100 })).toBe(true);
  store.read((reader) => {
    const rows = listedOf(reader);
    expect(seqsOf(rows)).toEqual([1, 2, 3]);
    const whole = before[1];
    expect(rows[1]).toEqual({ ...whole, timing: { ...noTiming(), doneAt: whole?.tookMs } });
    expect([rows[0], rows[2]]).toEqual([before[0], before[2]]);
    expect(reader.hasDamage).toBe(true);
    expect(() => reader.get(whole?.id ?? "")).toThrow(DamagedRecord);
  });
});

test("a batch that was damaged before its rows were made costs its damaged traces alone, and is said once (C12)", () => {
  using store = new StoredTraces(folder.file("a.db"), { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = tracesOf(6);
  for (const trace of traces.slice(0, 3)) store.end(trace);
  store.writer.drain();
  damage(store.path, { segment: 0, at: 5000 });
  for (const trace of traces.slice(3)) store.store(trace);
  while (store.writer.makeRows());
  expect(store.codes).toEqual(["store-damaged-trace"]);
  expect(seqsOf(store.find("").rows)).toHaveLength(5);
});

test("a pinned trace whose batch is damaged does not keep others from leaving, nor from being kept (C12)", () => {
  using store = new StoredTraces(folder.file("a.db"), { maxAgeMs: 1 });
  expect(store.writer.open()).toBe(true);
  const traces = tracesOf(3);
  for (const trace of traces.slice(0, 2)) trace.pinned = true;
  vi.useFakeTimers({ now: 1000, toFake: ["Date"] });
  for (const trace of traces.slice(0, 2)) store.end(trace);
  store.writer.drain();
  while (store.writer.makeRows());
  damage(store.path, { segment: 0, at: 100 });
  vi.useRealTimers();
  for (const trace of traces.slice(2)) store.store(trace);
  while (store.writer.makeRows());
  expect(store.codes).toEqual(["store-damaged-trace"]);
  const [lost, kept] = traces;
  expect(seqsOf(store.find("").rows)).not.toContain(lost?.seq);
  store.read((reader) => {
    expect(reader.get(lost?.id ?? "")).toBeNull();
    expect(reader.get(kept?.id ?? "")?.stdout?.read(0, 99)).toEqual(kept?.stdout?.read(0, 99));
  });
});

test("whatever byte of the file has changed, each verb ends in an answer or in one sentence (C12)", () => {
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  const path = storePath("/srv");
  const traces = tracesOf(12);
  {
    using store = new StoredTraces(path, { root: "/srv" });
    expect(store.writer.open()).toBe(true);
    store.store(...traces.slice(0, 6));
    for (const trace of traces.slice(6)) store.end(trace);
    store.writer.drain();
    while (store.writer.makeRows());
  }
  const whole = readFileSync(path);
  const aSentence = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError);
    }
  };
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 }), (bytes) => {
      folder.remove(dirname(path).slice(folder.path.length + 1));
      folder.makeFolder(dirname(path).slice(folder.path.length + 1));
      const damaged = Buffer.from(whole);
      for (const [at, byte] of bytes) damaged[at] = byte;
      writeFileSync(path, damaged);
      for (const { id } of traces)
        aSentence(() =>
          readStoreOf("/srv", (store) => toTraceJson(store?.get(id) ?? traces[0] ?? traceOf({ seq: 1 }))),
        );
      for (const query of ["", "body:Geheimnis-3.", "header:X-Answer", "took:>1ms", "finding:*"])
        aSentence(() => readStoreOf("/srv", (store) => store && find(store, query)));
      aSentence(() => readStoreOf("/srv", (store) => store && [...listed(store, "")]));
      aSentence(() => readStoreOf("/srv", (store) => store && resultOf(store.figures({ file: null, from: null }))));
      aSentence(() => readStoreOf("/srv", (store) => store?.facts()));
      using store = new StoredTraces(path, { root: "/srv" });
      if (!store.writer.open()) return;
      const next = traceOf({ seq: 99 });
      store.store(next);
      while (store.writer.makeRows());
      store.writer.tidy();
      if (!store.codes.includes("store-failed") && existsSync(path))
        aSentence(() => readStoreOf("/srv", (reader) => expect(reader?.get(next.id)?.id).toBe(next.id)));
    }),
    { numRuns: 60 },
  );
});
