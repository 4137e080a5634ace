// `cgi-workbench mcp`: an MCP server on standard input and output, in the server that has the folder open, or in one of
// its own.
import { joinServer } from "../features/join/server-socket.js";
import { configOption, parsed } from "./config-option.js";
import { untilEndSignal } from "./end-signal.js";
import { inFolder } from "./in-folder.js";
import { storedFolder } from "./stored.js";
import { UsageError } from "./usage/usage.js";

export async function mcp(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, { ...configOption, tools: { type: "boolean", default: false } });
  if (positionals.length > 1) throw new UsageError("mcp takes one folder");
  const { config, tools } = values;
  const { stdin: input, stdout: output } = process;
  const dir = await storedFolder(positionals[0] ?? ".");
  const socket = config === undefined ? await joinServer(dir, tools ? "script-tools" : "assistant") : null;
  if (socket !== null)
    return untilEndSignal(async (signal) => {
      signal.addEventListener("abort", () => socket.destroy(), { once: true });
      input.pipe(socket);
      socket.on("error", () => socket.destroy()).pipe(output, { end: false });
      await new Promise((resolve) => socket.once("close", resolve));
      input.unpipe(socket).pause();
      return 0;
    });
  // Trusted only if the user did so.
  return inFolder({ dir, config, run: null, store: "as-set" }, async (workbench, signal) => {
    const { serveAssistant } = await import("../features/assistant/serve-assistant.js");
    signal.addEventListener("abort", () => input.destroy(), { once: true });
    await serveAssistant(workbench, tools, input, output);
    return 0;
  });
}
