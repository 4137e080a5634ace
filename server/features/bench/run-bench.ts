// Measures a script in its modes, in rounds that alternate, so that what else the machine does in a moment meets each
// of them. The load comes from a process of its own; this process is the server.

import type { Workbench } from "../../app/workbench.js";
import { toDisplayText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import { type Load, type LoadResult, loadNote } from "../../client/load.js";
import type { LoadProcess } from "../../client/load-process.js";
import type { BenchFigures, BenchReport } from "../../contract/command-output.js";
import { isServerError } from "../../contract/failure.js";
import { isOnlyMode } from "../../contract/measurable.js";
import { wordsOf } from "../../contract/message.js";
import { type Mode, modeNames, modeTraits } from "../../contract/modes.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { hostField } from "../../protocol/missing-headers.js";
import { parseTarget } from "../../protocol/target.js";
import { unfitMode } from "../../routing/mode-compatibility.js";
import type { ScriptRoute } from "../../routing/route.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { figuresOf, verdictOf } from "./bench-report.js";
import { benchProblem } from "./messages.js";
import { memoryOf, peakDuring, processorMs, requestCpuMs } from "./process-use.js";

/** What is measured beside others. */
export interface Contender {
  readonly mode: Mode;
  readonly target: string;
  /** The part of a request's time that passes before the script's own work; null: not known. */
  readonly startupShare?: (p50: number) => number | null;
  /** Memory of the processes of one request, if it was seen before; null: it is asked after each round. */
  readonly memoryBytes?: number | null;
}
interface BenchOptions {
  /** The first one's target is the report's. */
  readonly contenders: readonly Contender[];
  readonly connections: number;
  /** Requests a second; null: as many as are answered. */
  readonly rate: number | null;
  readonly rounds: number;
  /** The time of each contender, all rounds together. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Before each round of a contender, from 1; `done`: the part that is over, from 0 to 1. */
  readonly onRound?: (round: number, contender: Contender, done: number) => void;
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
      (unfitMode(mode, route) === null && !isOnlyMode(mode) && !modeTraits[mode].isExternal && !isOnlyMode(route.mode)),
  );

/**
 * One request: its process is started. Resolves with the memory that it took, where the process is its own.
 * @throws ProblemError if the mode cannot work
 */
export async function tryMode(
  workbench: Workbench,
  mode: Mode,
  target: string,
  signal: AbortSignal,
): Promise<number | null> {
  const request = { method: byteString("GET"), target: utf8(target), headers: [], body: null };
  const begun: TraceRecord[] = [];
  const onTrace = (trace: TraceRecord): void => void begun.push(trace);
  const deliver = () => workbench.sender.deliver(request, { from: "cli", mode }, { signal, onTrace });
  const { result: trace, peak } = modeTraits[mode].keepsProcesses
    ? { result: await deliver(), peak: null }
    : await peakDuring(deliver, {
        isStarted: () => begun.some(({ timing }) => timing.spawnedAt !== null),
        pidIn: (ended) => ended.process?.pid ?? null,
      });
  signal.throwIfAborted();
  const status = trace.response?.status ?? null;
  if (status === null || isServerError(status))
    throw new ProblemError(benchProblem("mode-fails", { mode, status, why: wordsOf(trace.cause?.text ?? null) }));
  return peak;
}

/** What the rounds of a contender gave. */
interface Measured {
  readonly contender: Contender;
  readonly rounds: LoadResult[];
  /** Processor time of each round, ms; null: not known. */
  readonly cpuMs: (number | null)[];
  memoryBytes: number | null;
}

/** The workbench serves a folder, and every contender was tried. @throws the signal's reason */
export async function runBench(workbench: Workbench, options: BenchOptions): Promise<BenchReport> {
  const { contenders, connections, rate, rounds, seconds, signal, onRound } = options;
  const { host, port } = workbench.server.servingAddress();
  const loadOf = (target: string): Load => {
    const text = `GET ${target} HTTP/1.1\r\nHost: ${hostField(host, port)}\r\n\r\n`;
    const request = Buffer.from(text, "utf8").toString("base64");
    return { host, port, request, connections, rate, ms: (seconds * 1000) / rounds };
  };
  const results = contenders.map(
    (contender): Measured => ({ contender, rounds: [], cpuMs: [], memoryBytes: contender.memoryBytes ?? null }),
  );
  signal.throwIfAborted();
  const sending = await workbench.startLoad();
  const end = (): void => sending.end();
  signal.addEventListener("abort", end);
  try {
    for (let round = 1; round <= rounds; round++)
      for (const [index, result] of results.entries()) {
        signal.throwIfAborted();
        const { contender } = result;
        onRound?.(round, contender, (round - 1 + index / results.length) / rounds);
        const before = processorMs(workersOf(workbench));
        result.rounds.push(await measured(workbench, sending, loadOf(contender.target), contender.mode));
        const workers = workersOf(workbench, contender);
        const after = processorMs(workersOf(workbench));
        result.cpuMs.push(before === null || after === null ? null : after - before);
        if (workers.length > 0) result.memoryBytes = (memoryOf(workers) ?? 0) / workers.length || null;
      }
  } catch (error) {
    signal.throwIfAborted(); // the process was ended for it
    throw error;
  } finally {
    signal.removeEventListener("abort", end);
    sending.end();
  }
  const targets = new Set(contenders.map(({ target }) => target));
  const [target = "", against = null] = targets;
  const figures = results.map((result) => figuresFor(result, targets.size > 1));
  return { target, connections, rate, modes: figures, verdict: verdictOf(figures, rate !== null), against };
}

function figuresFor({ contender, rounds, cpuMs, memoryBytes }: Measured, isNamed: boolean): BenchFigures {
  const { mode, target, startupShare } = contender;
  const figures = figuresOf(mode, rounds, { target: isNamed ? target : null, memoryBytes });
  const used = rounds.map(({ latencies, errors }, index) => ({
    cpuMs: cpuMs[index] ?? null,
    requests: latencies.length + errors, // a request that failed took its time, too
  }));
  return { ...figures, cpuMs: requestCpuMs(used), startupShare: startupShare?.(figures.p50) ?? null };
}

/** Worker processes, of one contender or of all. */
function workersOf(workbench: Workbench, contender: Contender | null = null): readonly number[] {
  const applications = workbench.server.workers?.list() ?? [];
  const file = contender === null ? null : toDisplayText(scriptAt(workbench, contender.target).file);
  const script = file === null ? null : (workbench.folder.workspace().relative(file) ?? file);
  return applications
    .filter(
      ({ mode, script: own }) =>
        contender === null || (mode === contender.mode && (own === script || modeTraits[mode].sharesProcess)),
    )
    .flatMap(({ workers }) => workers.flatMap(({ pid }) => pid ?? []));
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
