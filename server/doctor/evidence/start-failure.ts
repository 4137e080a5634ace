// A start that the system refused, and its error.
import type { Evidence } from "../../contract/trace.js";
import type { FactsWithFile } from "../base/facts.js";
import type { ScriptFile } from "../base/script-file.js";
import { languageOf } from "../fixes/language.js";
import { dataFile } from "./data-file.js";
import { startedFile } from "./process.js";

export interface RefusedStart {
  readonly file: ScriptFile;
  readonly errno: string;
  readonly evidence: Evidence;
}

/**
 * The system refused to start the script's file itself, or the copy of an earlier version; null if it started, or if
 * the server started something else, as a handler's interpreter.
 */
export function refusedStart(facts: FactsWithFile): RefusedStart | null {
  const { outcome, process, file, argv } = facts;
  if (outcome !== "spawn-error" || file === null || process?.errno == null) return null;
  if (argv !== null && argv[0] !== startedFile(facts)) return null;
  return { file, errno: process.errno, evidence: { kind: "errno", errno: process.errno } };
}

export const fileEvidence = ({ path }: ScriptFile, line: number | null): Evidence => ({ kind: "file", path, line });
export const modeEvidence = ({ path, mode }: Pick<ScriptFile, "path" | "mode">): Evidence => ({
  kind: "mode",
  path,
  mode: mode === null ? null : `0${(mode & 0o7777).toString(8).padStart(3, "0")}`,
});

/** `argument`: of `env`, see `envArgument`. */
export const envDetail = (argument: string): string =>
  `On Linux \`env\` searches for a program named “${argument}”. Write its full path, or \`env -S\`.`;

/** The system was asked to start a picture, a page or other data. */
export const isDataAmongScripts = ({ file }: RefusedStart): boolean => {
  const { path, source, shebang, program, mode } = file;
  const facts = { executable: ((mode ?? 0) & 0o111) !== 0, language: languageOf(path, source) };
  return shebang === null && program === null && dataFile(path, source, facts) !== null;
};
