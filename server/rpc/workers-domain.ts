// FastCGI applications, kept here or reached at an address, and how scripts are run.
import type { Workbench } from "../app/workbench.js";
import { setScriptMode } from "../workspace/config/set-script-mode.js";
import { never, os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const workersDomain = (workbench: Workbench) => ({
  next: os.workers.next.handler(({ input, signal }) =>
    workbench.workers.next(input.generation === workbench.generation ? input.since : -1, signal ?? never),
  ),
  restart: os.workers.restart.handler(({ input }) =>
    refusing(() => {
      workbench.restartWorkers(input.script, input.worker);
      return null;
    }),
  ),
  ask: os.workers.ask.handler(({ input }) => refusing(() => workbench.askApplication(input.address))),
  setMode: os.workers.setMode.handler(({ input }) =>
    refusing(async () => {
      await setScriptMode(workbench.workspace(), input.script, input.mode);
      return null;
    }),
  ),
});
