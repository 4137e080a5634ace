// How much of a request's time passes before the script's own work, in each mode: what a
// cold start takes, less what the mode keeps.
import type { StartupImport, StartupReport } from "../../contract/command-output.js";
import type { AgentOptions } from "../../contract/config.js";
import { type Mode, modeTraits } from "../../contract/modes.js";

type Agent = Pick<AgentOptions, "preload" | "modules">;

/** From 0 to 1. `p50`: of a request in the mode, ms. Null: it is not known. */
export function startupShare(startup: StartupReport | null, mode: Mode, agent: Agent, p50: number): number | null {
  if (startup === null) return null;
  const { totalMs, interpreterMs, importsMs } = startup;
  const share = (ms: number, of: number): number => (of === 0 ? 0 : Math.min(1, ms / of));
  if (mode === "cgi") return share(interpreterMs + importsMs, totalMs);
  if (!modeTraits[mode].keepsProcesses) return null;
  return share(importedAgainMs(startup, mode, agent), p50);
}

/** A module of a package loads the package, too. */
export const isPreloaded = (preload: readonly string[], name: string): boolean =>
  preload.some((own) => own === name || own.startsWith(`${name}.`));

/** What each request imports although the interpreter is there. */
function importedAgainMs(
  { imports, language }: StartupReport,
  mode: Mode,
  { preload = [], modules = "drop" }: Agent,
): number {
  // A Perl script is compiled once, and loads what it uses then.
  if (!modeTraits[mode].usesAgent || language === "perl") return 0;
  const isAgain =
    mode === "prefork"
      ? ({ name, isPreloaded: isLoaded }: StartupImport) => !isLoaded && !isPreloaded(preload, name)
      : isDropped(modules);
  return imports.reduce((ms, each) => (each.depth === 0 && isAgain(each) ? ms + each.totalMs : ms), 0);
}

/** The persistent mode loads the script's own modules again, unless they are kept. */
const isDropped =
  (modules: Agent["modules"]) =>
  ({ isOwn }: { readonly isOwn: boolean }): boolean =>
    modules === "drop" && isOwn;
