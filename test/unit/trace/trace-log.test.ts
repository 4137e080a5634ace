import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { maxTraces } from "../../../server/contract/limits.js";
import { asSentence } from "../../../server/contract/message.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { TraceEncoder } from "../../../server/trace/codec/encode-trace.js";
import { KeptMarks } from "../../../server/trace/kept-marks.js";
import { KeptTraces } from "../../../server/trace/kept-traces.js";
import { RowFeed } from "../../../server/trace/row-feed.js";
import { TraceIds } from "../../../server/trace/trace-ids.js";
import { maxPinned, TraceLog } from "../../../server/trace/trace-log.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { heldBytes, logOf } from "../../support/trace-memory.js";

const request = {
  head: byteString(""),
  method: byteString("GET"),
  target: byteString("/"),
  httpVersion: "1.1",
  headers: [],
};

function begun(log: TraceLog): TraceRecord {
  const client = { address: "127.0.0.1", port: 1, from: "other" as const };
  return log.begin({ t0Ms: performance.now(), client, connection: { id: 1, nth: 1 }, parent: null, request });
}

/** `isWhole`: as the gateway leaves it, with a response. */
function ended(log: TraceLog, isWhole = false): TraceRecord {
  const trace = begun(log);
  if (isWhole) {
    trace.request.head = byteString("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    trace.request.headers = [[byteString("Host"), byteString("x")]];
    trace.response = {
      status: 200,
      reason: byteString("OK"),
      headers: [],
      framing: "none",
      added: [],
      changed: [],
      dropped: [],
      interim: [],
      body: new CapturedStream(1024),
    };
  }
  log.end(trace);
  return trace;
}
const newLog = (budgetBytes: number) =>
  new TraceLog({ budgetBytes, captureBytes: 1024, examine: () => {}, displayPath: () => null, onChange: () => {} });

describe("the log of traces", () => {
  test("lists every trace that is kept: the oldest are evicted, but for pinned ones", async () => {
    const log = newLog(1 << 30);
    const pinned = ended(log);
    log.pin(pinned.id, true);
    const all = Array.from({ length: maxTraces + 30 }, () => ended(log));
    expect(log.count).toBe(maxTraces);
    expect(log.evicted).toBe(31);
    expect(log.get(pinned.id)).toMatchObject({ id: pinned.id, pinned: true });
    expect(log.get(all[30]?.id ?? "")).toBeNull();
    expect(log.get(all[31]?.id ?? "")).not.toBeNull();
    const { rows } = await log.rows.next(0, 2 * maxTraces, AbortSignal.timeout(5000));
    expect(rows.map(({ id }) => id)).toEqual([pinned.id, ...all.slice(31).map(({ id }) => id)]);
  });

  test("no row has a lower id than the oldest, though the clock is set back", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const log = newLog(1 << 30);
      const before = ended(log);
      vi.setSystemTime(Date.now() - 3_600_000);
      const after = ended(log);
      expect(after.id < before.id).toBe(true);
      expect(log.oldestId <= after.id).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(["0001-01-01T00:00:00Z", "1960-05-05T00:00:00Z", "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59Z"])(
    "an imported trace of %s is found by its id, as any other, also as the log's first one",
    (date) => {
      const log = newLog(1 << 30);
      const { id } = log.add({ ...ended(newLog(1 << 30), true), startedAt: Date.parse(date) });
      expect(id).toMatch(/^[0-9a-z]{9}[0-9a-f]{6}-1$/);
      expect(log.own(id)?.startedAt).toBe(Date.parse(date));
    },
  );

  test("what is written to a trace is in its row; deleted ones come back, or leave at last", async () => {
    const log = newLog(1 << 30);
    const traces = Array.from({ length: 3 }, () => ended(log));
    const [first, second, third] = traces.map(({ id }) => id);
    const rows = async () => (await log.rows.next(0, 100, AbortSignal.timeout(5000))).rows;
    const written = { name: "One", note: null, tags: ["a"] };
    expect(log.mark(first ?? "", written)).toBe(true);
    expect(log.mark("none", written)).toBe(false);
    expect((await rows()).find(({ id }) => id === first)?.marks).toEqual({ ...written, isDeleted: false });
    expect(log.remove([first ?? "", second ?? "", "none"], 1)).toBe(2);
    expect(log.remove([first ?? ""], 2)).toBe(0);
    expect((await rows()).filter(({ marks }) => marks?.isDeleted).map(({ id }) => id)).toEqual([first, second]);
    expect(log.restore(1)).toBe(2);
    expect((await rows()).map(({ id, marks }) => [id, marks?.isDeleted ?? null])).toEqual([
      [third, null],
      [first, false],
      [second, null],
    ]);
    log.pin(second ?? "", true);
    log.remove([second ?? ""], 3);
    log.purge(3);
    expect([log.count, log.get(second ?? ""), log.restore(3)]).toEqual([2, null, 0]);
    expect((await rows()).find(({ id }) => id === second)).toMatchObject({ target: "", marks: { isDeleted: true } });
  });

  test("a trace that is deleted leaves no bytes in the memory that others share, also when it is evicted before", () => {
    const [one, other] = [begun(newLog(1 << 30)), begun(newLog(1 << 30))];
    const encoder = new TraceEncoder();
    const marks = new KeptMarks();
    const ids = new TraceIds("generation");
    const rows = new RowFeed({ ids, marks, displayPath: () => null });
    const kept = new KeptTraces(1 << 30, { room: { bytes: 0 }, marks, rows });
    const encoded = [one, other].map((trace, index) => {
      trace.request.body.add(Buffer.from(`secret ${index}`), 1);
      return encoder.encode({ ...trace, seq: index + 1 });
    });
    for (const trace of encoded) kept.put(trace);
    const [first, second] = encoded;
    marks.remove(1, 1);
    if (first) kept.remove(first);
    expect([first?.data.includes("secret 0"), second?.data.includes("secret 1")]).toEqual([false, true]);
  });

  test("pins as many as may be, whatever became of those before", () => {
    const nth = fc.nat({ max: maxPinned + 9 });
    const step = fc.oneof(
      { weight: 9, arbitrary: fc.tuple(fc.constant("pin"), nth) },
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom("unpin", "delete", "end"), nth) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom("clear", "clear pinned ones too"), nth) },
    );
    fc.assert(
      fc.property(fc.nat({ max: 9 }), fc.array(step, { maxLength: 60 }), (runningCount, steps) => {
        const log = newLog(1 << 30);
        const begin = (): TraceRecord[] => Array.from({ length: maxPinned + 10 }, () => begun(log));
        let traces = begin();
        const running = new Set(traces.slice(0, runningCount));
        for (const trace of traces.slice(runningCount)) log.end(trace);
        const pinned = new Set(traces.slice(0, maxPinned));
        for (const { id } of pinned) expect(log.pin(id, true)).toBe(true);
        for (const [at, [what, n]] of steps.entries()) {
          const trace = traces[n % traces.length];
          if (!trace) {
            traces = begin();
            for (const another of traces) log.end(another);
          } else if (what === "pin") {
            const mayPin = pinned.has(trace) || pinned.size < maxPinned;
            expect(log.pin(trace.id, true)).toBe(mayPin);
            if (mayPin) pinned.add(trace);
          } else if (what === "unpin") {
            expect(log.pin(trace.id, false)).toBe(true);
            pinned.delete(trace);
          } else if (what === "delete") {
            log.remove([trace.id], at);
            log.purge(at);
          } else if (what === "end") {
            if (running.delete(trace)) log.end(trace);
          } else log.clear({ pinnedToo: what !== "clear" });
          traces = traces.filter(({ id }) => log.own(id) !== null);
          for (const one of pinned) if (!traces.includes(one)) pinned.delete(one);
        }
      }),
    );
  });

  test("a trace that its budget evicted still has its row", async () => {
    const log = newLog(1 << 18);
    const all = Array.from({ length: 1000 }, () => ended(log));
    const { rows } = await log.rows.next(0, 2000, AbortSignal.timeout(5000));
    expect(rows.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(log.get(all[0]?.id ?? "")).toBeNull();
  });

  test("the row of an evicted trace follows what is written to it", async () => {
    const log = newLog(1 << 18);
    const { id } = ended(log);
    const { id: marked } = ended(log);
    const written = { name: "One", note: null, tags: ["a"] };
    log.mark(marked, written);
    log.remove([marked], 1); // it is evicted before that is undone
    for (let nth = 0; nth < 1000; nth++) ended(log);
    expect([log.own(id), log.own(marked)]).toEqual([null, null]);
    let next = 0;
    const changed = async () => {
      const rows = await log.rows.next(next, 2000, AbortSignal.timeout(5000));
      next = rows.next;
      return rows.rows;
    };
    await changed();
    log.pin(id, true, { isStored: true });
    log.takeMarks(id, written, null);
    expect(await changed()).toMatchObject([{ id, seq: 1, pinned: true, marks: { ...written, isDeleted: false } }]);
    expect(log.restore(1)).toBe(1);
    expect(await changed()).toMatchObject([{ id: marked, marks: { ...written, isDeleted: false } }]);
    expect(log.remove([id, "none"], 2)).toBe(1);
    log.takeMarks(id, written, 2); // what is found in the store is no news
    expect(await changed()).toMatchObject([{ id, target: "/", marks: { isDeleted: true } }]);
    log.purge(2);
    expect(await changed()).toMatchObject([{ id, target: "", pinned: false, marks: { isDeleted: true } }]);
    log.clear();
    expect([log.other(id), log.other(marked)]).toEqual([null, null]);
  });

  test("keeps no more than its budget allows", () => {
    const log = newLog(1 << 18);
    const all = Array.from({ length: 1000 }, () => ended(log));
    expect(log.bytes).toBeLessThanOrEqual(1 << 18);
    expect(log.count).toBeLessThan(1000);
    expect(log.count + log.evicted).toBe(1000);
    expect(log.get(all.at(-1)?.id ?? "")).not.toBeNull();
  });

  test("reading all its traces changes nothing: none is evicted, none takes more memory, and each is a copy", async () => {
    const { log, add } = await logOf("script");
    add(maxTraces);
    const { rows } = await log.rows.next(0, maxTraces, AbortSignal.timeout(5000));
    const before = { count: log.count, bytes: log.bytes, evicted: log.evicted, held: await heldBytes() };
    const unread = rows.filter(
      ({ id, seq }) =>
        log.get(id)?.seq !== seq || (seq % 16 === 0 && log.read(id, "response-body", 0, 9)?.length !== 6),
    );
    expect([rows.length, unread]).toEqual([maxTraces, []]);
    expect([log.count, log.bytes, log.evicted]).toEqual([before.count, before.bytes, before.evicted]);
    // Decoded, they would take ten times as much.
    expect((await heldBytes()) - before.held).toBeLessThan(before.bytes / 4);
    const [first] = rows;
    expect(log.get(first?.id ?? "")).toEqual(log.get(first?.id ?? ""));
    expect(log.get(first?.id ?? "")).not.toBe(log.get(first?.id ?? ""));
    log.dispose();
  });
});

