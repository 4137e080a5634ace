// What is left of deleted traces in the file after their time for undoing: nothing,
// wherever SQLite has moved their rows before.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Slab } from "../../../server/base/slab.js";
import { asSentence } from "../../../server/contract/message.js";
import type { Finding } from "../../../server/contract/trace.js";
import { MarkFile } from "../../../server/store/mark-file.js";
import { openForReading } from "../../../server/store/store-file.js";
import { StoreReader } from "../../../server/store/store-reader.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { canMount, mountDisk } from "../../support/small-disk.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

const secretOf = (seq: number): string => `?Geheimnis-${seq}.`;

/** A trace with its secret in the target, the variables, the output and stderr. */
function secretTrace(seq: number, outputBytes: number, stderrBytes: number): TraceRecord {
  const secret = secretOf(seq);
  return traceOf({
    ...{ seq, connection: seq % 3, target: `/a.py${secret}`, variable: ["REQUEST_URI", `/a.py${secret}`] },
    stdout: Buffer.from(`A: b\n\n${"x".repeat(outputBytes)}${secret}`),
    stderr: Buffer.from("e".repeat(stderrBytes)),
  });
}

/** Findings that come late make a row longer: SQLite moves it, and those beside it, to other pages. */
function find(store: StoredTraces, trace: TraceRecord | undefined, bytes: number): void {
  if (!trace) return;
  const finding: Finding = {
    ...{ rule: "slow-start", severity: "warning", title: asSentence("t"), detail: asSentence("f".repeat(bytes)) },
    ...{ stream: null, range: null, line: null, reference: null, fixes: [] },
    evidence: [{ kind: "quote", of: "stdout", text: secretOf(trace.seq) }],
  };
  trace.findings = [finding];
  store.sink.found(trace.id, trace.findings);
}

interface Rest {
  readonly secrets: readonly number[];
  readonly integrity: unknown;
  readonly names: readonly string[];
}

/** Of a store that is open: its file, and those beside it. */
function restOf(path: string, traces: readonly TraceRecord[]): Rest {
  const file = openForReading(path);
  const integrity = file.prepare("pragma integrity_check").all();
  const rows: { name: string }[] = file.prepare("select name from trace order by id").all();
  file.close();
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
  const bytes = names.map((name) => readFileSync(join(dirname(path), name)));
  const secrets = traces.map(({ seq }) => seq).filter((seq) => bytes.some((part) => part.includes(secretOf(seq))));
  return { secrets, integrity, names: rows.map(({ name }) => name) };
}

const idsOf = (traces: readonly TraceRecord[]): string[] => traces.map(({ id }) => id);

const length = fc.oneof(fc.nat(2500), fc.nat(20_000));
const step = fc.record({
  outputBytes: length,
  stderrBytes: fc.nat(3000),
  isWritten: fc.boolean(),
  hasRows: fc.boolean(),
  late: fc.option(fc.record({ which: fc.nat(), bytes: fc.nat(4000) })),
});
const deletion = fc.record({ which: fc.func(fc.boolean()), hasNotes: fc.boolean(), areTwo: fc.boolean() });

test("nothing of any deleted trace is left, and the others are whole, whatever was stored and deleted before", () => {
  let run = 0;
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.array(deletion, { minLength: 1, maxLength: 3 }),
      (steps, deletions) => {
        const path = folder.file(`${run++}.db`);
        using store = new StoredTraces(path, { root: "/srv" });
        expect(store.writer.open()).toBe(true);
        const marks = new MarkFile(path);
        const traces: TraceRecord[] = [];
        for (const { outputBytes, stderrBytes, isWritten, hasRows, late } of steps) {
          const trace = secretTrace(traces.length + 1, outputBytes, stderrBytes);
          traces.push(trace);
          store.end(trace);
          if (isWritten) store.writer.drain();
          if (hasRows) store.writer.makeRows();
          if (late) find(store, traces[late.which % traces.length], late.bytes);
        }
        store.writer.drain();
        let left: readonly TraceRecord[] = traces;
        for (const { which, hasNotes, areTwo } of deletions) {
          const gone = left.filter(({ seq }) => which(seq));
          if (hasNotes) for (const { id, seq } of gone) marks.write(id, { name: null, note: secretOf(seq), tags: [] });
          left = left.filter((trace) => !gone.includes(trace));
          marks.remove(idsOf(gone), 5);
          const purges = areTwo ? [marks.purge(5), marks.purge(5)] : [marks.purge(5)];
          while (purges.filter((purge) => !purge.next().done).length > 0);
          const rest = restOf(path, traces);
          expect(rest.integrity).toEqual([{ integrity_check: "ok" }]);
          expect(rest.names).toEqual(idsOf(left));
          expect(rest.secrets).toEqual(left.map(({ seq }) => seq));
        }
        marks.close();
        for (const { id, stdout } of left)
          expect(store.read((reader) => reader.get(id))?.stdout?.read(0, 30_000)).toEqual(stdout?.read(0, 30_000));
      },
    ),
    { numRuns: 40 },
  );
});

