// The store of traces: what comes out is what went in, whatever happens to the file.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "@photostructure/sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asSentence } from "../../../server/contract/message.js";
import type { Finding } from "../../../server/contract/trace.js";
import { MarkFile } from "../../../server/store/mark-file.js";
import { newRing } from "../../../server/store/shared-ring.js";
import { schemaVersion } from "../../../server/store/store-file.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { earlier } from "../../support/earlier.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
let path: string;
beforeEach(() => {
  folder = tempFolder();
  path = folder.file("traces/a.db");
});
afterEach(() => folder[Symbol.dispose]());

const seqs = (store: StoredTraces, query: string): number[] =>
  store.find(query).rows.map(({ id }) => Number(id.split("-")[1]));

const finding = (rule: string, detail = "d"): Finding => ({
  ...{ rule, severity: "warning", title: asSentence("t"), detail: asSentence(detail) },
  ...{ stream: null, range: null, line: null, reference: null, fixes: [], evidence: [] },
});

function opened(options: ConstructorParameters<typeof StoredTraces>[1] = {}): StoredTraces {
  const store = new StoredTraces(path, options);
  expect(store.writer.open()).toBe(true);
  return store;
}

describe("a stored trace", () => {
  test("has every byte, NUL and invalid UTF-8 included", () => {
    using store = opened();
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index & 255));
    const trace = traceOf({
      seq: 1,
      target: "/a?\u00ff",
      body: bytes,
      stderr: bytes,
      stdout: Buffer.concat([Buffer.from("Content-Type: a/b\n\n"), bytes]),
    });
    const [variable] = trace.env ?? [];
    if (variable) trace.env = [{ ...variable, value: traceOf({ seq: 2, target: "\0\u0100" }).request.target }];
    store.store(trace);
    const found = store.read((reader) => reader.get(trace.id));
    expect(found && toTraceJson(found)).toEqual(toTraceJson(trace));
  });

  test("is there, however many clients there are within a batch", () => {
    using store = opened();
    for (let seq = 1; seq <= 1000; seq++) store.end(traceOf({ seq, connection: seq % 300, variable: ["N", `${seq}`] }));
    store.writer.drain();
    expect([store.codes, store.find("").total, seqs(store, "env:N=999")]).toEqual([[], 1000, [999]]);
  });

  test("gets the findings that come later", () => {
    using store = opened();
    const trace = traceOf({ seq: 1 });
    store.store(trace, traceOf({ seq: 2 }));
    trace.findings = [finding("slow-start", "d\0")];
    store.sink.found(trace.id, trace.findings);
    store.writer.drain();
    expect([seqs(store, "finding:*"), seqs(store, "finding:slow"), seqs(store, "finding:low")]).toEqual([[1], [1], []]);
    expect(store.read((reader) => reader.get(trace.id))?.findings).toMatchObject([{ rule: "slow-start" }]);
  });

  test("is in the order in which it was stored, by any of several writers", () => {
    using one = opened();
    using other = opened();
    for (let seq = 1; seq <= 20; seq++)
      (seq % 3 === 0 ? other : one).store(traceOf({ seq, stderr: Buffer.from(`e${seq}`) }));
    const { total, rows } = one.find("");
    expect(total).toBe(20);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
    expect(rows.map(({ id }) => Number(id.split("-")[1]))).toEqual(rows.map(({ seq }) => seq));
    for (const { id, seq } of rows) {
      const stderr = one.read((reader) => reader.get(id))?.stderr;
      expect(Buffer.from(stderr?.read(0, 9) ?? []).toString()).toBe(`e${seq}`);
    }
  });
});

