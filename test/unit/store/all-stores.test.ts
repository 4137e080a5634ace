// The stores of all workspaces together: what leaves, and what stays.
import { existsSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tidyAllStores } from "../../../server/store/all-stores.js";
import { MarkFile } from "../../../server/store/mark-file.js";
import { openForReading } from "../../../server/store/store-file.js";
import { storedBytes } from "../../../server/store/store-path.js";
import { earlier } from "../../support/earlier.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const dayMs = 24 * 3_600_000;
const unbounded = { maxBytes: Number.MAX_SAFE_INTEGER, maxGoneMs: 30 * dayMs };

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** `days`: how long ago each of the traces was stored. */
function storeOf(name: string, root: string, days: readonly number[], body = Buffer.alloc(10)): string {
  const path = folder.file(`traces/${name}.db`);
  using store = new StoredTraces(path, { root });
  store.writer.open();
  days.forEach((ago, index) => {
    const seq = index + 1;
    const trace = traceOf({ seq, target: `/${ago}`, body: Buffer.from(body).fill(seq) });
    earlier(ago * dayMs, () => store.store(trace));
  });
  return path;
}

function writtenDaysAgo(path: string, days: number): void {
  const at = (Date.now() - days * dayMs) / 1000;
  utimesSync(path, at, at);
}

const targets = (path: string): string[] => new StoredTraces(path).find("").rows.map(({ target }) => target);

test("of folders that are gone leave after a while", () => {
  const gone = storeOf("gone", folder.file("gone"), [40]);
  const goneLately = storeOf("gone-lately", folder.file("gone"), [20]);
  const there = storeOf("there", folder.path, [40]);
  const ends = [".json", ".searches.json", ".db.runs.json", `.db.damaged-${Date.now()}`];
  const beside = ends.map((end) => gone.replace(".db", end));
  for (const path of beside) writeFileSync(path, "{}");
  for (const [path, days] of [
    [gone, 31],
    [goneLately, 29],
    [there, 31],
  ] as const)
    writtenDaysAgo(path, days);
  tidyAllStores(there, unbounded);
  expect([gone, goneLately, there].map((path) => existsSync(path))).toEqual([false, true, true]);
  expect(beside.filter((path) => existsSync(path))).toEqual([]);
});

test("damaged ones that were set aside leave after a while, and before any trace beyond the budget", () => {
  const path = storeOf("a", folder.path, [1]);
  const setAside = (days: number, end = ""): string => {
    const damaged = `${path}.damaged-${Date.now() - days * dayMs}${end}`;
    writeFileSync(damaged, Buffer.alloc(1 << 20));
    return damaged;
  };
  const damaged = [setAside(31), setAside(31, "--wal"), setAside(2), setAside(1)];
  const left = () => damaged.map((file) => existsSync(file));
  tidyAllStores(path, unbounded);
  expect(left()).toEqual([false, false, true, true]);
  tidyAllStores(path, { ...unbounded, maxBytes: statSync(path).size + (1 << 20) });
  expect(left()).toEqual([false, false, false, true]);
  expect(targets(path)).toEqual(["/1"]);
});

test("beyond the budget the oldest traces leave first, whichever folder they belong to", () => {
  const body = Buffer.alloc(2 << 20);
  const days = (from: number): number[] => Array.from({ length: 16 }, (_, index) => from - 2 * index);
  const [a, b] = [storeOf("a", folder.path, days(34), body), storeOf("b", folder.path, days(33), body)];
  const size = (): number => statSync(a).size + statSync(b).size;
  const before = size();
  tidyAllStores(a, { ...unbounded, maxBytes: before / 2 });
  expect(size()).toBeLessThanOrEqual(before / 2);
  const left = [...targets(a), ...targets(b)].map((target) => Number(target.slice(1))).sort((x, y) => x - y);
  expect(left.length).toBeGreaterThan(4);
  expect(left).toEqual(Array.from({ length: left.length }, (_, index) => index + 3));
});

test("while one is written anew, no other trace leaves for the log of that", () => {
  const body = Buffer.alloc(2 << 20);
  const days = Array.from({ length: 24 }, (_, index) => 30 - index);
  const [a, b] = [storeOf("a", folder.path, days, body), storeOf("b", folder.path, days, body)];
  expect(targets(b)).toHaveLength(days.length);
  const other = openForReading(b);
  other.exec("begin"); // it lists: until it is done, the log stays
  const { name } = other.prepare("select name from trace limit 1").get();
  const marks = new MarkFile(b);
  marks.remove([name], 5);
  const steps = marks.purge(5);
  while (statSync(`${b}-wal`).size < 2 * (20 << 20)) steps.next();
  const maxBytes = statSync(a).size + statSync(b).size + (33 << 20);
  tidyAllStores(a, { ...unbounded, maxBytes });
  expect(targets(a)).toHaveLength(days.length);
  expect((storedBytes(a) ?? 0) + (storedBytes(b) ?? 0)).toBeLessThan(maxBytes);
  other.exec("commit");
  other.close();
  for (const _ of steps);
  marks.close();
});

test("findings that came in a batch of their own do not make a store the oldest", () => {
  const body = Buffer.alloc(2 << 20);
  const a = folder.file("traces/a.db");
  {
    using store = new StoredTraces(a, { root: folder.path });
    store.writer.open();
    const oldest = traceOf({ seq: 1, target: "/8", body });
    earlier(8 * dayMs, () => store.store(oldest));
    earlier(dayMs, () => {
      store.sink.found(oldest.id, oldest.findings);
      store.writer.drain();
      store.store(traceOf({ seq: 2, target: "/1", body }));
    });
  }
  const b = storeOf("b", folder.path, [5, 4], body);
  const evictOne = (): void =>
    tidyAllStores(a, { ...unbounded, maxBytes: statSync(a).size + statSync(b).size - (1 << 20) });
  evictOne();
  expect([targets(a), targets(b)]).toEqual([["/1"], ["/4", "/5"]]);
  evictOne();
  expect([targets(a), targets(b)]).toEqual([["/1"], ["/4"]]);
});

test("what is no store is left alone", () => {
  const path = storeOf("a", folder.path, [1]);
  folder.write("traces/b.db", "no database");
  const other = folder.file("traces/b.db");
  writtenDaysAgo(other, 100);
  tidyAllStores(path, { ...unbounded, maxBytes: 0 });
  expect(existsSync(other)).toBe(true);
  expect(targets(path)).toEqual([]);
});