describe("a trace that is examined after its end", () => {
  function start() {
    const log = new TraceLog({
      budgetBytes: 1 << 30,
      captureBytes: 1024,
      examine: () => {},
      displayPath: () => null,
      onChange: () => {},
    });
    const trace = ended(log, true);
    return { log, trace };
  }
  const finding: TraceRecord["findings"][number] = {
    rule: "x",
    severity: "error",
    title: asSentence(""),
    detail: asSentence(""),
    stream: null,
    range: null,
    line: null,
    reference: null,
    fixes: [],
    evidence: [],
  };

  test("is encoded before that, and has what was found afterwards", async () => {
    const { log, trace } = start();
    expect(log.get(trace.id)).not.toBe(trace);
    trace.findings = [finding];
    log.examined(trace, true);
    expect(log.get(trace.id)?.findings).toEqual([finding]);
    const { rows } = await log.rows.next(0, 10, AbortSignal.timeout(5000));
    expect(rows).toMatchObject([{ id: trace.id, rev: 2, severity: "error" }]);
  });

  test("is examined from a copy", async () => {
    const { log, trace } = start();
    const copy = log.get(trace.id);
    expect(copy).not.toBe(trace);
    if (!copy) throw new Error("it is kept");
    log.pin(trace.id, true);
    log.examined({ ...copy, findings: [finding] }, true);
    expect(log.get(trace.id)).toMatchObject({ examined: true, pinned: true, findings: [finding] });
    log.examined({ ...copy, id: `${copy.id}9` }, true); // one that is not kept
    expect(log.count).toBe(1);
  });

  test("keeps what was found if another folder, with the same numbers, was opened meanwhile", () => {
    const log = new TraceLog({
      budgetBytes: 1 << 30,
      captureBytes: 1024,
      nextSeq: () => 1,
      examine: () => {},
      displayPath: () => null,
      onChange: () => {},
    });
    const copy = log.get(ended(log, true).id);
    if (!copy) throw new Error("it is kept");
    log.clear({ pinnedToo: true, isLeft: true });
    const other = log.add({ ...copy, startedAt: copy.startedAt + 1000 });
    log.examined({ ...copy, findings: [finding] }, true);
    expect([other.seq, log.get(other.id)?.findings]).toEqual([copy.seq, []]);
  });
});
