// The contract's implementation, one file per domain. Each takes the parts of the core that it uses.
import type { Workbench } from "../app/workbench.js";
import { WindowSessions } from "../features/debug/window-sessions.js";
import { ScriptChanges } from "../features/wrap/script-changes.js";
import { adoptDomain } from "./adopt-domain.js";
import { assistantsDomain } from "./assistants-domain.js";
import { debugDomain } from "./debug-domain.js";
import { deployDomain } from "./deploy-domain.js";
import { doctorDomain } from "./doctor-domain.js";
import { encodingsDomain } from "./encodings-domain.js";
import { exchangeDomain } from "./exchange-domain.js";
import { filesDomain } from "./files-domain.js";
import { holdDomain } from "./hold-domain.js";
import { os } from "./implementer.js";
import { lessonsDomain } from "./lessons-domain.js";
import { logDomain } from "./log-domain.js";
import { measureDomain } from "./measure-domain.js";
import { ownCommandsDomain } from "./own-commands-domain.js";
import { previewDomain } from "./preview-domain.js";
import { cookiesDomain, requestsDomain } from "./requests-domain.js";
import { samplesDomain } from "./samples-domain.js";
import { savedDomain } from "./saved-domain.js";
import { searchDomain } from "./search-domain.js";
import { serverDomain } from "./server-domain.js";
import { serversDomain } from "./servers-domain.js";
import { tracesDomain } from "./traces-domain.js";
import { variationsDomain } from "./variations-domain.js";
import { windowDomain } from "./window-domain.js";
import { workersDomain } from "./workers-domain.js";
import { workspaceDomain } from "./workspace-domain.js";

export function createRouter(workbench: Workbench) {
  const changes = new ScriptChanges();
  const debugging = new WindowSessions(workbench);
  return os.router({
    ...serverDomain(workbench),
    workspace: workspaceDomain(workbench),
    files: filesDomain(workbench),
    encodings: encodingsDomain(workbench),
    search: searchDomain(workbench),
    requests: requestsDomain(workbench, debugging),
    variations: variationsDomain(workbench),
    saved: savedDomain(workbench),
    cookies: cookiesDomain(workbench),
    traces: tracesDomain(workbench, debugging),
    servers: serversDomain(workbench),
    exchange: exchangeDomain(workbench),
    window: windowDomain(workbench),
    log: logDomain(workbench),
    samples: samplesDomain(workbench),
    lessons: lessonsDomain(workbench),
    measure: measureDomain(workbench, changes),
    preview: previewDomain(workbench),
    doctor: doctorDomain(workbench),
    hold: holdDomain(workbench),
    ownCommands: ownCommandsDomain(workbench),
    assistants: assistantsDomain(workbench),
    deploy: deployDomain(workbench),
    adopt: adoptDomain(),
    debug: debugDomain(debugging),
    workers: workersDomain(workbench, changes),
  });
}
