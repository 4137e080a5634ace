// What the window changes in the folder for a script: how it runs, the file that makes an application of it, and a line
// that puts back what it leaves behind. Each can be undone while the files are as it left them.
import { posix } from "node:path";
import { ProblemError } from "../../base/problem.js";
import type { Leak } from "../../contract/command-output.js";
import { configFileName } from "../../contract/config.js";
import type { Mode } from "../../contract/modes.js";
import type { Saved } from "../../contract/workspace.js";
import { wrapperOf } from "../../contract/wrapper.js";
import { fixMessage } from "../../doctor/fixes/messages.js";
import { byteString, fromBytes, toBytes } from "../../protocol/byte-string.js";
import { scriptInterpreter } from "../../routing/script-interpreter.js";
import { configWithWrapper, setScriptMode, setScriptPreload } from "../../workspace/config/set-script-mode.js";
import { hashOf } from "../../workspace/files/text-file.js";
import { UndoLog, type UndoStep, undoStep, undoSteps } from "../../workspace/files/undo-log.js";
import type { Workspace } from "../../workspace/workspace.js";
import { withReset } from "./leak-reset.js";
import { wrapProblem } from "./messages.js";
import { wrappedText } from "./wrapped-text.js";

interface ScriptChange {
  /** The file to look at. */
  readonly path: string;
  /** For `undo`. */
  readonly token: string;
}

export class ScriptChanges {
  readonly #undos = new UndoLog();

  /** Resolves with the token for `undo`. @throws ProblemError as `setScriptMode` */
  async setMode(folder: Workspace, script: string, mode: Mode | null): Promise<string> {
    return this.#undos.keep(folder, [await setScriptMode(folder, script, mode)]);
  }

  /** Resolves with all modules that its agent preloads then. @throws ProblemError as `setScriptMode` */
  async setPreload(
    folder: Workspace,
    script: string,
    { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<{ modules: string[]; token: string }> {
    const modules = [...new Set([...preloadOf(folder, script), ...add])].filter((name) => !remove.includes(name));
    // An empty list, too: without one the script would have its handler's.
    return { modules, token: this.#undos.keep(folder, [await setScriptPreload(folder, script, modules)]) };
  }

  /** Writes the wrapper beside the script, and its settings into the configuration. @throws ProblemError */
  async wrap(folder: Workspace, script: string): Promise<ScriptChange> {
    if (folder.configFile !== null)
      throw new ProblemError(wrapProblem("other-configuration", { path: folder.configFile }));
    const language = languageOf(folder, script);
    const wrapper = wrapperOf(script, language);
    if (wrapper === null || language === null) throw new ProblemError(wrapProblem("no-application", { path: script }));
    const { path } = wrapper;
    const text = await wrappedText(language, "application", posix.basename(script));
    // Modules that a Python script loads stay in its wrapper: worker processes that begin again load them again.
    const { before, toSave } = await configWithWrapper(folder, script, { ...wrapper, watches: language === "python" });
    const written = await replaced(folder, path, null, Buffer.from(text));
    try {
      await folder.changes.setExecutable(path, true);
      const configured = undoOf(configFileName, before, await folder.write(configFileName, toSave));
      return { path, token: this.#undos.keep(folder, [configured, written]) };
    } catch (error) {
      await undoStep(folder, written);
      throw error;
    }
  }

  /** Adds a line that puts back what a leak is about. @throws ProblemError */
  async reset(folder: Workspace, script: string, leak: Pick<Leak, "kind" | "name" | "before">): Promise<ScriptChange> {
    const file = await folder.readBytes(script);
    if (file === null) throw new ProblemError(fixMessage("script-missing", { path: script }));
    const text = withReset(fromBytes(file.bytes), leak, languageOf(folder, script));
    if (text === null) throw new ProblemError(fixMessage("nothing-to-change", { path: script, fix: "reset" }));
    const undo = await replaced(folder, script, file.bytes, toBytes(byteString(text)));
    return { path: script, token: this.#undos.keep(folder, [undo]) };
  }

  /** All of the change, or nothing. @throws ProblemError */
  async undo(token: string): Promise<void> {
    const undo = this.#undos.get(token);
    if (!undo) throw new ProblemError(fixMessage("fix-not-kept"));
    const changed = await undoSteps(undo.folder, undo.steps);
    if (changed !== null) throw new ProblemError(fixMessage("changed-since-fix", { path: changed }));
    this.#undos.forget(token);
  }
}

/** What the script's agent loads before its first request, as it is configured. */
export function preloadOf(folder: Workspace, script: string): readonly string[] {
  const route = folder.routeOf(script);
  return route?.kind === "script" ? (route.workers.agent.preload ?? []) : [];
}

/** The language of the agent that runs the script. */
function languageOf(folder: Workspace, script: string): ReturnType<typeof languageIn> {
  const route = folder.routeOf(script);
  return route?.kind === "script" ? languageIn(route) : null;
}
const languageIn = (route: Parameters<typeof scriptInterpreter>[0]) => scriptInterpreter(route)?.language ?? null;

/** @throws ProblemError if the file is another one than before */
async function replaced(
  folder: Workspace,
  path: string,
  before: Uint8Array | null,
  after: Uint8Array,
): Promise<UndoStep> {
  return undoOf(path, before, await folder.writeBytes(path, after, before && hashOf(before)));
}

/** @throws ProblemError if it was not saved */
function undoOf(path: string, before: Uint8Array | null, saved: Saved): UndoStep {
  if (saved.kind === "conflict") throw new ProblemError(wrapProblem("file-is-there", { path }));
  return { kind: "text", path, bytes: before, leftAs: saved.hash };
}
