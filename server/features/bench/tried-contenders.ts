// A script in some modes, each tried with one request, and what is known of it before it is measured.
import { ifExpected } from "../../app/if-expected.js";
import type { Workbench } from "../../app/workbench.js";
import type { StartupReport } from "../../contract/command-output.js";
import type { Mode } from "../../contract/modes.js";
import { examinedLanguageOf, runStartup } from "../startup/run-startup.js";
import { startupShare } from "../startup/startup-share.js";
import { type Contender, scriptAt, tryMode } from "./run-bench.js";

interface ToTry {
  readonly target: string;
  readonly modes: readonly Mode[];
  readonly signal: AbortSignal;
}

/** @throws ProblemError if the target leads to no script, or a mode cannot work; or the signal's reason */
export async function triedContenders(workbench: Workbench, { target, modes, signal }: ToTry): Promise<Contender[]> {
  const memory = new Map<Mode, number | null>();
  for (const mode of modes) memory.set(mode, await tryMode(workbench, mode, target, signal));
  const startup = await startupOf(workbench, target, signal);
  return modes.map((mode) => contenderOf(workbench, target, mode, startup, memory.get(mode) ?? null));
}

export function contenderOf(
  workbench: Workbench,
  target: string,
  mode: Mode,
  startup: StartupReport | null,
  memoryBytes: number | null,
): Contender {
  const { agent } = scriptAt(workbench, target).workers;
  return { mode, target, memoryBytes, startupShare: (p50) => startupShare(startup, mode, agent, p50) };
}

/** Null: it cannot be examined, which is no reason to measure nothing. */
export async function startupOf(
  workbench: Workbench,
  target: string,
  signal: AbortSignal,
): Promise<StartupReport | null> {
  const route = scriptAt(workbench, target);
  if (examinedLanguageOf(route) === null) return null;
  return ifExpected(
    () => runStartup(workbench, route, target, signal),
    () => null,
  );
}
