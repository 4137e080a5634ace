// When the script that a trace ran is passed on to the thread that stores it: often enough, and no more often.
import { rmSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { PassedOn } from "../../../server/store/passed-on.js";
import { newRing } from "../../../server/store/shared-ring.js";
import { StoreWriter } from "../../../server/store/store-writer.js";
import { RingSink } from "../../../server/store/trace-store.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { encoded, traceOf } from "../../support/stored-traces.js";
import { tempFolder } from "../../support/temp-workspace.js";

function ranBy(scriptHash: string, seq: number): TraceRecord {
  const trace = traceOf({ seq });
  trace.route = { ...trace.route, scriptHash };
  return trace;
}

const [one, other] = ["11".repeat(32), "22".repeat(32)];

test("a version is passed on again after a while, and at once when the file is another one", () => {
  const clock = { now: 5 };
  const posted: string[] = [];
  const known = new Map([[one, Buffer.from("a")]]);
  const passedOn = new PassedOn({
    versionOf: (hash) => known.get(hash) ?? null,
    post: ({ hash }) => posted.push(hash),
    now: () => clock.now,
  });
  for (const at of [5, 6, 599_999]) {
    clock.now = at;
    passedOn.ran(one);
    passedOn.ran(other); // which nobody knows
  }
  expect(posted).toEqual([one]);
  clock.now = 600_005;
  for (let run = 0; run < 3; run++) passedOn.ran(one);
  expect(posted).toEqual([one, one]);
  passedOn.forget();
  for (let run = 0; run < 3; run++) passedOn.ran(one);
  expect(posted).toEqual([one, one, one]);
  known.set(other, Buffer.from("b"));
  passedOn.ran(other);
  expect(posted.at(-1)).toBe(other);
});

test("a version is passed on at the end of each trace, also of one that shares everything with the one before", () => {
  const ran: string[] = [];
  const sink = new RingSink(newRing(), (hash) => ran.push(hash));
  for (const seq of [1, 2, 3]) sink.ended(ranBy(one, seq), encoded(ranBy(one, seq)));
  sink.ended(traceOf({ seq: 4 }), encoded(traceOf({ seq: 4 })));
  expect(ran).toEqual(Array(3).fill(one));
});

test("a version is passed on to another file of the same name, of which the thread tells", () => {
  using folder = tempFolder();
  const path = folder.file("traces.db");
  let others = 0;
  const ring = newRing();
  const writer = new StoreWriter(
    { path, ring, maxBytes: 1 << 30, maxAgeMs: 1e12, all: { maxBytes: 1 << 30, maxGoneMs: 1e12 } },
    () => {},
    () => others++,
  );
  const sink = new RingSink(ring);
  const store = (seq: number): void => {
    sink.ended(traceOf({ seq }), encoded(traceOf({ seq })));
    writer.drain();
  };
  writer.open();
  store(1);
  expect(others).toBe(0);
  for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 5000); // the file is looked for once a second
  store(2);
  vi.restoreAllMocks();
  expect(others).toBe(1);
  writer.close();
});
