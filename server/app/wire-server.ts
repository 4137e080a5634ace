// The parts that serve a folder, put together in one place: the product and the conformance tests run what is wired
// here.
import type { Log } from "../base/log.js";
import type { RequestOverrides } from "../client/request-overrides.js";
import type { GatewayDeps } from "../http/exchange/gateway-deps.js";
import { Listener } from "../http/front/listener.js";
import type { Previews } from "../http/preview/previews.js";
import { StaticFileServer } from "../http/static/static-files.js";
import { connectionsByAddress } from "../routing/external-targets.js";
import { ExternalApplications } from "../runners/fastcgi/external-applications.js";
import { ExternalRunner } from "../runners/fastcgi/external-runner.js";
import { WorkerManager } from "../runners/pool/worker-manager.js";
import { runnersFor } from "../runners/runners.js";
import type { Starter } from "../spawn/start.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { Workspace } from "../workspace/workspace.js";
import { gatewaySettingsOf } from "./gateway-settings.js";

/** The folder to serve: a workspace is one. `config` and `inherited` are those in force at the moment they are read. */
export interface ServedFolder extends Pick<Workspace, "root" | "config" | "inherited" | "relative"> {
  readonly routing: GatewayDeps["routing"];
}

export interface ServerParts {
  readonly folder: ServedFolder;
  readonly starter: Starter;
  readonly traces: TraceLog;
  readonly overrides: RequestOverrides;
  readonly previews: Previews;
  readonly log: Pick<Log, "write" | "fault">;
  /** A FastCGI application's processes, connections or answers changed. */
  readonly onWorkersChange: () => void;
}

export interface WiredServer {
  readonly listener: Listener;
  /** FastCGI applications whose processes are started here. */
  readonly workers: WorkerManager;
  /** FastCGI applications that run elsewhere. */
  readonly applications: ExternalApplications;
  /** Another configuration is in force: connections are kept by it from now on. */
  keepConnections(): void;
  /** Ends every request and every process; resolves when all are gone. */
  close(): Promise<void>;
}

/** Nothing listens yet: that is `listener.listen`. */
export function wireServer(parts: ServerParts): WiredServer {
  const { folder, starter, traces, overrides, previews, log, onWorkersChange } = parts;
  const workers = new WorkerManager({
    starter,
    inherited: () => folder.inherited,
    displayPath: (file) => folder.relative(file),
    log: (note) => log.write(note),
    onChange: onWorkersChange,
  });
  const external = new ExternalRunner(onWorkersChange);
  const applications = new ExternalApplications(external, onWorkersChange);
  const listener = new Listener({
    runners: runnersFor(starter, workers, external),
    routing: folder.routing,
    staticFiles: new StaticFileServer(),
    traces,
    settings: gatewaySettingsOf(folder),
    overrides,
    previews,
    onFault: (error) => log.fault("The gateway failed to answer a request.", error),
  });
  return {
    listener,
    workers,
    applications,
    keepConnections: () => {
      external.keep(connectionsByAddress(folder.config, folder.root));
      onWorkersChange(); // the routes to these applications may have changed too
    },
    close: async () => {
      await listener.close();
      external.close();
      await workers.close();
    },
  };
}
