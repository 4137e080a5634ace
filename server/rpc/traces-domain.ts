// Rows, traces and their bytes.

import type { Workbench } from "../app/workbench.js";
import { collectGarbage } from "../base/collect-garbage.js";
import { ProblemError } from "../base/problem.js";
import type { StreamName } from "../contract/trace.js";
import type { WrittenMarks } from "../contract/trace-marks.js";
import type { WindowSessions } from "../features/debug/window-sessions.js";
import { replayEarlier } from "../features/exchange/replay-version.js";
import { patterns } from "../formats/query/query-pattern.js";
import { parseTraceQuery, type TraceQuery } from "../formats/query/trace-query.js";
import { toTraceView } from "../trace/formats/trace-json.js";
import { maxPinned } from "../trace/trace-log.js";
import { never, os } from "./implementer.js";
import { callMessage } from "./messages.js";
import { refusing, refusingSteps } from "./refusal.js";
import { eventsOf } from "./requests-domain.js";

type Parts = Pick<
  Workbench,
  "traces" | "doctor" | "sender" | "server" | "stores" | "deleted" | "folder" | "otherWriters" | "list"
>;

export const tracesDomain = (
  { traces, doctor, sender, server, stores, deleted, folder, otherWriters, list }: Parts,
  debugging: WindowSessions,
) => {
  const gone = (id: string) => new ProblemError(callMessage("trace-not-kept", { trace: id }));
  const known = async (id: string) => {
    const trace = await traces.find(id);
    if (!trace) throw gone(id);
    return trace;
  };
  const read = async (input: { id: string; stream: StreamName; from: number; length: number }) => {
    await known(input.id);
    const bytes = traces.read(input.id, input.stream, input.from, input.length);
    if (!bytes) throw gone(input.id);
    return bytes;
  };
  /** False: nothing is stored, or the trace is in memory alone and the file of earlier ones cannot be read. */
  const markStored = async (id: string, marks: WrittenMarks) => {
    try {
      return await stores.mark(id, marks);
    } catch (error) {
      if (stores.isOn || !traces.own(id) || !(error instanceof ProblemError)) throw error;
      return false;
    }
  };
  return {
    next: os.traces.next.handler(async ({ input, signal }) => {
      const since = input.generation === traces.generation ? input.since : 0;
      const rows = await otherWriters.watchFor(traces.next(since, input.max, signal ?? never));
      return { generation: traces.generation, ...rows };
    }),
    search: os.traces.search.handler(async function* ({ input, signal }) {
      const { query: text, now = Date.now(), lastSave, limit } = input;
      const parsed = parseTraceQuery(text, patterns, now, () => lastSave);
      if ("mistake" in parsed) {
        yield { kind: "mistake" as const, ...parsed.mistake };
        return;
      }
      for await (const step of refusingSteps(stores.search(parsed.query, limit, signal ?? never)))
        yield { kind: "found" as const, ...step, found: [...step.found] };
    }),
    list: os.traces.list.handler(async function* ({ input, signal = never }) {
      const { query: text, now = Date.now(), lastSave, since, until, ...call } = input;
      const parsed = parseTraceQuery(text, patterns, now, () => lastSave);
      if ("mistake" in parsed) {
        yield { kind: "mistake" as const, ...parsed.mistake };
        return;
      }
      if (since !== null) await otherWriters.watchFor(traces.changed(since, signal));
      const { version } = traces;
      const begun: TraceQuery = until === null ? [] : [[{ key: "before", time: until, isNegated: false }]];
      const query = [...parsed.query, ...begun];
      const isWhole = query.length === 0 && !call.isCleared;
      const all = isWhole ? null : await list.count(signal);
      for await (const step of list.list(query, call, signal))
        yield { kind: "listed" as const, ...step, version, all: all ?? step.total };
    }),
    figures: os.traces.figures.handler(({ input }) => refusing(() => stores.figures(input.file, input.from))),
    store: os.traces.store.handler(() => refusing(() => stores.state())),
    setStore: os.traces.setStore.handler(({ input }) =>
      refusing(async () => {
        if (!stores.isSettable) throw new ProblemError(callMessage("store-not-settable"));
        await stores.set(input);
        return stores.state();
      }),
    ),
    forget: os.traces.forget.handler(() =>
      refusing(async () => {
        const { current } = folder;
        await stores.forget();
        if (folder.current === current) traces.clear({ pinnedToo: true });
        return null;
      }),
    ),
    get: os.traces.get.handler(({ input }) =>
      refusing(async () => {
        const trace = await known(input.id);
        doctor.prioritize(trace);
        return toTraceView(trace);
      }),
    ),
    bytes: os.traces.bytes.handler(({ input }) => refusing(() => read(input))),
    frame: os.traces.frame.handler(({ input, context }) =>
      refusing(async () => {
        const bytes = await read(input);
        const frame = Buffer.allocUnsafe(5 + bytes.length);
        frame[0] = 0;
        frame.writeUInt32BE(input.ticket, 1);
        frame.set(bytes, 5);
        await context.sendFrame(frame);
        return null;
      }),
    ),
    clear: os.traces.clear.handler(() => {
      traces.clear();
      collectGarbage();
      return null;
    }),
    pin: os.traces.pin.handler(({ input }) =>
      refusing(async () => {
        if (!traces.own(input.id)) {
          await known(input.id);
          if (!(await stores.pin(input.id, input.pinned)))
            throw new ProblemError(callMessage("not-pinned-in-store", { trace: input.id }));
          traces.others.pin(input.id, input.pinned);
          return null;
        }
        if (!traces.pin(input.id, input.pinned)) throw new ProblemError(callMessage("too-many-pinned", { maxPinned }));
        return null;
      }),
    ),
    mark: os.traces.mark.handler(({ input: { id, marks } }) =>
      refusing(async () => {
        if (traces.isRunning(id)) throw new ProblemError(callMessage("request-runs", { trace: id }));
        await known(id);
        const isStored = await markStored(id, marks); // first: if it fails, the list does not show what is not stored
        if (!traces.mark(id, marks) && !isStored) throw gone(id);
        return null;
      }),
    ),
    remove: os.traces.remove.handler(({ input: { ids, query, now = Date.now(), lastSave } }) =>
      refusing(() => {
        const parsed = query === null ? null : parseTraceQuery(query, patterns, now, () => lastSave);
        if (parsed && "mistake" in parsed) throw new ProblemError(callMessage("query-not-valid"));
        return deleted.remove(ids, parsed?.query ?? null);
      }),
    ),
    restore: os.traces.restore.handler(({ input }) =>
      refusing(async () => {
        if (!(await deleted.restore(input.undo))) throw new ProblemError(callMessage("not-restored"));
        return null;
      }),
    ),
    searches: os.traces.searches.handler(() => refusing(() => stores.searches())),
    setSearch: os.traces.setSearch.handler(({ input }) => refusing(() => stores.setSearch(input))),
    replay: os.traces.replay.handler(async ({ input, signal = never }) =>
      eventsOf(
        await refusing(async () => {
          const trace = await known(input.id);
          return input.version === "now"
            ? sender.replay(trace, signal, { onTrace: debugging.claimOf(input.debug) })
            : replayEarlier({ sender, stores, folder, doctor }, trace, signal);
        }),
        ({ id }) => ({ id }),
      ),
    ),
    stop: os.traces.stop.handler(({ input }) =>
      refusing(() => {
        if (!server.stopExchange(input.id)) throw new ProblemError(callMessage("request-ended", { trace: input.id }));
        return null;
      }),
    ),
  };
};
