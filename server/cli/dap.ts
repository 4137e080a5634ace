// `cgi-workbench dap`: the Debug Adapter Protocol on standard input and output, for an editor that steps through the
// script of a request: in the server that has the editor's folder open, or in one of its own.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Workbench } from "../app/workbench.js";
import { once } from "../base/once.js";
import { serveEditor } from "../features/debug/serve-editor.js";
import { joinServer } from "../features/join/server-socket.js";
import { configFileOf, configOption } from "./config-option.js";
import { untilEndSignal } from "./end-signal.js";
import { withoutLinks } from "./without-links.js";

export function dap(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...configOption } });
  return untilEndSignal(async (signal) => {
    const configFile = await configFileOf(values.config);
    const { stdin, stdout } = process;
    signal.addEventListener("abort", () => stdin.destroy(), { once: true });
    let dispose = async (): Promise<void> => {};
    const own = once(async () => {
      const workbench = await Workbench.create();
      dispose = () => workbench.dispose();
      return workbench;
    });
    try {
      await serveEditor(stdin, stdout, {
        join: async (folder) => (configFile === null ? joinServer(await withoutLinks(folder), "debugger") : null),
        open: async (folder, isForClients) => {
          const workbench = await own();
          const port = isForClients ? null : 0;
          await workbench.folder.open(resolve(folder), { configFile, port, run: { host: null }, signal });
          return workbench;
        },
      });
      return 0;
    } finally {
      await dispose();
    }
  });
}
