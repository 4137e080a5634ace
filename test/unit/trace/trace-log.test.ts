import { describe, expect, test } from "vitest";
import { maxTraces } from "../../../server/contract/limits.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { TraceLog } from "../../../server/trace/trace-log.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";

const request = {
  head: byteString(""),
  method: byteString("GET"),
  target: byteString("/"),
  httpVersion: "1.1",
  headers: [],
};

function ended(log: TraceLog): TraceRecord {
  const client = { address: "127.0.0.1", port: 1, from: "other" as const };
  const trace = log.begin({ t0Ms: performance.now(), client, connection: { id: 1, nth: 1 }, parent: null, request });
  log.end(trace);
  return trace;
}
const newLog = (budgetBytes: number) =>
  new TraceLog({ budgetBytes, captureBytes: 1024, examine: () => false, displayPath: () => null, onChange: () => {} });

describe("the log of traces", () => {
  test("lists every trace that is kept: the oldest are evicted, but for pinned ones", async () => {
    const log = newLog(1 << 30);
    const pinned = ended(log);
    log.pin(pinned.id, true);
    const all = Array.from({ length: maxTraces + 30 }, () => ended(log));
    expect(log.count).toBe(maxTraces);
    expect(log.evicted).toBe(31);
    expect(log.get(pinned.id)).toBe(pinned);
    expect(log.get(all[30]?.id ?? "")).toBeNull();
    expect(log.get(all[31]?.id ?? "")).not.toBeNull();
    const { rows } = await log.next(0, 2 * maxTraces, AbortSignal.timeout(5000));
    expect(rows.map(({ id }) => id)).toEqual([pinned.id, ...all.slice(31).map(({ id }) => id)]);
  });

  test("a trace that its budget evicted still has its row", async () => {
    const log = newLog(1 << 20);
    const all = Array.from({ length: 1000 }, () => ended(log));
    const { rows } = await log.next(0, 2000, AbortSignal.timeout(5000));
    expect(rows.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(log.get(all[0]?.id ?? "")).toBeNull();
  });

  test("keeps no more than its budget allows", () => {
    const log = newLog(1 << 20);
    const all = Array.from({ length: 1000 }, () => ended(log));
    expect(log.bytes).toBeLessThanOrEqual(1 << 20);
    expect(log.count).toBeLessThan(1000);
    expect(log.count + log.evicted).toBe(1000);
    expect(log.get(all.at(-1)?.id ?? "")).not.toBeNull();
  });
});