test.each([
  { bytes: 500, before: 1 },
  { bytes: 1000, before: 5 },
])("a row that grew by $bytes bytes has left no copy of another in its page", ({ bytes, before }) => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = Array.from({ length: 12 }, (_, index) => secretTrace(index + 1, 10, 700));
  for (const [index, trace] of traces.entries()) {
    store.store(trace);
    while (store.writer.makeRows());
    if (trace.seq % 2 === 0) find(store, traces[index - before], bytes);
    store.writer.drain();
  }
  const marks = new MarkFile(path);
  marks.remove(idsOf(traces), 5);
  for (const _ of marks.purge(5));
  marks.close();
  expect(restOf(path, traces).secrets).toEqual([]);
});

test("findings that came later lie among the bytes of another trace, and are overwritten there, too", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = [1, 2, 3].map((seq) => secretTrace(seq, 10, 10));
  const [gone, neighbour, last] = traces;
  if (!gone || !neighbour || !last) throw new Error("no traces");
  store.store(gone);
  store.end(neighbour);
  find(store, gone, 10);
  store.end(last);
  store.writer.drain();
  expect(store.find("finding:slow-start").rows.map(({ id }) => id)).toEqual([gone.id]);
  const marks = new MarkFile(path);
  marks.remove([gone.id], 5);
  for (const _ of marks.purge(5));
  marks.close();
  expect(restOf(path, traces)).toMatchObject({ secrets: [2, 3], names: [neighbour.id, last.id] });
  expect(store.find(`body:"${secretOf(2)}"`).rows.map(({ id }) => id)).toEqual([neighbour.id]);
});

test("what a script writes between the outputs of another one is not stored with those", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const slab = new Slab(); // the pipes of all scripts are read into one
  const read = (text: string): Buffer => slab.copy(Buffer.from(text), Buffer.byteLength(text));
  const stderr = read("a warning");
  const gone = traceOf({ seq: 1, stdout: read(`A: b\n\n${secretOf(1)}`) });
  const staying = traceOf({ seq: 2, stdout: read("A: b\n\nhello"), stderr });
  store.store(gone, staying);
  const marks = new MarkFile(path);
  marks.remove([gone.id], 5);
  for (const _ of marks.purge(5));
  marks.close();
  expect(restOf(path, [gone])).toMatchObject({ secrets: [], names: [staying.id] });
  const found = store.read((reader) => reader.get(staying.id));
  expect([found?.stderr, found?.stdout].map((stream) => stream?.read(0, 99))).toEqual(
    [staying.stderr, staying.stdout].map((stream) => stream?.read(0, 99)),
  );
});

test("what another deletion has hidden stays, and can be undone; later all that is left leaves together", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = [1, 2, 3, 4].map((seq) => secretTrace(seq, 10, 10));
  const ids = idsOf(traces);
  store.store(...traces);
  const [one, other] = [new MarkFile(path), new MarkFile(path)];
  for (const [index, at] of [5.25, 6.5, 7.75].entries()) one.remove(ids.slice(index, index + 1), at);
  for (const _ of other.purge(6.5, 6.5));
  expect(restOf(path, traces)).toMatchObject({ secrets: [1, 3, 4], names: [ids[0], ids[2], ids[3]] });
  expect([one.restore(6.5), one.restore(5.25)]).toEqual([0, 1]);
  for (const _ of other.purge(8));
  expect(restOf(path, traces).secrets).toEqual([1, 4]);
  one.close();
  other.close();
});

/** Whether bytes of deleted traces may still be in the file. */
function isUnpurged(path: string): boolean {
  const reader = new StoreReader(path);
  const isSo = reader.hasUnpurged();
  reader.close();
  return isSo;
}

test("whoever opens the file next ends a purge that was killed, wherever it was", () => {
  for (let [killedAfter, isDone] = [1, false]; !isDone; killedAfter++) {
    const path = folder.file(`${killedAfter}.db`);
    using store = new StoredTraces(path, { root: "/srv" });
    expect(store.writer.open()).toBe(true);
    const traces = Array.from({ length: 12 }, (_, index) => secretTrace(index + 1, 10, 700));
    for (const trace of traces) {
      store.store(trace);
      while (store.writer.makeRows());
      if (trace.seq % 2 === 0) find(store, traces[trace.seq - 2], 500); // it grows: copies are left behind
    }
    store.writer.drain();
    const killed = new MarkFile(path);
    const gone = traces.filter(({ seq }) => seq % 3 !== 0);
    killed.remove(idsOf(gone), 5);
    const steps = killed.purge(5);
    for (let step = 0; step < killedAfter && !isDone; step++) isDone = steps.next().done === true;
    killed.close();
    expect(isUnpurged(path)).toBe(!isDone);
    const next = new MarkFile(path);
    for (const _ of next.purge(9));
    next.close();
    expect([isUnpurged(path), restOf(path, traces).secrets]).toEqual([false, [3, 6, 9, 12]]);
  }
});

