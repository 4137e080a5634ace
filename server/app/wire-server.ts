// Wires the parts that serve a folder, in one place: the product and the conformance tests use the same wiring.
import type { Log } from "../base/log.js";
import type { RequestOverrides } from "../client/request-overrides.js";
import type { Holds } from "../http/exchange/holds.js";
import type { GatewayDeps } from "../http/gateway/gateway-deps.js";
import { Listener } from "../http/gateway/listener.js";
import type { Previews } from "../http/preview/previews.js";
import type { Debuggers } from "../http/script/debug-script.js";
import { StaticFileServer } from "../http/static/static-files.js";
import { connectionsByAddress } from "../routing/external-targets.js";
import { RecordedAnswers } from "../runners/commands/recorded-answers.js";
import { ExternalApplications } from "../runners/fastcgi/external-applications.js";
import { ExternalRunner } from "../runners/fastcgi/external-runner.js";
import type { MailCatcher } from "../runners/mail/mail-catcher.js";
import { WorkerManager } from "../runners/pool/worker-manager.js";
import type { AgentOverrides } from "../runners/pool/worker-modes.js";
import { runnersFor } from "../runners/runners.js";
import { watchingRunner } from "../runners/touched/watched-starter.js";
import { installCommand } from "../samples/languages.js";
import type { Starter } from "../spawn/start.js";
import type { TraceLog } from "../trace/trace-log.js";
import { findProgram } from "../workspace/interpreters/interpreters.js";
import type { Workspace } from "../workspace/workspace.js";
import { gatewaySettingsOf } from "./gateway-settings.js";

/** The folder to serve, for example a workspace. `config` and `inherited` are read for each use. */
interface ServedFolder
  extends Pick<Workspace, "root" | "config" | "inherited" | "relative" | "isTrusted" | "notPreloaded"> {
  readonly routing: GatewayDeps["routing"];
}

export interface ServerParts {
  readonly folder: ServedFolder;
  readonly starter: Starter;
  readonly traces: TraceLog;
  readonly overrides: RequestOverrides;
  readonly holds: Holds;
  readonly debuggers: Debuggers;
  readonly previews: Previews;
  readonly mail: MailCatcher;
  readonly log: Pick<Log, "write" | "fault">;
  /** What agents are started with in place of the configuration. */
  readonly agentOverrides?: AgentOverrides | null;
  /** A FastCGI application's processes, connections or responses have changed. */
  readonly onWorkersChange: () => void;
}

export interface WiredServer {
  readonly listener: Listener;
  /** FastCGI applications with worker processes. */
  readonly workers: WorkerManager;
  /** External FastCGI applications. */
  readonly applications: ExternalApplications;
  /** Another configuration is active: how many connections are kept, and how many scripts run, depends on it. */
  configured(): void;
  /** Ends every request and every process; resolves when all have ended. */
  close(): Promise<void>;
}

function findStrace() {
  const searchPath = process.env["PATH"] ?? "";
  const path = findProgram("strace", searchPath);
  return path === null ? { install: `${installCommand(searchPath) ?? "apt-get install"} strace` } : { path };
}

/** Does not listen yet: call `listener.listen`. */
export function wireServer(parts: ServerParts): WiredServer {
  const { folder, starter, traces, overrides, holds, debuggers, previews, mail, log, onWorkersChange } = parts;
  const workers = new WorkerManager({
    starter,
    inherited: (mode) =>
      mode === "php-cgi" && folder.config.mail === "caught" ? mail.forPhp(folder.inherited) : folder.inherited,
    displayPath: (file) => folder.relative(file),
    log: (note) => log.write(note),
    notPreloaded: (file, failed) => folder.notPreloaded(file, failed),
    agentOverrides: parts.agentOverrides ?? null,
    onChange: onWorkersChange,
  });
  const external = new ExternalRunner(onWorkersChange);
  const applications = new ExternalApplications(external, onWorkersChange);
  const listener = new Listener({
    runners: runnersFor(starter, workers, external),
    watching: (startedAt) => watchingRunner(starter, findStrace, startedAt),
    answers: () => (folder.isTrusted ? RecordedAnswers.open(folder.root) : null),
    mail,
    routing: folder.routing,
    staticFiles: new StaticFileServer(),
    traces,
    settings: gatewaySettingsOf(folder),
    overrides,
    holds,
    debuggers,
    previews,
    onFault: (error) => log.fault("The gateway failed to respond to a request.", error),
  });
  return {
    listener,
    workers,
    applications,
    configured: () => {
      listener.admitWaiting();
      external.keep(connectionsByAddress(folder.config, folder.root));
      onWorkersChange(); // the routes to these applications may have changed too
    },
    close: async () => {
      await Promise.all([listener.close(), workers.close()]); // each waits a grace period for what ignores TERM
      external.close();
    },
  };
}
