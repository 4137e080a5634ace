// Rows, traces and their bytes.

import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { toTraceView } from "../trace/formats/trace-json.js";
import { maxPinned } from "../trace/trace-log.js";
import { never, os } from "./implementer.js";
import { callMessage } from "./messages.js";
import { refusing } from "./refusal.js";
import { eventsOf } from "./requests-domain.js";

type Parts = Pick<Workbench, "traces" | "doctor" | "sender" | "server">;

export const tracesDomain = ({ traces, doctor, sender, server }: Parts) => {
  const gone = (id: string) => new ProblemError(callMessage("trace-not-kept", { trace: id }));
  const read = (input: { id: string; stream: Parameters<typeof traces.read>[1]; from: number; length: number }) => {
    const bytes = traces.read(input.id, input.stream, input.from, input.length);
    if (!bytes) throw gone(input.id);
    return bytes;
  };
  const known = (id: string) => {
    const trace = traces.get(id);
    if (!trace) throw gone(id);
    return trace;
  };
  return {
    next: os.traces.next.handler(async ({ input, signal }) => {
      const since = input.generation === traces.generation ? input.since : 0;
      return { generation: traces.generation, ...(await traces.next(since, input.max, signal ?? never)) };
    }),
    get: os.traces.get.handler(({ input }) =>
      refusing(() => {
        const trace = known(input.id);
        doctor.prioritize(trace);
        return toTraceView(trace);
      }),
    ),
    bytes: os.traces.bytes.handler(({ input }) => refusing(() => read(input))),
    frame: os.traces.frame.handler(({ input, context }) =>
      refusing(async () => {
        const bytes = read(input);
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
      return null;
    }),
    pin: os.traces.pin.handler(({ input }) =>
      refusing(() => {
        known(input.id);
        if (!traces.pin(input.id, input.pinned)) throw new ProblemError(callMessage("too-many-pinned", { maxPinned }));
        return null;
      }),
    ),
    replay: os.traces.replay.handler(async ({ input, signal = never }) =>
      eventsOf(await refusing(() => sender.replay(known(input.id), signal)), ({ id }) => ({ id })),
    ),
    stop: os.traces.stop.handler(({ input }) =>
      refusing(() => {
        if (!server.stopExchange(input.id)) throw new ProblemError(callMessage("request-ended", { trace: input.id }));
        return null;
      }),
    ),
  };
};
