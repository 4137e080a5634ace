// State, the listener, and figures.
import type { Workbench } from "../app/workbench.js";
import { never, os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const serverDomain = (workbench: Workbench) => ({
  state: {
    next: os.state.next.handler(({ input, signal }) =>
      workbench.states.next(input.generation === workbench.generation ? input.since : -1, signal ?? never),
    ),
  },
  server: {
    start: os.server.start.handler(({ input }) =>
      refusing(async () => {
        await workbench.startServer(input.port);
        return null;
      }),
    ),
    stop: os.server.stop.handler(async () => {
      await workbench.stopServer();
      return null;
    }),
  },
  metrics: {
    latency: os.metrics.latency.handler(({ input }) => workbench.latency.summary(input.file)),
  },
});
