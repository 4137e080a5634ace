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
      const rows = await otherWriters.watchFor(traces.rows.next(since, input.max, signal ?? never));
      return { generation: traces.generation, ...rows };
    }),
    list: os.traces.list.handler(async function* ({ input, signal = never }) {
      const { query: text, now = Date.now(), lastSave, since, until, ...call } = input;
      const parsed = parseTraceQuery(text, patterns, now, () => lastSave);
      if ("mistake" in parsed) {
        yield { kind: "mistake" as const, ...parsed.mistake };
        return;
      }
      if (since !== null) await otherWriters.watchFor(traces.rows.changed(since, signal));
      const { version } = traces.rows;
      const begun: TraceQuery = until === null ? [] : [[{ key: "before", time: until, isNegated: false }]];
      const query = [...parsed.query, ...begun];
      const isWhole = query.length === 0 && !call.isCleared;
      const all = isWhole ? null : await list.count(signal);
      for await (const step of list.list(query, call, signal))
        yield { kind: "listed" as const, ...step, version, all: all ?? step.total };
    }),
    figures: os.traces.figures.handler(({ input }) => stores.reader.ask("figures", input)),
    store: os.traces.store.handler(() => stores.state()),
    setStore: os.traces.setStore.handler(async ({ input }) => {
      if (!stores.isSettable) throw new ProblemError(callMessage("store-not-settable"));
      await stores.set(input);
      return stores.state();
    }),
    forget: os.traces.forget.handler(async () => {
      const { current } = folder;
      await stores.forget();
      if (folder.current === current) traces.clear({ pinnedToo: true });
      return null;
    }),
    get: os.traces.get.handler(async ({ input }) => {
      const trace = await known(input.id);
      doctor.prioritize(trace);
      return toTraceView(trace);
    }),
    bytes: os.traces.bytes.handler(({ input }) => read(input)),
    frame: os.traces.frame.handler(async ({ input, context }) => {
      const bytes = await read(input);
      const frame = Buffer.allocUnsafe(5 + bytes.length);
      frame[0] = 0;
      frame.writeUInt32BE(input.ticket, 1);
      frame.set(bytes, 5);
      await context.sendFrame(frame);
      return null;
    }),
    clear: os.traces.clear.handler(() => {
      traces.clear();
      collectGarbage();
      return null;
    }),
    pin: os.traces.pin.handler(async ({ input }) => {
      if (!traces.own(input.id)) {
        await known(input.id);
        if (!(await stores.pin(input.id, input.pinned)))
          throw new ProblemError(callMessage("not-pinned-in-store", { trace: input.id }));
        traces.pin(input.id, input.pinned, { isStored: true });
        return null;
      }
      if (!traces.pin(input.id, input.pinned)) throw new ProblemError(callMessage("too-many-pinned", { maxPinned }));
      return null;
    }),
    mark: os.traces.mark.handler(async ({ input: { id, marks } }) => {
      if (traces.isRunning(id)) throw new ProblemError(callMessage("request-runs", { trace: id }));
      await known(id);
      const isStored = await markStored(id, marks); // first: if it fails, the list does not show what is not stored
      if (!traces.mark(id, marks) && !isStored) throw gone(id);
      return null;
    }),
    remove: os.traces.remove.handler(({ input: { ids, query, now = Date.now(), lastSave } }) => {
      const parsed = query === null ? null : parseTraceQuery(query, patterns, now, () => lastSave);
      if (parsed && "mistake" in parsed) throw new ProblemError(callMessage("query-not-valid"));
      return deleted.remove(ids, parsed?.query ?? null);
    }),
    restore: os.traces.restore.handler(async ({ input }) => {
      if (!(await deleted.restore(input.undo))) throw new ProblemError(callMessage("not-restored"));
      return null;
    }),
    searches: os.traces.searches.handler(() => stores.searches()),
    setSearch: os.traces.setSearch.handler(({ input }) => stores.setSearch(input)),
    replay: os.traces.replay.handler(async ({ input, signal = never }) => {
      const trace = await known(input.id);
      const sending =
        input.version === "now"
          ? sender.replay(trace, signal, { onTrace: debugging.claimOf(input.debug) })
          : replayEarlier({ sender, stores, folder, doctor }, trace, signal);
      return eventsOf(await sending, ({ id }) => ({ id }));
    }),
    stop: os.traces.stop.handler(({ input }) => {
      if (!server.stopExchange(input.id)) throw new ProblemError(callMessage("request-ended", { trace: input.id }));
      return null;
    }),
  };
};
