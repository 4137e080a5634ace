// Which of a script's imports its agent loads before the first request: proposed from what the script imported.
import type { StartupReport } from "../../../server/contract/command-output.js";
import { baseOf } from "../../format/file-path.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import { connected } from "../../rpc/store.js";

/** Those that the server advises to preload, the slowest first. */
export const proposedPreload = ({ imports }: StartupReport): readonly string[] =>
  imports
    .filter(({ depth, isOwn, advice }) => depth === 0 && !isOwn && advice !== null)
    .sort((a, b) => b.totalMs - a.totalMs)
    .map(({ name }) => name);

/** Writes them into the configuration. A notice says so, with an Undo. */
export async function takePreload(script: string, modules: readonly string[]): Promise<void> {
  const name = baseOf(script);
  try {
    const { before } = await connected().workers.setPreload({
      script,
      modules: modules.length === 0 ? null : [...modules],
    });
    notify("info", `In prefork, ${name} now preloads ${modules.join(", ") || "nothing"}.`, {
      title: "Undo",
      run: () => void putBack(script, before),
    });
  } catch (error) {
    notifyFailure(`What ${name} preloads was not changed`, error);
  }
}

async function putBack(script: string, before: readonly string[] | null): Promise<void> {
  try {
    await connected().workers.setPreload({ script, modules: before === null ? null : [...before] });
    notify("info", `${baseOf(script)} preloads what it did before.`);
  } catch (error) {
    notifyFailure(`What ${baseOf(script)} preloads was not changed back`, error);
  }
}