test.each([
  { how: "in turns, of one connection", isKilled: false },
  { how: "that is killed after its last row", isKilled: true },
])("what a purge drops while another one ends is not left behind: $how", ({ isKilled }) => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = Array.from({ length: 300 }, (_, index) => secretTrace(index + 1, 10, 700));
  for (const trace of traces) {
    store.store(trace);
    while (store.writer.makeRows());
    if (trace.seq % 2 === 0) find(store, traces[trace.seq - 2], 500); // it grows: copies are left behind
  }
  store.writer.drain();
  const [marks, other] = [new MarkFile(path), new MarkFile(path)];
  const gone = traces.filter(({ seq }) => seq % 3 !== 0);
  marks.remove(idsOf(gone), 5);
  const long = marks.purge(5);
  long.next();
  long.next();
  for (const _ of other.purge(3)); // it has nothing to delete, and ends what another one has begun
  const rows = openForReading(path);
  const left = rows.prepare("select count(*) as count from trace");
  while (left.get().count > traces.length - gone.length) long.next();
  rows.close();
  if (!isKilled) for (const _ of long);
  marks.close();
  expect(isUnpurged(path)).toBe(isKilled);
  for (const _ of other.purge(9));
  other.close();
  const rest = restOf(path, traces);
  expect([isUnpurged(path), rest.secrets.filter((seq) => seq % 3 !== 0)]).toEqual([false, []]);
});

test("while another program reads an old state of the file, its bytes stay, and so does the wish to remove them", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = [1, 2].map((seq) => secretTrace(seq, 10, 10));
  store.store(...traces);
  expect(store.find("").total).toBe(2);
  const other = openForReading(path);
  other.exec("begin");
  other.prepare("select count(*) from trace").get();
  const marks = new MarkFile(path);
  marks.remove(idsOf(traces), 5);
  const steps = marks.purge(5);
  for (let step = 0; step < 12; step++) expect(steps.next().done).toBe(false);
  const now = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 60_000);
  expect(() => steps.next()).toThrow("reads an old state");
  now.mockRestore();
  expect([isUnpurged(path), restOf(path, traces).secrets]).toEqual([true, [1, 2]]);
  other.exec("commit");
  other.close();
  for (const _ of marks.purge(9));
  marks.close();
  expect([isUnpurged(path), restOf(path, traces).secrets]).toEqual([false, []]);
});

test.each([
  { time: "no time", withinMs: 0, left: [1, 2, 3] },
  { time: "little time", withinMs: 10_000, left: [3] },
])("with $time the file is not written anew, and the next purge does what is left", ({ withinMs, left }) => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = [1, 2, 3].map((seq) => secretTrace(seq, 10, 10));
  store.store(...traces);
  expect(store.find("").total).toBe(3);
  const marks = new MarkFile(path);
  marks.remove(idsOf(traces.slice(0, 2)), 5);
  const elapsed = vi.spyOn(performance, "now");
  if (withinMs === 0) for (let ms = 0; ms < 9; ms++) elapsed.mockReturnValueOnce(ms);
  for (const _ of marks.purge(5, 0, { withinMs }));
  elapsed.mockRestore();
  expect([isUnpurged(path), restOf(path, traces).secrets]).toEqual([true, left]);
  for (const _ of marks.purge(5));
  marks.close();
  expect([isUnpurged(path), restOf(path, traces).secrets]).toEqual([false, [3]]);
});

test("a file that is too large to be written anew at once keeps the wish for that", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = [1, 2, 3].map((seq) => secretTrace(seq, 200_000, 10));
  store.store(...traces);
  expect(store.find("").total).toBe(3);
  const marks = new MarkFile(path);
  marks.remove(idsOf(traces.slice(0, 1)), 5);
  for (const _ of marks.purge(5, 0, { maxAnewBytes: 500_000 }));
  expect([isUnpurged(path), restOf(path, traces).secrets]).toEqual([true, [2, 3]]);
  marks.remove(idsOf(traces.slice(1, 2)), 5);
  for (const _ of marks.purge(5, 0, { maxAnewBytes: 500_000 })); // only what is left counts
  marks.close();
  expect([isUnpurged(path), restOf(path, traces).secrets]).toEqual([false, [3]]);
});

test.skipIf(!canMount())("on a disk without room for a second file rows are overwritten in place (needs mount)", () => {
  const path = folder.file("disk/a.db");
  folder.makeFolder("disk");
  using disk = mountDisk(folder.file("disk"), "7500k");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  const traces = Array.from({ length: 12 }, (_, index) => secretTrace(index + 1, 200_000, 700));
  store.store(...traces);
  expect(store.find("").total).toBe(12);
  const marks = new MarkFile(path);
  marks.remove(idsOf(traces.slice(0, 3)), 5);
  for (const _ of marks.purge(5));
  expect([isUnpurged(path), restOf(path, traces).secrets]).toEqual([true, [4, 5, 6, 7, 8, 9, 10, 11, 12]]);
  disk.resize("99m");
  for (const _ of marks.purge(5));
  marks.close();
  expect([isUnpurged(path), restOf(path, traces).integrity]).toEqual([false, [{ integrity_check: "ok" }]]);
});
