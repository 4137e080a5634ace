// One measurement of a script: in each mode its outputs and what it leaves behind, then its cold start, then its speed.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ifExpected } from "../../app/if-expected.js";
import type { Workbench } from "../../app/workbench.js";
import { errorCode } from "../../base/disk.js";
import { inTemporaryFolder } from "../../base/temporary-folder.js";
import type { StartLoad } from "../../client/load-process.js";
import type { LeaksReport } from "../../contract/command-output.js";
import type { MeasureAsked, MeasuredMode, Measurement, MeasureProgress } from "../../contract/measure-contract.js";
import { isRunByAgent, type Mode, modeTraits } from "../../contract/modes.js";
import type { Problem } from "../../contract/workspace.js";
import { wrapperOf } from "../../contract/wrapper.js";
import { fromBytes } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";
import { scriptInterpreter } from "../../routing/script-interpreter.js";
import { type Contender, runBench, scriptAt, usualModes } from "../bench/run-bench.js";
import { startupOf, triedContender } from "../bench/tried-contenders.js";
import { plainGet, runLeaks } from "../leaks/run-leaks.js";
import { withReset } from "../wrap/leak-reset.js";
import { type ScratchFolder, withScratch } from "./scratch.js";
import { refuseOtherSettings, scriptOf, tailOf } from "./script-target.js";
import { verdictOn } from "./verdict.js";

interface MeasureOptions {
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
  const { path, target, connections, rate, seconds } = asked;
  const report = (progress: Partial<MeasureProgress> & Pick<MeasureProgress, "step" | "done">): void =>
    onProgress({ kind: "progress", mode: null, round: null, rounds, ...progress });
  const file = join(folder.root, path);
  const hash = await diskHash(file);
  const { leaks, wrapper } = await leaksInModes(options, (mode, done) =>
    report({ step: "outputs", mode, done: done * shares.outputs }),
  );
  return withScratch(folder, { startLoad }, async (workbench) => {
    const route = scriptOf(workbench, asked);
    const ways = waysToRun(workbench, asked, route);
    report({ step: "startup", done: shares.outputs });
    const startup = await startupOf(workbench, target, signal);
    const failed = new Map<Mode, Problem>();
    const contenders: Contender[] = [];
    for (const way of ways)
      await ifExpected(
        async () => {
          if (way.wrapper !== null) refuseOtherSettings(workbench, target, way.target);
          contenders.push(await triedContender(workbench, way, startup, signal));
        },
        (problem) => failed.set(way.mode, problem),
      );
    const begun = shares.outputs + shares.startup;
    const bench =
      contenders.length === 0
        ? null
        : await runBench(workbench, {
            contenders,
            connections,
            rate,
            rounds,
            seconds,
            signal,
            onRound: (round, { mode }, done) =>
              report({ step: "rounds", mode, round, done: begun + (1 - begun) * done }),
          });
    const source = fromBytes(await readFile(file));
    const language = scriptInterpreter(route)?.language ?? null;
    const measured = ways.map((way): MeasuredMode => {
      const { mode } = way;
      const compared = leaks.get(mode) ?? null;
      const found = compared !== null && "code" in compared ? null : compared;
      const figures = bench?.modes.find((each) => each.mode === mode) ?? null;
      return {
        mode,
        target: way.target === target ? null : way.target,
        workers: modeTraits[mode].keepsProcesses ? scriptAt(workbench, way.target).workers.count : null,
        figures: figures && { ...figures, target: null }, // each mode has one
        leaks: found,
        resettable: (found?.leaks ?? []).flatMap((leak, index) =>
          modeTraits[mode].usesAgent && leak.file === path && withReset(source, leak, language) !== null ? index : [],
        ),
        problem: failed.get(mode) ?? (compared !== null && "code" in compared ? compared : null),
      };
    });
    return {
      path,
      target,
      connections,
      rate,
      seconds,
      startup,
      measuredAt: new Date().toISOString(),
      scriptHash: hash,
      wrapper,
      hasChanged:
        (await diskHash(file)) !== hash ||
        (wrapper !== null && (await diskHash(join(folder.root, wrapper.path))) !== wrapper.hash),
      cores: availableParallelism(),
      modes: measured,
      verdict: verdictOn(measured, rate !== null),
    };
  });
}

/** SHA-256 of a script as it is now, hex, whatever its size; null: it is gone. */
export async function diskHash(file: string | Buffer): Promise<string | null> {
  try {
    return createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null;
  }
}

interface Way {
  readonly mode: Mode;
  readonly target: string;
  /** The path of the file that makes an application of the script; null: it runs as it is. */
  readonly wrapper: string | null;
}

/** The script in each mode that can run it, and as an application, if a file beside it makes one of it. */
function waysToRun(workbench: Workbench, { path, target }: MeasureAsked, route: ScriptRoute): readonly Way[] {
  const modes = usualModes(route).map((mode): Way => ({ mode, target, wrapper: null }));
  const workspace = workbench.folder.workspace();
  const wrapper = wrapperOf(path, scriptInterpreter(route)?.language ?? null);
  const wrapped = wrapper === null ? null : workspace.routeOf(wrapper.path);
  const at = wrapper === null ? null : workspace.targetOf(wrapper.path);
  if (wrapper === null || wrapped?.kind !== "script" || at === null) return modes;
  if (modes.some(({ mode }) => mode === wrapper.mode)) return modes;
  return [...modes, { mode: wrapper.mode, target: at + tailOf(target, route), wrapper: wrapper.path }];
}

interface Outputs {
  /** Of each mode with an agent: what `leaks` finds, or why it could not. */
  readonly leaks: ReadonlyMap<Mode, LeaksReport | Problem>;
  /** As it was before its first request. */
  readonly wrapper: Measurement["wrapper"];
}

async function leaksInModes(
  { folder, asked, signal }: MeasureOptions,
  onMode: (mode: Mode, done: number) => void,
): Promise<Outputs> {
  const leaks = new Map<Mode, LeaksReport | Problem>();
  let wrapper: Measurement["wrapper"] = null;
  await inTemporaryFolder("leaks", async (reports) => {
    const reportFile = join(reports, "reports");
    await withScratch(folder, { agentOverrides: { detect: reportFile } }, async (workbench) => {
      const ways = waysToRun(workbench, asked, scriptOf(workbench, asked)).filter(
        ({ mode, target }) => isRunByAgent(mode) || target !== asked.target,
      );
      const path = ways.find((way) => way.wrapper !== null)?.wrapper ?? null;
      wrapper = path === null ? null : { path, hash: await diskHash(join(folder.root, path)) };
      for (const [index, { mode, target, wrapper: ownFile }] of ways.entries()) {
        onMode(mode, index / ways.length);
        await writeFile(reportFile, "");
        const targets = [asked.target];
        const inMode = target === asked.target ? {} : { inMode: () => target };
        const options = { targets, request: plainGet, mode, reportFile, signal, ...inMode };
        leaks.set(
          mode,
          await ifExpected(
            () => {
              if (ownFile !== null) refuseOtherSettings(workbench, asked.target, target);
              return runLeaks(workbench, options);
            },
            (problem) => problem,
          ),
        );
        signal.throwIfAborted();
      }
    });
  });
  return { leaks, wrapper };
}
