// Writes how scripts run into the configuration of a workspace: the mode of one, what its agent loads before the first
// request, and the server that all are to believe they run on.

import { isUtf8 } from "node:buffer";
import { ProblemError } from "../../base/problem.js";
import { configFileName } from "../../contract/config.js";
import { wordsOf } from "../../contract/message.js";
import type { Mode } from "../../contract/modes.js";
import type { ServerId } from "../../contract/server-ids.js";
import type { TextToSave } from "../files/file-contents.js";
import { hashOf, versionContent } from "../files/text-file.js";
import type { UndoStep } from "../files/undo-log.js";
import type { Workspace } from "../workspace.js";
import { parseConfig } from "./config-file.js";
import {
  withScriptCopied,
  withScriptMode,
  withScriptPreload,
  withScriptWatching,
  withServeLike,
} from "./edit-config.js";
import { configMessage } from "./messages.js";

type Files = Pick<Workspace, "root" | "readBytes" | "write" | "configFile">;

interface ChangedConfig {
  /** What `toSave` was made of; null: there was no file. */
  readonly before: Uint8Array | null;
  readonly toSave: TextToSave;
}

/**
 * `mode` null removes the entry. The change applies at once. Resolves with what takes it back.
 * @throws ProblemError when the file has a mistake, when another one is active, or when
 * another program changes it at the same moment
 */
export const setScriptMode = (files: Files, script: string, mode: Mode | null): Promise<UndoStep> =>
  change(files, (text) => withScriptMode(text, script, mode));

/** The same for its `preload`. */
export const setScriptPreload = (files: Files, script: string, modules: readonly string[]): Promise<UndoStep> =>
  change(files, (text) => withScriptPreload(text, script, modules));

/** The same for the server that all scripts are to believe they run on. */
export const setServeLike = (files: Files, server: ServerId | null): Promise<UndoStep> =>
  change(files, (text) => withServeLike(text, server));

/**
 * The configuration, to be saved, with a wrapper that has all settings of its script and a mode of its own.
 * `watches`: the script as well. @throws ProblemError as `setScriptMode`
 */
export const configWithWrapper = (
  files: Files,
  script: string,
  { path, mode, watches }: { readonly path: string; readonly mode: Mode; readonly watches: boolean },
): Promise<ChangedConfig> =>
  changed(files, (text) => {
    const inMode = withScriptMode(withScriptCopied(text, script, path), path, mode);
    return watches ? withScriptWatching(inMode, path, script) : inMode;
  });

async function change(files: Files, edited: (text: string) => string): Promise<UndoStep> {
  const { before, toSave } = await changed(files, edited);
  const saved = await files.write(configFileName, toSave);
  if (saved.kind === "conflict") throw new ProblemError(configMessage("conflict", { path: configFileName }));
  return { kind: "text", path: configFileName, bytes: before, leftAs: saved.hash };
}

async function changed(files: Files, edited: (text: string) => string): Promise<ChangedConfig> {
  if (files.configFile !== null)
    throw new ProblemError(configMessage("mode-elsewhere", { path: files.configFile, line: null }));
  const before = (await files.readBytes(configFileName))?.bytes ?? null;
  if (before && !isUtf8(before))
    throw new ProblemError(configMessage("config-not-utf-8", { path: configFileName, line: null }));
  const content = before && versionContent(before);
  if (content?.kind === "binary") throw new ProblemError(configMessage("not-text", { path: configFileName }));
  const text = edited(content?.text ?? "");
  const mistake = parseConfig(text, { root: files.root });
  if (!mistake.ok)
    throw new ProblemError(
      configMessage("mode-not-written", {
        path: configFileName,
        line: mistake.problems[0]?.line ?? null,
        mistake: wordsOf(mistake.problems[0]?.message ?? null),
      }),
    );
  return { before, toSave: { text, bom: content?.bom ?? false, expectedHash: before && hashOf(before) } };
}
