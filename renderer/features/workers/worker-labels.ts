// A worker's state, age and last exit in a few words; the same for an external application.
import type { FastcgiTurn } from "../../../server/contract/trace.js";
import type { ApplicationState, ExternalState, Worker } from "../../../server/contract/workers-contract.js";
import { formatMs } from "../../format/duration.js";
import { applicationName } from "./open-first.js";

/** `6 s`, `12 min`, `3 h 05 min`, `2 d 4 h`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? `${hours} h ${String(minutes % 60).padStart(2, "0")} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

interface StateLabel {
  readonly text: string;
  readonly tone: "ok" | "warn" | "bad" | "dim";
}

/** `now`: Unix time in ms. */
export function stateLabel({ state, restartsAt }: Pick<Worker, "state" | "restartsAt">, now: number): StateLabel {
  switch (state) {
    case "starting":
      return { text: "starting", tone: "warn" };
    case "idle":
      return { text: "idle", tone: "dim" };
    case "busy":
      return { text: "serving", tone: "ok" };
    case "backing-off":
      return {
        text: restartsAt === null ? "died, restarts" : `died, restarts in ${formatAge(restartsAt - now + 999)}`,
        tone: "bad",
      };
    case "ended":
      return { text: "not running", tone: "dim" };
  }
}

/** `exit code 1, 12 s ago`, `SIGKILL, 3 min ago`; a dash when none ended by itself. */
export function exitLabel(exit: Worker["lastExit"], now: number): string {
  if (exit === null) return "–";
  const how = exit.signal ?? (exit.exitCode === null ? "ended" : `exit code ${exit.exitCode}`);
  return `${how}, ${formatAge(now - exit.at)} ago`;
}

/** The last known state of an external application; it is checked only on request. */
export function externalLabel(
  { answer, failure, running }: Pick<ExternalState, "answer" | "failure" | "running">,
  now: number,
): StateLabel {
  if (failure !== null && (answer === null || failure.at > answer.at))
    return { text: `failed ${formatAge(now - failure.at)} ago`, tone: "bad" };
  if (answer === null) return { text: running > 0 ? "no response yet" : "not checked yet", tone: "dim" };
  return answer.spoke
    ? { text: `responded ${formatAge(now - answer.at)} ago`, tone: "ok" }
    : { text: `connected ${formatAge(now - answer.at)} ago, no response`, tone: "warn" };
}

/** `2, 1 waiting`; a dash for none. */
export function loadLabel({ running, queued }: Pick<ExternalState, "running" | "queued">): string {
  if (running === 0 && queued === 0) return "–";
  return queued === 0 ? `${running}` : `${running}, ${queued} waiting`;
}

/** `new per request`, `4 kept`. */
export const connectionsLabel = (connections: number | null): string =>
  connections === null ? "new per request" : `${connections} kept`;

export const connectionDetails = (connections: number | null): string =>
  connections === null
    ? "a new connection for each request"
    : `${connections === 1 ? "1 connection is" : `${connections} connections are`} kept open and reused`;

/** `unix:run/app.sock` for a socket in the folder, as the configuration may have it. */
export const shortAddress = (address: string, root: string | null): string =>
  root !== null && address.startsWith(`unix:${root}/`) ? `unix:${address.slice(`unix:${root}/`.length)}` : address;

/** `search.fcgi: 2 workers`, `php-cgi: 1 worker, 3 waiting`; `applications`: none before the first request. */
export function workersLabel(
  path: string,
  applications: readonly Pick<ApplicationState, "script" | "workers" | "queued" | "problem">[],
): StateLabel {
  const name = applicationName({ script: applications[0]?.script ?? path, at: null });
  const running = applications.flatMap(({ workers }) => workers).filter(({ pid }) => pid !== null).length;
  const count = running === 0 ? "no worker" : running === 1 ? "1 worker" : `${running} workers`;
  const queued = applications.reduce((sum, one) => sum + one.queued, 0);
  if (applications.some(({ problem }) => problem !== null)) return { text: `${name}: does not start`, tone: "bad" };
  return {
    text: `${name}: ${count}${queued === 0 ? (applications.length === 0 ? " yet" : "") : `, ${queued} waiting`}`,
    tone: queued === 0 ? "dim" : "warn",
  };
}

/** `connection reused · waited 0.1 ms`. `admittedAt`: since when it waited. */
export function turnLabel({ readyAt, connectedAt, begunAt }: FastcgiTurn, admittedAt: number, isOver: boolean): string {
  if (readyAt === null) return isOver ? "no worker was free" : "waiting for a worker";
  const connection = connectedAt !== null ? "new connection" : begunAt !== null ? "connection reused" : "no connection";
  return `${connection} · waited ${formatMs(Math.max(0, readyAt - admittedAt))}`;
}
