// A verb's work in a folder that is opened for it and closed after it. SIGINT, SIGTERM and SIGHUP end the work: its
// scripts are stopped.
import { resolve } from "node:path";
import { isOfConfiguration } from "../app/state-notes.js";
import { Workbench, type WorkbenchOptions } from "../app/workbench.js";
import type { RunTrust } from "../workspace/trust/folder-trust.js";
import { configFileOf } from "./config-option.js";
import { untilEndSignal } from "./end-signal.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError } from "./usage/usage.js";

interface FolderOptions extends WorkbenchOptions {
  /** Absolute, or from the current folder. */
  readonly dir: string;
  /** The value of `--config`. */
  readonly config: string | undefined;
  /** Null: the folder is trusted only if the user did so. */
  readonly run?: RunTrust | null;
  /** With a mistake in the configuration there is no work: it would check or measure something else. */
  readonly needsConfiguration?: boolean;
}

/** Resolves with the exit code of `work`, or the one after a signal. Prints what is wrong with the configuration. */
export function inFolder(
  { dir, config, run = { host: null }, needsConfiguration = false, ...options }: FolderOptions,
  work: (workbench: Workbench, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  return untilEndSignal(async (signal) => {
    const configFile = await configFileOf(config);
    const workbench = await Workbench.create(options);
    try {
      await workbench.folder.open(resolve(dir), { configFile, port: 0, run, signal });
      const { problems } = workbench.folder.workspace();
      tellProblems(problems);
      if (needsConfiguration && problems.some(isOfConfiguration)) return 2;
      const code = await work(workbench, signal);
      const known = problems.map(({ message }) => message);
      tellProblems(workbench.folder.workspace().problems.filter(({ message }) => !known.includes(message)));
      return code;
    } finally {
      await workbench.dispose();
    }
  });
}

/** `[DIR] TARGET`; DIR is the current folder if there is one word. @throws UsageError */
export function folderAndTarget(verb: string, words: readonly string[]): { dir: string; target: string } {
  const [dir, target] = words.length === 2 ? words : [".", words[0]];
  if (dir === undefined || target === undefined || words.length > 2)
    throw new UsageError(`${verb} takes [DIR] TARGET; see cgi-workbench ${verb} --help`);
  return { dir, target: targetNamed(target) };
}

/** @throws UsageError for what is not a path */
export function targetNamed(text: string): string {
  if (!text.startsWith("/")) throw new UsageError(`TARGET must begin with "/", not “${text}”`);
  return text;
}
