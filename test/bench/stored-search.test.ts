// Searches among 10,000 stored traces (or STORED_TRACES) with bodies of 2 KiB (or STORED_BODY_BYTES) that all differ:
// what each finds, how long it takes, and when the first of what it finds is there.
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { parseTraceQuery } from "../../server/protocol/trace-query.js";
import type { SearchRange } from "../../server/trace/store/store-search.js";
import { find, StoredTraces, traceOf } from "../support/stored-traces.js";
import { tempFolder } from "../support/temp-workspace.js";

const count = Number(process.env["STORED_TRACES"] ?? 10_000);
const bodyBytes = Number(process.env["STORED_BODY_BYTES"] ?? 2048);
const rounds = 5;

test(`${count} stored traces are searched`, { timeout: 240_000 + count }, () => {
  using folder = tempFolder();
  using store = new StoredTraces(folder.file("a.db"), { root: "/srv", maxBytes: Number.MAX_SAFE_INTEGER });
  expect(store.writer.open()).toBe(true);
  const before = performance.now();
  for (let seq = 1; seq <= count; seq++) {
    store.end(
      traceOf({
        seq,
        connection: seq % 50,
        status: seq % 100 === 0 ? 500 : 200,
        target: `/cgi-bin/a.py?page=${seq}`,
        variable: ["QUERY_STRING", `page=${seq}`],
        header: ["User-Agent", `Browser ${seq % 7}`],
        stderr: Buffer.from(seq % 1000 === 0 ? "Traceback (most recent call last)" : ""),
        stdout: Buffer.from(
          `Content-Type: text/plain\n\n${seq === 5 ? "needle" : ""}${randomBytes(bodyBytes >> 1).toString("hex")}`,
        ),
      }),
    );
    if (seq % 100 === 0) store.writer.drain();
  }
  console.log(`stored in ${(((performance.now() - before) * 1000) / count).toFixed(0)} µs a trace, both threads' work`);
  expect(store.codes).toEqual([]);
  const queries: readonly (readonly [string, number])[] = [
    ["", count],
    ["status:500", 100],
    ["-status:500", 9900],
    ["path:page=77", 111],
    ["header:User-Agent=browser", count],
    ["env:QUERY_STRING=page=9999", 1],
    ["stderr:traceback", 10],
    ["took:>1s", 0],
    ["body:needle", 1],
    ["no-such-word", 0],
    ["status:500 OR stderr:traceback", 100],
  ];
  store.read((reader) => {
    for (const [query, total] of queries) {
      let found = 0;
      const times = Array.from({ length: rounds }, () => {
        const from = performance.now();
        found = find(reader, query, 200).total;
        return performance.now() - from;
      });
      if (count === 10_000) expect(found).toBe(total);
      const [first = 0] = times.splice(0, 1);
      const median = times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
      console.log(
        `${query.padEnd(32)} ${String(found).padStart(7)}  first ${first.toFixed(1)} ms, then ${median.toFixed(1)} ms`,
      );
    }
    for (const query of ["body:a", "body:needle", "text:0f0f", "text:deadbeef"]) {
      const parsed = parseTraceQuery(query, Date.now());
      if ("mistake" in parsed) throw new Error(query);
      const range: SearchRange = {
        before: null,
        after: null,
        olderThan: null,
        since: null,
        others: null,
        pinned: null,
        limit: 100,
        isCounting: true,
        order: null,
        skip: 0,
      };
      const searched = (from: Partial<SearchRange>) => {
        const begun = performance.now();
        let [first, longest, last]: [number | null, number, number] = [null, 0, begun];
        for (const { found } of reader.search(parsed.query, { ...range, ...from })) {
          const now = performance.now();
          if (found.length > 0) first ??= now - begun;
          longest = Math.max(longest, now - last);
          last = now;
        }
        return { first, longest, whole: last - begun };
      };
      const { first, longest, whole } = searched({});
      const page = searched({ skip: count >> 6 }).whole;
      console.log(
        `${query.padEnd(32)} first ${first?.toFixed(1) ?? "–"} ms, whole ${whole.toFixed(1)} ms, longest step ${longest.toFixed(1)} ms, a further page ${page.toFixed(1)} ms`,
      );
    }
    const figuresFrom = performance.now();
    const portions = reader.figures({ file: "cgi-bin/a.py", from: null });
    let figures = portions.next();
    while (!figures.done) figures = portions.next();
    expect(figures.value.requests).toBe(count);
    console.log(`figures of the script in ${(performance.now() - figuresFrom).toFixed(1)} ms`);
    const from = performance.now();
    const { rows } = find(reader, "", 100);
    for (const { id } of rows) expect(reader.get(id)?.outcome).toBe("ok");
    console.log(`100 traces opened in ${(performance.now() - from).toFixed(1)} ms`);
  });
});
