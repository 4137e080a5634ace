// Stores traces whose bodies all differ, searches them and opens some. `stored-search.mjs` bundles this as the product
// is bundled, and runs it with two arguments: how many traces, and how many bytes each body has. Prints one line of
// JSON; times are in ms, the time to store a trace in µs.
import { randomBytes } from "node:crypto";
import { StoreReader } from "../../server/store/store-reader.js";
import { listed, StoredTraces, traceOf } from "../support/stored-traces.js";
import { tempFolder } from "../support/temp-workspace.js";

const [count = 0, bodyBytes = 0] = process.argv.slice(2).map(Number);
/** With how many traces each finds; null: it depends on the bodies, which are random. */
const queries: readonly (readonly [query: string, total: number | null])[] = [
  ["", count],
  ["status:500", count / 100],
  ["-status:500", count - count / 100],
  ["path:page=77", null],
  ["header:User-Agent=browser", count],
  ["env:QUERY_STRING=page=9999", null],
  ["stderr:traceback", count / 1000],
  ["took:>1s", 0],
  ["status:500 OR stderr:traceback", count / 100],
  ["body:needle", 1],
  ["no-such-word", 0],
  ["body:deadbeef", null],
  ["text:deadbeef", null],
  ["text:0f0f", null],
  ["body:a", null],
];
const again = 5;
const firstPage = 100;
const rounded = (ms: number): number => Math.round(ms * 10) / 10;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

using folder = tempFolder();
const path = folder.file("a.db");
const storedUs = Math.round((fill() * 1000) / count);
const searches = queries.map(([query, total]) => {
  const reader = new StoreReader(path); // what an earlier search has found is not known here
  try {
    const first = searched(reader, query);
    if (total !== null && first.total !== total) throw new Error(`“${query}” finds ${first.total}, not ${total}`);
    const afterMs = rounded(median(Array.from({ length: again }, () => searched(reader, query).wholeMs)));
    return { query, ...first, afterMs };
  } finally {
    reader.close();
  }
});
console.log(JSON.stringify({ traces: count, bodyBytes, storedUs, openedMs: opened(), searches }));

/** Returns the time of both threads, in ms. */
function fill(): number {
  using store = new StoredTraces(path, { root: "/srv", maxBytes: Number.MAX_SAFE_INTEGER });
  store.writer.open();
  const from = performance.now();
  for (let seq = 1; seq <= count; seq++) {
    const body = `${seq === 5 ? "needle" : ""}${randomBytes(bodyBytes >> 1).toString("hex")}`;
    store.end(
      traceOf({
        ...{ seq, connection: seq % 50, status: seq % 100 === 0 ? 500 : 200 },
        target: `/cgi-bin/a.py?page=${seq}`,
        variable: ["QUERY_STRING", `page=${seq}`],
        header: ["User-Agent", `Browser ${seq % 7}`],
        stderr: Buffer.from(seq % 1000 === 0 ? "Traceback (most recent call last)" : ""),
        stdout: Buffer.from(`Content-Type: text/plain\n\n${body}`),
      }),
    );
    if (seq % 100 === 0) store.writer.drain();
  }
  while (store.writer.makeRows());
  if (store.codes.length > 0) throw new Error(store.codes.join());
  return performance.now() - from;
}

function searched(reader: StoreReader, text: string): { total: number; firstHitMs: number | null; wholeMs: number } {
  const from = performance.now();
  let [total, firstHitMs]: [number, number | null] = [0, null];
  for (const step of listed(reader, text, 0, firstPage)) {
    if (step.found.length > 0) firstHitMs ??= rounded(performance.now() - from);
    total = step.total;
  }
  return { total, firstHitMs, wholeMs: rounded(performance.now() - from) };
}

/** The median of a hundred traces, each opened for the first time. */
function opened(): number {
  const reader = new StoreReader(path);
  try {
    const { rows } = reader.find([], 100);
    const times = rows.map(({ id }) => {
      const from = performance.now();
      if (reader.get(id)?.outcome !== "ok") throw new Error(`${id} cannot be opened`);
      return performance.now() - from;
    });
    return Math.round(median(times) * 1000) / 1000;
  } finally {
    reader.close();
  }
}
