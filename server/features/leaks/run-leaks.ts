// The same requests as CGI, which is the truth, and in a mode that keeps processes: cold, warm, and in another order.
// What cannot run as CGI is compared with what a process gives that has served nothing before. Outputs are compared.
// The agent reports what each request left behind in its process, in three processes: the second one has loaded every
// module before its first request, and the third one knows what to watch line by line.

import { readFile, stat } from "node:fs/promises";
import { setImmediate as turn } from "node:timers/promises";
import type { Workbench } from "../../app/workbench.js";
import { jsonOf } from "../../base/json-of.js";
import { ProblemError } from "../../base/problem.js";
import { ResponseReader } from "../../client/response-reader.js";
import type { OutgoingRequest } from "../../client/send-request.js";
import type { LeaksReport, OutputDifference } from "../../contract/command-output.js";
import { isServerError } from "../../contract/failure.js";
import { wordsOf } from "../../contract/message.js";
import { callsApplication, type Mode, modeTraits } from "../../contract/modes.js";
import { byteString, fromBytes, utf8 } from "../../protocol/byte-string.js";
import { benchProblem } from "../bench/messages.js";
import { type AgentReport, agentReport, leaksOf, memoryLeak, spoiledReport } from "./agent-reports.js";
import { differenceOf, ExpectedOutput, type Output } from "./compare-outputs.js";

interface LeaksOptions {
  readonly targets: readonly string[];
  /** Of every request. */
  readonly request: Pick<OutgoingRequest, "method" | "headers" | "body">;
  readonly mode: Mode;
  /** What is requested in the mode in place of a target, if not that. */
  readonly inMode?: (target: string) => string;
  /** To which the agent appends its reports, as the workbench's `agentOverrides` name it; empty. */
  readonly reportFile: string;
  readonly signal: AbortSignal;
  /** Before each repetition of the requests. */
  readonly onPass?: (mode: Mode, run: OutputDifference["run"] | null) => void;
}

type Run = OutputDifference["run"];
/** Of the first process: enough repetitions to see that memory grows with each. */
const passes: readonly Run[] = ["cold", "warm", "warm", "warm", "shuffled"];
const passesOfWatched: readonly Run[] = ["cold", "warm"];
const watchedProcesses = 2;

/** The workbench serves a folder. @throws ProblemError if a target always fails, or the signal's reason */
export async function runLeaks(workbench: Workbench, options: LeaksOptions): Promise<LeaksReport> {
  const { targets, mode, inMode, reportFile, onPass } = options;
  const isApplication = callsApplication(mode) && inMode === undefined;
  const newProcess = (): Promise<unknown> => workbench.folder.start(0);
  const trueMode = isApplication ? mode : "cgi";
  const trueOutput = async (target: string): Promise<Caused> => {
    if (isApplication) await newProcess();
    return outputOf(workbench, options, target, trueMode);
  };
  const asCgi = new Map<string, [Output, ...Output[]]>();
  onPass?.(trueMode, null);
  for (const target of targets) {
    const known: [Caused, Caused] = [await trueOutput(target), await trueOutput(target)];
    const [{ status, why }] = known;
    options.signal.throwIfAborted();
    if (known.every(hasFailed)) throw new ProblemError(benchProblem("mode-fails", { mode: trueMode, status, why }));
    asCgi.set(target, known);
  }
  if (isApplication) await newProcess();

  const outputs: { readonly target: string; readonly run: Run; readonly output: Output }[] = [];
  const ends: AgentReport[] = [];
  for (const run of passes) {
    onPass?.(mode, run);
    for (const target of run === "shuffled" ? shuffled(targets) : targets)
      outputs.push({ target, run, output: await outputOf(workbench, options, target, mode) });
    const last = (await reportsIn(reportFile)).at(-1);
    if (run !== "cold" && last) ends.push(last);
  }
  onPass?.(trueMode, null);
  for (const target of targets) asCgi.get(target)?.push(await trueOutput(target));

  const stateExamined = (await reportsIn(reportFile)).length > 0;
  for (let process = 0; stateExamined && process < watchedProcesses; process++) {
    await newProcess();
    for (const run of passesOfWatched) {
      onPass?.(mode, run);
      for (const target of targets) await outputOf(workbench, options, target, mode);
    }
  }

  const letOthersRun = async (): Promise<void> => {
    await turn(); // outputs can be large, and other requests wait meanwhile
    options.signal.throwIfAborted();
  };
  const expected = new Map<string, ExpectedOutput>();
  for (const [target, known] of asCgi) {
    await letOthersRun();
    expected.set(target, new ExpectedOutput(known));
  }
  const differences: OutputDifference[] = [];
  for (const { target, run, output } of outputs) {
    await letOthersRun();
    for (const difference of expected.get(target)?.differences(output) ?? [])
      differences.push(differenceOf(target, run, difference, isApplication ? "application" : "script"));
  }
  const workspace = workbench.folder.workspace();
  const responder = inMode === undefined ? modeTraits[mode].responder : "script"; // in its wrapper
  const reports = stateExamined ? await reportsIn(reportFile) : [];
  const { leaks, putBack } = leaksOf(reports, (file) => workspace.relative(file) ?? file, responder);
  const memory = stateExamined ? memoryLeak(ends, responder) : null;
  return {
    mode,
    targets: [...targets],
    leaks: memory === null ? leaks : [...leaks, memory],
    putBack,
    alike: differences.length === 0,
    differences: firstOfEach(differences),
    varies: [...expected].flatMap(([target, known]) => known.varies(target)),
    stateExamined,
  };
}

