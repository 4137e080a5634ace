// The scripts that ran, in the file of the stored traces: each version once, within a bound,
// found again by its hash; and the figures.
import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { percentile } from "../../../renderer/model/traces/latency-series.js";
import { maxScriptVersionBytes } from "../../../server/contract/limits.js";
import { asSentence } from "../../../server/contract/message.js";
import { patterns } from "../../../server/formats/query/query-pattern.js";
import { parseTraceQuery } from "../../../server/formats/query/trace-query.js";
import { MarkFile } from "../../../server/store/mark-file.js";
import { openForWriting } from "../../../server/store/store-file.js";
import { keysFor, keyText, versionKey } from "../../../server/store/version-key.js";
import { VersionWriter } from "../../../server/store/version-writer.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { StoredTraces, type TraceFactsOfTest, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const file = (): string => folder.file("traces.db");

function ranBy(bytes: Uint8Array, facts: TraceFactsOfTest): TraceRecord {
  const trace = traceOf(facts);
  trace.route = { ...trace.route, scriptHash: hashOf(bytes) };
  return trace;
}

describe("kept versions", () => {
  const keep = (bytes: Uint8Array, maxBytes = 1 << 30): string[] => {
    const problems: string[] = [];
    const writer = new VersionWriter({ path: file(), maxBytes }, ({ code }) => problems.push(code));
    writer.keep({ hash: hashOf(bytes), bytes });
    return problems;
  };
  const kept = (bytes: Uint8Array): Uint8Array | null => {
    using store = new StoredTraces(file());
    return store.read((reader) => reader.version(hashOf(bytes)));
  };
  const count = (): number => {
    const database = openForWriting(file());
    const { versions }: { versions: number } = database.prepare("select count(*) versions from version").get();
    database.close();
    return versions;
  };

  test("are given back as they were, and kept once", () => {
    const bytes = randomBytes(5000);
    expect([keep(bytes), keep(bytes), count()]).toEqual([[], [], 1]);
    expect(Buffer.from(kept(bytes) ?? []).equals(bytes)).toBe(true);
    expect(kept(randomBytes(10))).toBeNull();
  });

  test("not of a script above the limit", () => {
    const [whole, larger] = [Buffer.alloc(maxScriptVersionBytes, 1), Buffer.alloc(maxScriptVersionBytes + 1, 1)];
    expect([keep(whole), keep(larger), count()]).toEqual([[], [], 1]);
    expect(kept(larger)).toBeNull();
  });

  test("take an eighth of the store's budget; the ones that ran least lately leave", () => {
    const all = Array.from({ length: 10 }, () => randomBytes(10_000));
    for (const bytes of all) keep(bytes, 8 * 40_000);
    expect(count()).toBe(4);
    expect(all.map((bytes) => kept(bytes) !== null)).toEqual([...Array(6).fill(false), ...Array(4).fill(true)]);
  });

  test("one that was changed in the file is not given back", () => {
    const bytes = randomBytes(100);
    keep(bytes);
    const database = openForWriting(file());
    database.exec("update version set bytes = zeroblob(100)");
    database.close();
    expect(kept(bytes)).toBeNull();
  });

  test("a folder that cannot be written is reported", () => {
    folder.write("plain", "");
    const problems: string[] = [];
    const writer = new VersionWriter({ path: folder.file("plain/traces.db"), maxBytes: 1 << 30 }, ({ code }) =>
      problems.push(code),
    );
    writer.keep({ hash: hashOf(Buffer.from("x")), bytes: Buffer.from("x") });
    expect(problems).toEqual(["version-not-stored"]);
  });
});

describe("the beginning of a hash", () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));

  test("as many digits as are given find it, and no other hash", () => {
    fc.assert(
      fc.property(hash, hash, fc.integer({ min: 1, max: 12 }), (one, other, digits) => {
        const within = (key: number | null, [from, to]: readonly [number, number]) =>
          key !== null && key >= from && key <= to;
        const keys = keysFor(one.slice(0, digits).toUpperCase());
        expect(within(versionKey(one), keys)).toBe(true);
        expect(within(versionKey(other), keys)).toBe(other.startsWith(one.slice(0, digits)));
        expect(keyText(versionKey(one) ?? 0)).toBe(one.slice(0, 12));
      }),
    );
  });

  test("of an imported trace it need not be one", () => expect(versionKey("no hash")).toBeNull());
});

