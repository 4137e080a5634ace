// Measures a script in its modes, in rounds that alternate, so that what else the machine does in a moment meets each of them.
// The load comes from a process of its own; this process is the server.
import { ProblemError } from "../../base/problem.js";
import { type Load, type LoadResult, loadNote } from "../../client/load.js";
import type { BenchReport } from "../../contract/command-output.js";
import { isServerError } from "../../contract/failure.js";
import { callsApplication, type Mode, modeNames, modeTraits } from "../../contract/modes.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { hostField } from "../../protocol/missing-headers.js";
import { parseTarget } from "../../protocol/target.js";
import { unfitMode } from "../../routing/mode-compatibility.js";
import type { ScriptRoute } from "../../routing/route.js";
import type { Workbench } from "../workbench.js";
import { figuresOf, verdictOf } from "./bench-report.js";
import type { LoadProcess } from "./load-process.js";
import { benchProblem } from "./messages.js";

export interface BenchOptions {
  readonly target: string;
  readonly modes: readonly Mode[];
  readonly connections: number;
  /** Requests a second; null: as many as are answered. */
  readonly rate: number | null;
  readonly rounds: number;
  /** Of one mode in one round. */
  readonly roundMs: number;
  readonly signal: AbortSignal;
  /** Before each round of a mode, from 1. */
  readonly onRound?: (round: number, mode: Mode) => void;
}

/** The script that a target leads to in the open folder. @throws ProblemError if there is none */
export function scriptAt(workbench: Workbench, target: string): ScriptRoute {
  const workspace = workbench.folder.workspace();
  const parsed = parseTarget(utf8(target), workspace.config.policy);
  const route = parsed.ok ? workspace.routing.resolve(parsed.target) : null;
  if (route?.kind !== "script") throw new ProblemError(benchProblem("not-a-script", { path: target }));
  return route;
}

/**
 * The modes in which the script as it is can run. Whether it speaks FastCGI itself, or is an application, only its own
 * mode tells.
 */
export const usualModes = (route: ScriptRoute): readonly Mode[] =>
  modeNames.filter(
    (mode) =>
      mode === route.mode ||
      (unfitMode(mode, route) === null && !isOwnLoop(mode) && !modeTraits[mode].isExternal && !isOwnLoop(route.mode)),
  );
const isOwnLoop = (mode: Mode): boolean => mode === "fastcgi" || callsApplication(mode);

/** One request: its process is started. @throws ProblemError if the mode cannot work */
export async function tryMode(workbench: Workbench, mode: Mode, target: string, signal: AbortSignal): Promise<void> {
  const request = { method: byteString("GET"), target: utf8(target), headers: [], body: null };
  const trace = await workbench.sender.deliver(request, { from: "cli", mode }, { signal });
  signal.throwIfAborted();
  const status = trace.response?.status ?? null;
  if (status === null || isServerError(status))
    throw new ProblemError(benchProblem("mode-fails", { mode, status, why: trace.cause?.text ?? null }));
}

/** The workbench serves a folder, and every mode was tried. @throws the signal's reason */
export async function runBench(workbench: Workbench, options: BenchOptions): Promise<BenchReport> {
  const { target, modes, connections, rate, rounds, roundMs, signal, onRound } = options;
  const { host, port } = workbench.server.servingAddress();
  const text = `GET ${target} HTTP/1.1\r\nHost: ${hostField(host, port)}\r\n\r\n`;
  const request = Buffer.from(text, "latin1").toString("base64");
  const load = { host, port, request, connections, rate, ms: roundMs };
  const results = new Map<Mode, LoadResult[]>(modes.map((mode) => [mode, []]));
  signal.throwIfAborted();
  const sending = await workbench.startLoad();
  const end = (): void => sending.end();
  signal.addEventListener("abort", end);
  try {
    for (let round = 1; round <= rounds; round++)
      for (const mode of modes) {
        signal.throwIfAborted();
        onRound?.(round, mode);
        results.get(mode)?.push(await measured(workbench, sending, load, mode));
      }
  } catch (error) {
    signal.throwIfAborted(); // the process was ended for it
    throw error;
  } finally {
    signal.removeEventListener("abort", end);
    sending.end();
  }
  const figures = [...results].map(([mode, each]) => figuresOf(mode, each));
  return { target, connections, rate, modes: figures, verdict: verdictOf(figures, rate !== null) };
}

/** One round of a mode. @throws Error when the process ends */
async function measured(workbench: Workbench, sending: LoadProcess, load: Load, mode: Mode): Promise<LoadResult> {
  const releases: (() => void)[] = [];
  const over = new Promise<LoadResult>((resolve) => {
    sending.listen((message) => {
      const note = loadNote.parse(message);
      if (note.kind === "done") return resolve(note);
      const { localAddress, localPort } = note;
      const ends = { localAddress, localPort, remoteAddress: load.host, remotePort: load.port };
      const decided = { from: "cli", mode, variables: new Map(), parent: null } as const;
      releases.push(workbench.sender.claim(ends, decided));
      sending.send({ claimed: localPort });
    });
  });
  const died = sending.ended.then((): never => {
    throw new Error("the process that sends the load has ended");
  });
  try {
    sending.send(load);
    return await Promise.race([over, died]);
  } finally {
    for (const release of releases) release();
  }
}
