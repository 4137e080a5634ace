// The runner of each mode: beside `contract/modes` the only table about what runs a script.
import type { Mode } from "../contract/modes.js";
import type { Starter } from "../spawn/start.js";
import { CgiRunner } from "./cgi/cgi-runner.js";
import type { ExternalRunner } from "./fastcgi/external-runner.js";
import type { WorkerManager } from "./pool/worker-manager.js";
import type { Runner } from "./runner.js";

export type Runners = Readonly<Record<Mode, Runner>>;

export const runnersFor = (starter: Starter, workers: WorkerManager, external: ExternalRunner): Runners => {
  const own = new CgiRunner(starter);
  return {
    cgi: own,
    fastcgi: workers.runner("fastcgi"),
    "fastcgi-external": external,
    "php-cgi": workers.runner("php-cgi"),
    prefork: workers.runner("prefork"),
    persistent: workers.runner("persistent"),
    wsgi: workers.runner("wsgi"),
    psgi: workers.runner("psgi"),
    rack: workers.runner("rack"),
    handler: workers.runner("handler"),
    websocket: own,
    "websocket-binary": own,
  };
};