describe("a search", () => {
  test.each([
    ["", [4, 3, 2, 1]],
    ["status:404", [2]],
    ["status:4xx OR status:none", [3, 2]],
    ["-status:200", [3, 2]],
    ["method:post", [2]],
    ["path:100%", [3]],
    ["path:1_0", []],
    ["script:a.py mode:cgi", [4, 3, 2, 1]],
    ["took:>1s", [4]],
    ["size:<5", [3]],
    ["header:user-agent=firefox", [2]],
    ["header:User-Agent", [2]],
    ["header:User", []],
    ["header:X-Answer=yes", [4, 2, 1]],
    ["env:HOME=/srv", [1]],
    ["env:HOME=/root", []],
    ["stderr:traceback", [4]],
    ["body:Grüße", [4]],
    ["body:grüße", []],
    ["body:first", [1]],
    ["body:Content-Type", []],
    ["first OR grüße OR traceback", [4, 1]],
    ["-first", [4, 3, 2]],
    ["before:2000-01-01", []],
    ["after:2000-01-01", [4, 3, 2, 1]],
  ])("%s", (query, expected) => {
    using store = opened();
    store.store(
      traceOf({ seq: 1, variable: ["HOME", "/srv/www"], body: Buffer.from("the first body"), connection: 2 }),
      traceOf({ seq: 2, method: "POST", status: 404, header: ["User-Agent", "Mozilla Firefox"] }),
      traceOf({ seq: 3, target: "/a?100%25", status: null, stdout: Buffer.from("no\n") }),
      traceOf({
        seq: 4,
        tookMs: 2000,
        stderr: Buffer.from("Traceback"),
        stdout: Buffer.from("Content-Type: a/b\n\nGrüße"),
      }),
    );
    expect(seqs(store, query)).toEqual(expected);
    expect(store.find(query, 1)).toMatchObject({ total: expected.length });
  });

  test("finds headers and variables that many requests have in common", () => {
    using store = opened();
    for (let seq = 1; seq <= 10; seq++)
      store.store(
        traceOf({ seq, header: ["X-Same", "shared value"], variable: ["NUMBER", String(seq)], connection: seq }),
      );
    expect([store.find("header:X-Same=value").total, store.find("shared").total]).toEqual([10, 10]);
    expect(seqs(store, "env:NUMBER=7")).toEqual([7]);
  });
});