/** `why`: the cause of a failure. */
type Caused = Output & { readonly why: string | null };

/** As `bench` has it: with such an output everything would be alike. */
const hasFailed = ({ status }: Output): boolean => status === null || isServerError(status);

async function outputOf(
  workbench: Workbench,
  { request, signal, inMode }: LeaksOptions,
  target: string,
  mode: Mode,
): Promise<Caused> {
  const body: Uint8Array[] = [];
  const reader = new ResponseReader(
    () => {}, // the trace has the script's own headers
    (bytes) => body.push(bytes.slice()),
  );
  const outgoing = { ...request, target: utf8(mode === "cgi" ? target : (inMode?.(target) ?? target)) };
  const onResponse = (bytes: Uint8Array): void => reader.push(bytes);
  const trace = await workbench.sender.deliver(outgoing, { from: "cli", mode }, { signal, onResponse });
  return {
    status: trace.response?.status ?? null,
    headers: (trace.script?.headers ?? [])
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => inMode === undefined || !wordedOtherwise.has(name)),
    body: fromBytes(Buffer.concat(body)),
    why: wordsOf(trace.cause?.text ?? null),
  };
}

/** What an application says in its own way: the status is compared as a number, the length as the body. */
const wordedOtherwise: ReadonlySet<string> = new Set(["status", "content-length"]);

/** What the agent may report of all requests, bytes: a script that patches its tools can make it write anything. */
const maxReportBytes = 64 << 20;

/** @throws ProblemError when something else than the agent's reports is in the file */
async function reportsIn(file: string): Promise<AgentReport[]> {
  const { size } = await stat(file);
  if (size > maxReportBytes) throw new ProblemError(benchProblem("reports-spoiled", { what: null }));
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.flatMap((line) => (line === "" ? [] : [reportOf(line)]));
}

function reportOf(line: string): AgentReport {
  const json = jsonOf(line);
  const { data } = agentReport.safeParse(json);
  if (data) return data;
  throw new ProblemError(
    benchProblem("reports-spoiled", { what: spoiledReport.safeParse(json).data?.spoiled ?? null }),
  );
}

/** The last first, and the others from the middle: each follows another one than before. The same each time. */
function shuffled(targets: readonly string[]): readonly string[] {
  const [last, ...others] = targets.toReversed();
  if (last === undefined) return [];
  const middle = Math.ceil(others.length / 2);
  return [last, ...others.slice(middle), ...others.slice(0, middle)];
}

/** One for each target, part and name: the later ones have the same cause. */
function firstOfEach(differences: readonly OutputDifference[]): OutputDifference[] {
  const seen = new Map<string, OutputDifference>();
  for (const difference of differences) {
    const key = JSON.stringify([difference.target, difference.part, difference.name]);
    if (!seen.has(key)) seen.set(key, difference);
  }
  return [...seen.values()];
}

/** A GET without headers of its own. */
export const plainGet: LeaksOptions["request"] = { method: byteString("GET"), headers: [], body: null };