test("traces are found by the version that they ran", () => {
  using store = new StoredTraces(file());
  store.writer.open();
  const [old, fresh] = [Buffer.from("old"), Buffer.from("new")];
  store.store(ranBy(old, { seq: 1 }), ranBy(fresh, { seq: 2 }), ranBy(old, { seq: 3 }), traceOf({ seq: 4 }));
  const found = (query: string): number[] => store.find(query).rows.map(({ seq }) => seq);
  const digits = hashOf(old).slice(0, 12);
  expect(found(`version:${digits}`)).toEqual([3, 1]);
  expect(found(`version:${hashOf(old)}`)).toEqual([3, 1]);
  expect(found(`version:${digits},${hashOf(fresh).slice(0, 7).toUpperCase()}`)).toEqual([3, 2, 1]);
  expect(found(`-version:${digits}`)).toEqual([4, 2]);
  expect(parseTraceQuery("version:xyz", patterns, 0)).toMatchObject({ mistake: { why: { code: "query-version" } } });
});

describe("figures", () => {
  const figures = (store: StoredTraces, path: string | null, from: number | null = null) =>
    store.read((reader) => {
      const portions = reader.figures({ file: path, from });
      for (;;) {
        const next = portions.next();
        if (next.done) return next.value;
      }
    });
  const opened = (): StoredTraces => {
    const store = new StoredTraces(file(), { root: "/srv" });
    store.writer.open();
    return store;
  };

  test("of nothing", () => {
    using store = opened();
    expect(figures(store, "cgi-bin/a.py")).toMatchObject({ requests: 0, firstAt: null, versions: [], steps: [] });
  });

  test("of each version, with failures, the slowest and the last error", () => {
    using store = opened();
    const [old, fresh] = [Buffer.from("old"), Buffer.from("new")];
    const failed = ranBy(old, { seq: 4, status: 500, tookMs: 9000 });
    failed.findings = [{ ...finding, rule: "blank-line-missing", severity: "error" }];
    const unexplained = ranBy(fresh, { seq: 7, status: 503, tookMs: 1 });
    const elsewhere = traceOf({ seq: 8, tookMs: 1e6 });
    elsewhere.route = { ...elsewhere.route, file: null };
    store.store(
      ...[10, 20, 30].map((tookMs, index) => ranBy(old, { seq: index + 1, tookMs })),
      failed,
      ...[5, 6].map((tookMs, index) => ranBy(fresh, { seq: index + 5, tookMs })),
      ...[unexplained, elsewhere],
    );
    const found = figures(store, "cgi-bin/a.py");
    expect(found).toMatchObject({ requests: 7, failed: 2, p50Ms: 10 });
    expect(found.versions).toMatchObject([
      { version: hashOf(fresh).slice(0, 12), hash: null, requests: 3, failed: 1, p50Ms: 5, maxMs: 6 },
      { version: hashOf(old).slice(0, 12), requests: 4, failed: 1, p50Ms: 20, p95Ms: null, maxMs: 30 },
    ]);
    expect(found.failures).toEqual([
      { rule: "blank-line-missing", severity: "error", requests: 1, last: failed.id },
      { rule: null, severity: null, requests: 1, last: unexplained.id },
    ]);
    expect(found.slowest.map(({ tookMs }) => tookMs)).toEqual([9000, 30, 20, 10, 6]);
    expect(found.lastFailed).toMatchObject({ id: unexplained.id, status: 503 });
    expect(figures(store, null)).toMatchObject({ requests: 8, versions: [] });
    expect(figures(store, "cgi-bin/b.py").requests).toBe(0);
  });

  test("a percentile has enough times of requests that did not fail", () => {
    using store = opened();
    const has = () => {
      const { p50Ms, p95Ms, p99Ms, versions, steps } = figures(store, "cgi-bin/a.py");
      for (const part of [...versions, ...steps]) expect(part).toMatchObject({ p50Ms, p95Ms, p99Ms });
      return [p50Ms, p95Ms, p99Ms].map((ms) => ms !== null);
    };
    const endAll = (from: number, to: number, change: (trace: TraceRecord) => void): void => {
      for (let seq = from; seq <= to; seq++) {
        const trace = ranBy(Buffer.from("a"), { seq });
        change(trace);
        store.end(trace);
      }
      store.writer.drain();
    };
    endAll(1, 100, ({ timing }) => {
      timing.doneAt = null;
    });
    endAll(101, 200, (trace) => {
      trace.outcome = "crashed";
    });
    endAll(201, 219, () => undefined);
    expect(has()).toEqual([true, false, false]);
    endAll(220, 220, () => undefined);
    expect(has()).toEqual([true, true, false]);
    endAll(221, 299, () => undefined);
    expect(has()).toEqual([true, true, false]);
    endAll(300, 300, () => undefined);
    expect(has()).toEqual([true, true, true]);
  });

  test("failed requests that have only hints are those without a finding; hints of others are no failures", () => {
    using store = opened();
    const hinted = (facts: TraceFactsOfTest): TraceRecord => {
      const trace = ranBy(Buffer.from("a"), facts);
      trace.findings = [{ ...finding, rule: "cache-headers", severity: "hint" }];
      return trace;
    };
    const failed = [1, 2].map((seq) => hinted({ seq, status: 500 }));
    const plain = ranBy(Buffer.from("a"), { seq: 4, status: 502 });
    store.store(...failed, hinted({ seq: 3 }), plain, hinted({ seq: 5 }));
    const { failed: all, failures } = figures(store, "cgi-bin/a.py");
    expect(all).toBe(3);
    expect(failures).toEqual([{ rule: null, severity: null, requests: 3, last: plain.id }]);
    store.store(hinted({ seq: 6, status: 500 }));
    expect(figures(store, null).failures).toMatchObject([{ requests: 4, last: traceOf({ seq: 6 }).id }]);
  });

  test("leave out what was deleted, until it is taken back", () => {
    using store = opened();
    const [slow, quick] = [ranBy(Buffer.from("a"), { seq: 1, tookMs: 900 }), ranBy(Buffer.from("a"), { seq: 2 })];
    store.store(slow, quick);
    const marks = new MarkFile(file());
    marks.remove([slow.id], 1);
    expect(figures(store, "cgi-bin/a.py")).toMatchObject({ requests: 1, slowest: [{ id: quick.id }] });
    marks.restore(1);
    expect(figures(store, "cgi-bin/a.py").requests).toBe(2);
    marks.close();
  });

  test("days begin at midnight on either side of a change of the clocks", () => {
    vi.stubEnv("TZ", "Europe/Berlin");
    try {
      using store = opened();
      const days = [new Date(2026, 8, 1, 12), new Date(2026, 10, 15, 12), new Date(2026, 11, 20, 0, 30)];
      store.store(...days.map((day, index) => traceOf({ seq: index + 1, startedAt: day.getTime() })));
      const { stepMs, steps } = figures(store, null);
      expect(stepMs).toBe(48 * 3_600_000);
      expect(steps.map(({ at, requests }) => [new Date(at).getHours(), requests])).toEqual(days.map(() => [0, 1]));
      for (const [index, day] of days.entries()) {
        const begin = new Date(steps[index]?.at ?? 0);
        expect(begin <= day && day < new Date(begin.getFullYear(), begin.getMonth(), begin.getDate() + 2)).toBe(true);
      }
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("the steps of time have every request once, and the percentiles are those of the numbers", () => {
    const requests = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 5e6 }), tookMs: fc.integer({ min: 1, max: 9999 }) }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(requests, (all) => {
        const own = tempFolder();
        try {
          using store = new StoredTraces(own.file("traces.db"), { root: "/srv" });
          store.writer.open();
          for (const [index, { after, tookMs }] of all.entries())
            store.end(traceOf({ seq: index + 1, startedAt: 1_700_000_000_000 + after, tookMs }));
          store.writer.drain();
          const { steps, stepMs, p50Ms, p95Ms, p99Ms, requests: count } = figures(store, "cgi-bin/a.py");
          const ascending = all.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
          const ofEnough = (share: number, least: number) => (count < least ? null : percentile(ascending, share));
          expect([p50Ms, p95Ms, p99Ms]).toEqual([percentile(ascending, 0.5), ofEnough(0.95, 20), ofEnough(0.99, 100)]);
          expect(steps.reduce((sum, step) => sum + step.requests, 0)).toBe(count);
          for (const { after } of all) {
            const at = 1_700_000_000_000 + after;
            expect(steps.some((step) => step.at <= at && at < step.at + stepMs)).toBe(true);
          }
        } finally {
          own[Symbol.dispose]();
        }
      }),
      { numRuns: 15 },
    );
  });
});

const finding = {
  ...{
    title: asSentence(""),
    detail: asSentence(""),
    stream: null,
    range: null,
    line: null,
    reference: null,
    fixes: [],
    evidence: [],
  },
} as const;
