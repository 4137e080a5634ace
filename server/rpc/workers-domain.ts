// FastCGI applications, with worker processes or external, and the modes of scripts.
import type { Workbench } from "../app/workbench.js";
import type { ScriptChanges } from "../features/wrap/script-changes.js";
import { never, os } from "./implementer.js";

type Parts = Pick<Workbench, "workers" | "server" | "folder" | "generation">;

export const workersDomain = ({ workers, server, folder, generation }: Parts, changes: ScriptChanges) => ({
  next: os.workers.next.handler(({ input, signal }) =>
    workers.next(input.generation === generation ? input.since : -1, signal ?? never),
  ),
  restart: os.workers.restart.handler(({ input }) => {
    server.restartWorkers(input.script, input.mode, input.only);
    return null;
  }),
  ask: os.workers.ask.handler(({ input }) => server.askApplication(input.address, folder.workspace())),
  setMode: os.workers.setMode.handler(async ({ input }) => ({
    token: await changes.setMode(folder.workspace(), input.script, input.mode),
  })),
  setPreload: os.workers.setPreload.handler(({ input }) => changes.setPreload(folder.workspace(), input.script, input)),
});