describe("rows", () => {
  const rowsIn = (file: string): number => {
    using database = new DatabaseSync(file, { readOnly: true });
    return database.prepare("select count(*) as rows from trace").get().rows;
  };

  test("are made when there is time, or when somebody reads", () => {
    using store = opened();
    store.store(traceOf({ seq: 1 }), traceOf({ seq: 2 }), traceOf({ seq: 3 }));
    expect(rowsIn(path)).toBe(0);
    expect(store.writer.makeRows()).toBe(true);
    expect(rowsIn(path)).toBe(1);
    expect(seqs(store, "")).toEqual([3, 2, 1]);
    expect(store.writer.makeRows()).toBe(false);
    store.store(traceOf({ seq: 4 }));
    expect(store.find("").rows.map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
  });

  test("have what was found of a trace, and whether it is pinned, in whatever batch that came", () => {
    using store = opened();
    const trace = traceOf({ seq: 1 });
    store.store(trace);
    trace.findings = [finding("late")];
    store.sink.found(trace.id, trace.findings);
    store.writer.drain();
    store.sink.pinned(trace.id, true);
    store.writer.drain();
    expect(rowsIn(path)).toBe(0);
    expect(seqs(store, "finding:late is:pinned")).toEqual([1]);
    store.sink.pinned(trace.id, false);
    store.writer.drain();
    expect(seqs(store, "is:pinned")).toEqual([]);
  });

  test("of a process that was killed are made by the next one", () => {
    opened().store(traceOf({ seq: 1 })); // and is never closed
    using next = opened();
    expect(next.writer.makeRows()).toBe(true);
    expect(rowsIn(path)).toBe(1);
  });

  test("it is known how many batches wait for theirs, and searched over those, too", () => {
    using store = opened();
    for (let seq = 1; seq <= 40; seq++) store.store(traceOf({ seq }));
    expect(store.writer.waiting).toBe(40);
    while (store.writer.waiting > 30) store.writer.makeRows();
    expect(rowsIn(path)).toBe(10);
    expect(store.find("").total).toBe(40);
  });

  test("a batch that only forgets contexts is not stored", () => {
    using store = opened();
    store.store(traceOf({ seq: 1 }));
    store.sink.forget();
    store.writer.drain();
    expect(store.writer.waiting).toBe(1);
    store.store(traceOf({ seq: 2 }));
    expect(seqs(store, "")).toEqual([2, 1]);
  });

  test("which lines are common stays known after tidying, until another connection may have deleted traces", () => {
    using store = opened();
    const haveOwn = (): boolean[] => {
      using database = new DatabaseSync(path, { readOnly: true });
      const rows: { own: string | null }[] = database.prepare("select own from trace order by id").all();
      return rows.map(({ own }) => own !== null);
    };
    const storeWithRow = (seq: number): void => {
      store.store(traceOf({ seq }));
      store.writer.makeRows();
    };
    for (const seq of [1, 2, 3, 4]) storeWithRow(seq);
    store.writer.tidy();
    storeWithRow(5);
    expect(haveOwn()).toEqual([true, true, false, false, false]);
    const marks = new MarkFile(path);
    marks.remove([traceOf({ seq: 1 }).id], 7);
    for (const _ of marks.purge(7));
    marks.close();
    store.writer.tidy();
    for (const seq of [6, 7, 8]) storeWithRow(seq);
    store.writer.tidy();
    storeWithRow(9);
    expect(haveOwn()).toEqual([true, false, false, false, true, true, false, false]);
    expect(store.find("header:X-Answer=yes").total).toBe(8);
  });

  test("are made a batch at a time, and those of later batches are left to the next search", () => {
    using store = opened();
    for (let seq = 1; seq <= 3; seq++) store.store(traceOf({ seq }));
    store.read((reader) => {
      // A load that never pauses.
      for (const _ of reader.catchingUp()) store.store(traceOf({ seq: 100 + rowsIn(path) }));
      expect(rowsIn(path)).toBe(3);
    });
    expect(store.find("").total).toBe(6);
  });

  test("of others need not be made to open a trace that has its own", () => {
    using store = opened();
    const trace = traceOf({ seq: 1 });
    store.store(trace, traceOf({ seq: 2 }));
    store.writer.makeRows();
    store.read((reader) => expect(reader.get(trace.id)?.id).toBe(trace.id));
    expect(rowsIn(path)).toBe(1);
  });

  test("rows of one batch are made whatever their number, and know the findings among them", () => {
    using store = opened();
    const traces = Array.from({ length: 50 }, (_, index) =>
      traceOf({ seq: index + 1, stderr: Buffer.from(index === 20 ? "late" : "") }),
    );
    for (const trace of traces) {
      store.end(trace);
      if (trace.seq === 37) store.sink.pinned(trace.id, true);
    }
    store.writer.drain();
    expect([rowsIn(path), store.find("pinned:yes").rows.map(({ seq }) => seq)]).toEqual([0, [37]]);
    expect(store.find("stderr:late").rows.map(({ seq }) => seq)).toEqual([21]);
    expect(store.find("").rows.map(({ seq }) => seq)).toEqual(traces.map(({ seq }) => seq).toReversed());
  });
});

describe("room", () => {
  test("the oldest leave first, the pinned ones stay whole", () => {
    using store = opened({ maxBytes: 1 << 20 });
    const body = (seq: number) => Buffer.alloc(50_000, seq);
    for (let seq = 1; seq <= 100; seq++) {
      store.store(traceOf({ seq, body: body(seq) }));
      if (seq === 3) store.sink.pinned(traceOf({ seq }).id, true);
    }
    const left = seqs(store, "");
    expect(left.length).toBeLessThan(30);
    expect([left[0], left.at(-1)]).toEqual([100, 3]);
    expect(left.slice(0, -1)).toEqual(Array.from({ length: left.length - 1 }, (_, index) => 100 - index));
    const pinned = store.read((reader) => reader.get(traceOf({ seq: 3 }).id));
    expect(pinned?.pinned).toBe(true);
    expect(Buffer.from(pinned?.request.body.read(0, 50_000) ?? []).equals(body(3))).toBe(true);
    expect(seqs(store, "body:\u0003\u0003")).toEqual([3]);
    store.sink.pinned(traceOf({ seq: 3 }).id, false);
    store.writer.drain();
    store.writer.tidy();
    expect(seqs(store, "")).toEqual(left.slice(0, -1)); // its bytes are gone, and so is its row
    expect(store.read((reader) => reader.has(traceOf({ seq: 3 }).id))).toBe(false);
  });

  test("traces that are pinned from the beginning stay whole, however old, wherever a batch ends", () => {
    using store = opened({ maxAgeMs: -1 }); // each is too old at once
    const bodyOf = (seq: number) => Buffer.alloc(20_000, seq);
    const traces = Array.from({ length: 60 }, (_, index) => traceOf({ seq: index + 1, body: bodyOf(index + 1) }));
    for (const trace of traces) {
      trace.pinned = true;
      store.end(trace);
    }
    store.writer.drain();
    expect(seqs(store, "is:pinned")).toEqual(traces.map(({ seq }) => seq).toReversed());
    for (const { id, seq } of traces) {
      const body = store.read((reader) => reader.get(id))?.request.body;
      expect(Buffer.from(body?.read(0, 20_000) ?? []).equals(bodyOf(seq))).toBe(true);
    }
  });

  test("whoever waits for room loses no byte, whatever the sizes", async () => {
    const ringBytes = 1 << 20;
    // The larger ones are the largest that the ring takes with all of their
    // bytes. What is read from a file shares none.
    const sizes = fc.record({
      body: fc.oneof(fc.nat(2000), fc.integer({ min: (ringBytes >> 3) - 200, max: ringBytes >> 3 })),
      stdin: fc.oneof(fc.nat(2000), fc.nat(ringBytes >> 1)),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(sizes, { minLength: 20, maxLength: 40 }), async (all) => {
        using store = new StoredTraces(folder.file(`${run++}.db`), { ring: newRing(ringBytes) });
        expect(store.writer.open()).toBe(true);
        const traces = all.map(({ body, stdin }, index) => {
          const trace = traceOf({ seq: index + 1, body: Buffer.alloc(body, index), stdout: Buffer.alloc(body, "x") });
          trace.stdin = CapturedStream.of(Buffer.alloc(stdin, index), 0.5);
          return trace;
        });
        let isFilled = false;
        const fill = async (): Promise<void> => {
          for (const trace of traces) {
            await store.sink.room(trace);
            store.end(trace);
          }
          isFilled = true;
        };
        const drain = async (): Promise<void> => {
          for (; !isFilled; store.writer.drain()) await new Promise((resolve) => setImmediate(resolve));
          store.writer.drain();
        };
        await Promise.all([fill(), drain()]);
        expect(store.codes).toEqual([]);
        expect(seqs(store, "").length).toBe(traces.length);
      }),
      { numRuns: 6 },
    );
  });

  test("a trace that was pinned before its row was made stays whole", () => {
    using store = opened({ maxBytes: 1 << 20 });
    const body = (seq: number) => Buffer.alloc(50_000, seq);
    store.store(traceOf({ seq: 1, body: body(1) }));
    store.store(traceOf({ seq: 2, body: body(2) }));
    store.sink.pinned(traceOf({ seq: 1 }).id, true);
    for (let seq = 3; seq <= 60; seq++) store.store(traceOf({ seq, body: body(seq) }));
    expect(seqs(store, "is:pinned")).toEqual([1]);
    expect(seqs(store, "body:\u0001\u0001")).toEqual([1]);
    expect(seqs(store, "").at(-2)).toBeGreaterThan(20);
  });

  test("traces that are too old leave", () => {
    using store = opened({ maxAgeMs: 3_600_000 });
    earlier(7_200_000, () => store.store(traceOf({ seq: 1 })));
    store.store(traceOf({ seq: 2 }));
    store.writer.tidy();
    expect(seqs(store, "")).toEqual([2]);
  });

  test.each([
    ["past", -10],
    ["future", 10],
  ])("a trace's age is counted from its storing, also beside an imported one of the %s", (_, years) => {
    using store = opened({ maxAgeMs: 3_600_000 });
    const storeBoth = (seq: number): void => {
      store.end(traceOf({ seq, startedAt: Date.now() }));
      const startedAt = Date.now() + years * 365 * 86_400_000;
      store.end({ ...traceOf({ seq: seq + 1, startedAt }), pinned: true });
      store.writer.drain();
    };
    earlier(7_200_000, () => storeBoth(1));
    earlier(7_000_000, () => store.store(traceOf({ seq: 3, startedAt: Date.now() })));
    storeBoth(4);
    store.store(traceOf({ seq: 6, startedAt: Date.now() }));
    store.writer.tidy();
    expect(seqs(store, "")).toEqual([6, 5, 4, 2]);
  });

  test("without space, older traces make room", () => {
    using store = opened({ maxPages: 80 });
    for (let seq = 1; seq <= 60; seq++) store.store(traceOf({ seq, body: Buffer.alloc(20_000, seq) }));
    expect(seqs(store, "")[0]).toBe(60);
    expect(store.find("").total).toBeLessThan(40);
    expect(statSync(path).size).toBeLessThanOrEqual(80 * 8192);
  });

  test("a batch that finds no space at all is told once, and the next one that does is told, too", () => {
    using store = opened({ maxPages: 40 });
    const large = Buffer.alloc(1 << 20, 1);
    store.store(traceOf({ seq: 1, body: large }), traceOf({ seq: 2, body: large }), traceOf({ seq: 3 }));
    expect(store.codes).toEqual(["store-full", "store-goes-on"]);
    expect(store.messages[1]?.data).toMatchObject({ lost: 2 });
    expect(seqs(store, "")).toEqual([3]);
  });
});

describe("a file that cannot be used", () => {
  test.each([
    ["its beginning is overwritten", (file: Buffer) => file.fill(0x5a, 0, 4096)],
    ["it is something else", () => Buffer.from("some text\n".repeat(2000))],
    ["it is cut in half", (file: Buffer) => file.subarray(0, (file.length >> 1) & ~8191)],
    ["every page but the first is garbage", (file: Buffer) => file.fill(0x5a, 8192)],
  ])("is set aside when %s", (_, damage) => {
    {
      using store = opened();
      for (let seq = 1; seq <= 200; seq++) store.store(traceOf({ seq, connection: seq, body: Buffer.alloc(500, seq) }));
    }
    writeFileSync(path, damage(readFileSync(path)));
    const damaged = readFileSync(path);
    using store = opened();
    store.store(traceOf({ seq: 1000 }));
    expect(store.codes).toEqual(["store-damaged"]);
    const aside = String(store.messages[0]?.data?.["path"]);
    expect(aside.startsWith(`${path}.damaged-`)).toBe(true);
    expect(readFileSync(aside).equals(damaged)).toBe(true);
    expect(seqs(store, "")).toEqual([1000]);
  });

  test("an empty one is begun", () => {
    folder.makeFolder("traces");
    writeFileSync(path, "");
    using store = opened();
    store.store(traceOf({ seq: 1 }));
    expect([store.codes, seqs(store, "")]).toEqual([[], [1]]);
  });

  test("is left alone when a newer version wrote it", () => {
    {
      using store = opened();
      store.store(traceOf({ seq: 1 }));
    }
    const database = new DatabaseSync(path);
    database.exec(`pragma user_version=${schemaVersion + 1}`);
    database.close();
    const before = readFileSync(path);
    const store = new StoredTraces(path);
    expect([store.writer.open(), store.codes]).toEqual([false, ["store-newer"]]);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(() => store.find("")).toThrow();
  });

  test("is begun again when another process has deleted it", async () => {
    using store = opened();
    store.store(traceOf({ seq: 1 }));
    for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
    let seq = 1;
    await waitFor("the next traces are in a new file", () => {
      store.store(traceOf({ seq: ++seq }));
      return existsSync(path) && store.find("").total > 0;
    });
    expect(store.codes).toEqual([]);
    expect(seqs(store, "")).not.toContain(1);
  });

  test("its folder cannot be made", () => {
    mkdirSync(folder.file("no"));
    writeFileSync(folder.file("no/folder"), "");
    const store = new StoredTraces(folder.file("no/folder/a.db"));
    expect([store.writer.open(), store.codes]).toEqual([false, ["store-failed"]]);
    store.end(traceOf({ seq: 1 }));
    store.writer.drain();
    store.writer.close();
  });
});

test.skipIf(process.platform === "win32")("no other user can read the file or its folder", () => {
  using store = opened();
  store.store(traceOf({ seq: 1 }));
  const modes = ["", "/a.db", "/a.db-wal", "/a.db-shm"].map((name) =>
    (statSync(folder.file(`traces${name}`)).mode & 0o777).toString(8),
  );
  expect(modes).toEqual(["700", "600", "600", "600"]);
});
