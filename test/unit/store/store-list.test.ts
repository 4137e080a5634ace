// The list over stored traces and those in memory, against the same list made by hand: every page, around every trace,
// in every order, filtered or not, while traces come, are pinned, hidden, removed and evicted.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TraceOrder } from "../../../server/contract/trace-order.js";
import { patterns } from "../../../server/formats/query/query-pattern.js";
import { parseTraceQuery } from "../../../server/formats/query/trace-query.js";
import { MarkFile } from "../../../server/store/mark-file.js";
import type { ListRange, ListStep } from "../../../server/store/store-answers.js";
import { type Database, openForWriting } from "../../../server/store/store-file.js";
import { StoreReader } from "../../../server/store/store-reader.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { tempFolder } from "../../support/temp-workspace.js";

interface Known {
  readonly id: string;
  readonly seq: number;
  readonly status: number;
  readonly isStored: boolean;
  isPinned: boolean;
  isHidden: boolean;
}

const orders = [
  null,
  { column: "seq", isDescending: false },
  { column: "status", isDescending: true },
  { column: "status", isDescending: false },
] as const satisfies readonly (TraceOrder | null)[];
const queries = ["", "status:404", "-status:404", "body:even"];
const isWanted = (query: string, { status, seq }: Known): boolean =>
  query === "" || (query === "body:even" ? seq % 2 === 0 : (status === 404) !== query.startsWith("-"));

function byHand(traces: readonly Known[], query: string, order: TraceOrder | null): Known[] {
  const way = order === null || order.isDescending ? -1 : 1;
  const key = ({ seq, status }: Known): number => (order?.column === "status" ? status : seq);
  const shown = traces.filter((trace) => !trace.isHidden && isWanted(query, trace));
  const sorted = shown.toSorted((one, other) => way * (key(one) - key(other)) || other.seq - one.seq);
  return [...sorted.filter(({ isPinned }) => isPinned), ...sorted.filter(({ isPinned }) => !isPinned)];
}

const change = fc.oneof(
  // The numbers of a batch in the order of their ends; those of 0 stay in memory.
  fc.record({ kind: fc.constant("ended" as const), ends: fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }) }),
  fc.record({ kind: fc.constantFrom("pin" as const, "hide" as const, "remove" as const), nth: fc.nat(50) }),
  fc.record({ kind: fc.constant("evict" as const), nth: fc.nat(3) }),
);

test("it is the same as made by hand, whatever has happened", () => {
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 2, maxLength: 8 }),
      fc.constantFrom(...orders),
      fc.constantFrom(...queries),
      fc.nat(12),
      fc.integer({ min: 1, max: 9 }),
      (changes, order, query, first, count) => {
        using folder = tempFolder();
        using store = new StoredTraces(folder.file("a.db"), { root: "/srv" });
        store.writer.open();
        const marks = new MarkFile(store.path);
        const reader = new StoreReader(store.path);
        const database = openForWriting(store.path);
        try {
          let traces: Known[] = [];
          let seq = 0;
          for (const one of changes) {
            if (one.kind === "ended") traces.push(...ended(store, one.ends, () => ++seq));
            else if (one.kind === "evict") traces = evicted(database, traces, one.nth);
            else traces = changed(one.kind, traces[one.nth], traces, { store, marks, database });
            const wanted = byHand(traces, query, order);
            const memory = wanted.filter(({ isStored }) => !isStored);
            const range = { order, cleared: null, memory: inMemory(memory, order) };
            const seqsOf = (part: Pick<ListRange, "first" | "count" | "around">) => {
              const step = last(reader, query, { ...range, ...part });
              const seqs = step.found.map((found) => (typeof found === "number" ? memory[found]?.seq : found.row.seq));
              return { first: step.first, total: step.total, seqs };
            };
            const page = (from: number) => wanted.slice(from, from + count).map((trace) => trace.seq);
            const total = wanted.length;
            expect(seqsOf({ first, count, around: null })).toEqual({ first, total, seqs: page(first) });
            const at = first % Math.max(1, total);
            const anchor = wanted[at];
            const inRange = anchor && { id: anchor.id, before: 2, at: anchor.isStored ? null : memory.indexOf(anchor) };
            if (inRange) {
              const from = Math.max(0, at - 2);
              expect(seqsOf({ first: 0, count, around: inRange })).toEqual({ first: from, total, seqs: page(from) });
            }
          }
        } finally {
          for (const open of [database, reader, marks]) open.close();
        }
      },
    ),
    { numRuns: 30 },
  );
});

/** A request for each; they end in the order of the numbers that they were given. */
function ended(store: StoredTraces, ends: readonly number[], next: () => number): Known[] {
  const begun = ends.map((end) => ({ end, seq: next(), isStored: end > 0 }));
  const traces = begun.map(({ end, seq, isStored }) => {
    const status = seq % 3 === 0 ? 404 : 200;
    const trace = traceOf({ seq, status, stdout: Buffer.from(`Status: 1\n\n${seq % 2 === 0 ? "even" : "odd"}`) });
    return { end, trace, known: { id: trace.id, seq, status, isStored, isPinned: false, isHidden: false } };
  });
  store.store(
    ...traces
      .filter(({ known }) => known.isStored)
      .toSorted((one, other) => one.end - other.end)
      .map(({ trace }) => trace),
  );
  while (store.writer.makeRows());
  return traces.map(({ known }) => known);
}

function changed(
  kind: "pin" | "hide" | "remove",
  trace: Known | undefined,
  traces: Known[],
  { store, marks, database }: { store: StoredTraces; marks: MarkFile; database: Database },
): Known[] {
  if (!trace) return traces;
  if (kind === "pin") {
    trace.isPinned = true;
    if (trace.isStored) database.prepare("update trace set pinned=1 where name=?").run(trace.id);
  } else if (trace.isStored) {
    trace.isHidden = true;
    marks.remove([trace.id], trace.seq);
    if (kind === "remove") for (const _ of marks.purge(trace.seq, trace.seq));
  }
  store.writer.drain();
  return traces;
}

function evicted(database: Database, traces: readonly Known[], most: number): Known[] {
  const oldest: { name: string }[] = database
    .prepare("select name from trace where not pinned order by id limit ?")
    .all(most);
  const gone = oldest.map(({ name }) => name);
  for (const name of gone) database.prepare("delete from trace where name=?").run(name);
  return traces.filter(({ id }) => !gone.includes(id));
}

const inMemory = (traces: readonly Known[], order: TraceOrder | null): ListRange["memory"] => ({
  ids: traces.map(({ id }) => id),
  keys: traces.map(({ seq, status }) => (order?.column === "status" ? status : seq)),
  numbers: traces.map(({ seq }) => seq),
  pinned: traces.filter(({ isPinned }) => isPinned).length,
});

function last(reader: StoreReader, text: string, range: ListRange): ListStep {
  const parsed = parseTraceQuery(text, patterns, 0);
  if ("mistake" in parsed) throw new Error(text);
  const step = [...reader.list(parsed.query, range)].at(-1);
  if (!step) throw new Error("The list has no answer.");
  return step;
}
