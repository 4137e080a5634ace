// The contract's implementation, one file per domain. Each takes the parts of the core that it uses. What a window does
// not call when it opens is loaded with its first call, so that the page and its list do not wait for it: once, while
// oRPC asks for it with each call.
import type { Workbench } from "../app/workbench.js";
import { once } from "../base/once.js";
import { WindowSessions } from "../features/debug/window-sessions.js";
import { ScriptChanges } from "../features/wrap/script-changes.js";
import { assistantsDomain } from "./assistants-domain.js";
import { doctorDomain } from "./doctor-domain.js";
import { encodingsDomain } from "./encodings-domain.js";
import { filesDomain } from "./files-domain.js";
import { holdDomain } from "./hold-domain.js";
import { os } from "./implementer.js";
import { logDomain } from "./log-domain.js";
import { measureDomain } from "./measure-domain.js";
import { previewDomain } from "./preview-domain.js";
import { cookiesDomain, requestsDomain } from "./requests-domain.js";
import { samplesDomain } from "./samples-domain.js";
import { savedDomain } from "./saved-domain.js";
import { searchDomain } from "./search-domain.js";
import { serverDomain } from "./server-domain.js";
import { tracesDomain } from "./traces-domain.js";
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
    variations: os.variations.lazy(
      once(async () => {
        const { variationsDomain } = await import("./variations-domain.js");
        return { default: variationsDomain(workbench) };
      }),
    ),
    saved: savedDomain(workbench),
    cookies: cookiesDomain(workbench),
    traces: tracesDomain(workbench, debugging),
    servers: os.servers.lazy(
      once(async () => {
        const { serversDomain } = await import("./servers-domain.js");
        return { default: serversDomain(workbench) };
      }),
    ),
    exchange: os.exchange.lazy(
      once(async () => {
        const { exchangeDomain } = await import("./exchange-domain.js");
        return { default: exchangeDomain(workbench) };
      }),
    ),
    window: windowDomain(workbench),
    log: logDomain(workbench),
    samples: samplesDomain(workbench),
    lessons: os.lessons.lazy(
      once(async () => {
        const { lessonsDomain } = await import("./lessons-domain.js");
        return { default: lessonsDomain(workbench) };
      }),
    ),
    measure: measureDomain(workbench, changes),
    preview: previewDomain(workbench),
    doctor: doctorDomain(workbench),
    hold: holdDomain(workbench),
    ownCommands: os.ownCommands.lazy(
      once(async () => {
        const { ownCommandsDomain } = await import("./own-commands-domain.js");
        return { default: ownCommandsDomain(workbench) };
      }),
    ),
    assistants: assistantsDomain(workbench),
    deploy: os.deploy.lazy(
      once(async () => {
        const { deployDomain } = await import("./deploy-domain.js");
        return { default: deployDomain(workbench) };
      }),
    ),
    adopt: os.adopt.lazy(
      once(async () => {
        const { adoptDomain } = await import("./adopt-domain.js");
        return { default: adoptDomain() };
      }),
    ),
    debug: os.debug.lazy(
      once(async () => {
        const { debugDomain } = await import("./debug-domain.js");
        return { default: debugDomain(debugging) };
      }),
    ),
    workers: workersDomain(workbench, changes),
  });
}
