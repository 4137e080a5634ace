// Which of a script's imports its agent loads before the first request: what is configured, and what is proposed from
// what the script imported.
import type { StartupImport, StartupReport } from "../../../server/contract/command-output.js";
import { baseOf } from "../../format/file-path.js";
import { notify, orNotify } from "../../platform/notices.js";
import { connected } from "../../rpc/store.js";
import { refreshMeasurement, undoAction } from "./script-changes.js";

/** Those that the server advises to preload, the slowest first. */
export const proposedPreload = ({ imports }: StartupReport): readonly string[] =>
  imports
    .filter(({ depth, isOwn, advice }) => depth === 0 && !isOwn && advice !== null)
    .sort((a, b) => b.totalMs - a.totalMs)
    .map(({ name }) => name);

/** The script's own imports that something can be done about, or was: the slowest first. */
export const listedImports = ({ imports, preloaded }: StartupReport): readonly StartupImport[] =>
  imports
    .filter(({ depth, name, advice }) => depth === 0 && (advice !== null || preloaded?.includes(name)))
    .sort((a, b) => b.totalMs - a.totalMs);

/** Of the modules of a script that are listed: those to preload from now on, and those no longer. */
interface PreloadChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Writes it into the configuration; other modules there stay. A notice says so, with an Undo. */
export async function takePreload(script: string, { add, remove }: PreloadChange): Promise<void> {
  const name = baseOf(script);
  await orNotify(`What ${name} preloads was not changed`, async () => {
    const change = { script, add: [...add], remove: [...remove] };
    const { modules, token } = await connected().workers.setPreload(change);
    notify("info", `In prefork, ${name} now preloads ${modules.join(", ") || "nothing"}.`, undoAction(token, script));
    refreshMeasurement(script);
  });
}
