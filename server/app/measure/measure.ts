// One measurement of a script: in each mode its outputs and what it leaves behind, then its cold start, then its speed.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../../base/problem.js";
import type { LeaksReport, StartupReport } from "../../contract/command-output.js";
import type { MeasureAsked, MeasuredMode, Measurement, MeasureProgress } from "../../contract/measure-contract.js";
import { type Mode, modeTraits } from "../../contract/modes.js";
import type { Problem } from "../../contract/workspace.js";
import { toBytes } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";
import type { StartLoad } from "../bench/load-process.js";
import { runBench, scriptAt, tryMode, usualModes } from "../bench/run-bench.js";
import { plainGet, runLeaks } from "../leaks/run-leaks.js";
import { examinedLanguage, runStartup } from "../startup/run-startup.js";
import type { Workbench } from "../workbench.js";
import { measureProblem } from "./messages.js";
import { type ScratchFolder, withScratch } from "./scratch.js";
import { verdictOn } from "./verdict.js";

export interface MeasureOptions {
  readonly folder: ScratchFolder;
  readonly asked: MeasureAsked;
  readonly startLoad: StartLoad;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: MeasureProgress) => void;
}

/** Rounds of each mode: enough to see a spread. */
const rounds = 5;
/** Of the whole work, before the rounds. */
const shares = { outputs: 0.25, startup: 0.1 } as const;

/** @throws ProblemError, or the signal's reason */
export async function measure(options: MeasureOptions): Promise<Measurement> {
  const { folder, asked, startLoad, signal, onProgress } = options;
  const { path, target, connections, seconds } = asked;
  const report = (progress: Partial<MeasureProgress> & Pick<MeasureProgress, "step" | "done">): void =>
    onProgress({ kind: "progress", mode: null, round: null, rounds, ...progress });
  const leaks = await leaksInModes(options, (mode, done) =>
    report({ step: "outputs", mode, done: done * shares.outputs }),
  );
  return withScratch(folder, { startLoad }, async (workbench) => {
    const route = scriptOf(workbench, asked);
    const modes = usualModes(route);
    const failed = new Map<Mode, Problem>();
    for (const mode of modes)
      await orProblem(tryMode(workbench, mode, target, signal), (problem) => failed.set(mode, problem));
    report({ step: "startup", done: shares.outputs });
    const startup = await startupOf(workbench, route, asked, signal);
    const timed = modes.filter((mode) => !failed.has(mode));
    const begun = shares.outputs + shares.startup;
    let turn = 0;
    const bench =
      timed.length === 0
        ? null
        : await runBench(workbench, {
            ...{ target, modes: timed, connections, rate: null, rounds, signal },
            roundMs: (seconds * 1000) / rounds,
            onRound: (round, mode) =>
              report({
                ...{ step: "rounds", mode, round },
                done: begun + ((1 - begun) * turn++) / (rounds * timed.length),
              }),
          });
    const measured = modes.map((mode): MeasuredMode => {
      const compared = leaks.get(mode) ?? null;
      return {
        mode,
        figures: bench?.modes.find((each) => each.mode === mode) ?? null,
        leaks: compared !== null && "code" in compared ? null : compared,
        problem: failed.get(mode) ?? (compared !== null && "code" in compared ? compared : null),
      };
    });
    return {
      ...{ path, target, connections, seconds, startup },
      measuredAt: new Date().toISOString(),
      scriptHash: route.scriptHash,
      cores: availableParallelism(),
      modes: measured,
      verdict: verdictOn(measured),
    };
  });
}

/** @throws ProblemError if the target leads to another script, or to none */
function scriptOf(workbench: Workbench, { path, target }: MeasureAsked): ScriptRoute {
  const route = scriptAt(workbench, target);
  const file = Buffer.from(toBytes(route.file)).toString();
  if (workbench.folder.workspace().relative(file) !== path)
    throw new ProblemError(measureProblem("other-script", { path, target }));
  return route;
}

/** Of each mode with an agent: what `leaks` finds, or why it could not. */
async function leaksInModes(
  { folder, asked, signal }: MeasureOptions,
  onMode: (mode: Mode, done: number) => void,
): Promise<ReadonlyMap<Mode, LeaksReport | Problem>> {
  const found = new Map<Mode, LeaksReport | Problem>();
  const reports = await mkdtemp(join(tmpdir(), "cgi-workbench-leaks-"));
  const reportFile = join(reports, "reports");
  try {
    await withScratch(folder, { agentOverrides: { detect: reportFile } }, async (workbench) => {
      const modes = usualModes(scriptOf(workbench, asked)).filter((mode) => modeTraits[mode].usesAgent);
      for (const [index, mode] of modes.entries()) {
        onMode(mode, index / modes.length);
        await writeFile(reportFile, "");
        const options = { targets: [asked.target], request: plainGet, mode, reportFile, signal };
        await orProblem(
          runLeaks(workbench, options).then((report) => found.set(mode, report)),
          (problem) => found.set(mode, problem),
        );
        signal.throwIfAborted();
      }
    });
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
  return found;
}

/** Null: it cannot be examined, which is no reason to measure nothing. */
async function startupOf(
  workbench: Workbench,
  route: ScriptRoute,
  { target }: MeasureAsked,
  signal: AbortSignal,
): Promise<StartupReport | null> {
  if (examinedLanguage(route) === null) return null;
  let report: StartupReport | null = null;
  await orProblem(
    runStartup(workbench, route, target, signal).then((found) => {
      report = found;
    }),
    () => {},
  );
  return report;
}

/** An expected failure of one mode does not end the others. */
async function orProblem(work: Promise<unknown>, onProblem: (problem: Problem) => void): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    onProblem(error.problem);
  }
}
