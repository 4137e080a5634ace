// `cgi-workbench dap`: the Debug Adapter Protocol on standard input and output, for an editor that steps through the
// script of a request.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Workbench } from "../app/workbench.js";
import { DapReader, framed } from "../features/debug/dap-framing.js";
import { DebugSession } from "../features/debug/debug-session.js";
import { configFileOf, configOption } from "./config-option.js";
import { untilEndSignal } from "./end-signal.js";

export function dap(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...configOption } });
  return untilEndSignal(async (signal) => {
    const configFile = await configFileOf(values.config);
    const workbench = await Workbench.create();
    const session = new DebugSession({
      from: "cli",
      open: async (folder, isForClients) => {
        const port = isForClients ? null : 0;
        await workbench.folder.open(resolve(folder), { configFile, port, run: { host: null }, signal });
        return workbench;
      },
      send: (message) => process.stdout.write(framed(message)),
    });
    const end = (): void => session.dispose();
    signal.addEventListener("abort", end, { once: true });
    process.stdin.on("end", end).on("error", end);
    const failed = new Promise<never>((_, reject) => {
      const reader = new DapReader((message) => {
        if (message.type === "request") session.take(message).catch(reject);
      });
      process.stdin.on("data", (bytes: Buffer) => {
        if (!reader.push(bytes)) end();
      });
    });
    try {
      await Promise.race([session.over, failed]);
      return 0;
    } finally {
      session.dispose();
      process.stdin.pause();
      await workbench.dispose();
    }
  });
}
