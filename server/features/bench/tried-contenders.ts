// A script in a mode, tried with one request, and what is known of it before it is measured.
import { ifExpected } from "../../app/if-expected.js";
import type { Workbench } from "../../app/workbench.js";
import type { StartupReport } from "../../contract/command-output.js";
import { examinedLanguageOf, runStartup } from "../startup/run-startup.js";
import { startupShare } from "../startup/startup-share.js";
import { type Contender, scriptAt, tryMode } from "./run-bench.js";

/** `startup`: of its target. @throws ProblemError if the mode cannot work, or the signal's reason */
export async function triedContender(
  workbench: Workbench,
  { target, mode }: Pick<Contender, "target" | "mode">,
  startup: StartupReport | null,
  signal: AbortSignal,
): Promise<Contender> {
  const memoryBytes = await tryMode(workbench, mode, target, signal);
  const { agent } = scriptAt(workbench, target).workers;
  return { mode, target, memoryBytes, startupShare: (p50) => startupShare(startup, mode, agent, p50) };
}

/**
 * Null: it cannot be examined, which is no reason to measure nothing. @throws ProblemError if the target leads to no
 * script, or the signal's reason
 */
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
