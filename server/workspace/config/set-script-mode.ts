// Writes how a script runs into the configuration of a workspace: its mode, and what
// its agent loads before the first request.

import { ProblemError } from "../../base/problem.js";
import { configFileName } from "../../contract/config.js";
import type { Mode } from "../../contract/modes.js";
import type { FileContent } from "../../contract/workspace.js";
import type { TextToSave } from "../files/file-contents.js";
import type { Workspace } from "../workspace.js";
import { parseConfig } from "./config-file.js";
import { withScriptCopied, withScriptMode, withScriptPreload, withScriptWatching } from "./edit-config.js";
import { configMessage } from "./messages.js";

type Files = Pick<Workspace, "read" | "write" | "configFile">;

/**
 * `mode` null removes the entry. The change applies at once. Resolves with the hash of what was written.
 * @throws ProblemError when the file has a mistake, when another one is active, or when
 * another program changes it at the same moment
 */
export const setScriptMode = (files: Files, script: string, mode: Mode | null): Promise<string> =>
  change(files, (text) => withScriptMode(text, script, mode));

/** The same for its `preload`. */
export const setScriptPreload = (files: Files, script: string, modules: readonly string[] | null): Promise<string> =>
  change(files, (text) => withScriptPreload(text, script, modules));

/**
 * The configuration, to be saved, with a wrapper that has all settings of its script and a mode of its own.
 * `watches`: the script as well. @throws ProblemError as `setScriptMode`
 */
export const configWithWrapper = (
  files: Files,
  script: string,
  { path, mode, watches }: { readonly path: string; readonly mode: Mode; readonly watches: boolean },
): Promise<TextToSave> =>
  changed(files, (text) => {
    const inMode = withScriptMode(withScriptCopied(text, script, path), path, mode);
    return watches ? withScriptWatching(inMode, path, script) : inMode;
  });

async function change(files: Files, edited: (text: string) => string): Promise<string> {
  const saved = await files.write(configFileName, await changed(files, edited));
  if (saved.kind === "conflict") throw new ProblemError(configMessage("conflict", { path: configFileName }));
  return saved.hash;
}

async function changed(files: Files, edited: (text: string) => string): Promise<TextToSave> {
  if (files.configFile !== null)
    throw new ProblemError(configMessage("mode-elsewhere", { path: files.configFile, line: null }));
  const before = await configText(files);
  const text = edited(before.text);
  const mistake = parseConfig(text);
  if (!mistake.ok)
    throw new ProblemError(
      configMessage("mode-not-written", {
        path: configFileName,
        line: mistake.problems[0]?.line ?? null,
        mistake: mistake.problems[0]?.message ?? null,
      }),
    );
  return { ...before, text };
}

async function configText(files: Files): Promise<TextToSave> {
  let content: FileContent;
  try {
    content = await files.read(configFileName);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === "not-found")
      return { text: "", bom: false, expectedHash: null };
    throw error;
  }
  if (content.kind !== "text") throw new ProblemError(configMessage("not-text", { path: configFileName }));
  return { text: content.text, bom: content.bom, expectedHash: content.hash };
}
