// `cgi-workbench serve`: the script server and, unless --no-ui, the window for a browser. Prints one line when it is
// ready.
import { resolve } from "node:path";
import { Workbench } from "../app/workbench.js";
import { rendererFolder } from "../base/built-files.js";
import { once } from "../base/once.js";
import { jsonLine } from "../base/terminal-text.js";
import type { ServingLine } from "../contract/command-output.js";
import { serveCommands } from "../features/join/server-socket.js";
import { servicesOf } from "../features/join/services.js";
import { listenProblem } from "../http/front/listen-problem.js";
import type { UiOrigin } from "../window/ui-origin.js";
import { configFileOf, configOption, numberOf, parsed } from "./config-option.js";
import { endSignal } from "./end-signal.js";
import { printLog } from "./print-log.js";
import { ServerLogs, serverLogOptions } from "./server-logs.js";
import { storingOf, traceOptions } from "./store-options.js";
import { UsageError } from "./usage/usage.js";

const ports = [0, 65_535] as const;

export async function serve(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...configOption,
    port: { type: "string" },
    host: { type: "string" },
    "ui-port": { type: "string" },
    "no-ui": { type: "boolean" },
    json: { type: "boolean" },
    start: { type: "string", default: "auto" },
    ...serverLogOptions,
    ...traceOptions,
  });
  if (positionals.length > 1) throw new UsageError("serve takes one folder");
  const port = numberOf("--port", values.port, ports);
  const uiPort = numberOf("--ui-port", values["ui-port"], ports) ?? 0;

  const { start } = values;
  if (values.host === "") throw new UsageError("--host takes an address");
  if (start !== "auto" && start !== "native" && start !== "portable")
    throw new UsageError(`--start takes auto, native or portable, not “${start}”`);

  if (values["no-traces"] && values["error-log"] !== undefined)
    throw new UsageError("--error-log needs the traces that --no-traces switches off");

  const { begun: ended } = endSignal();
  const configFile = await configFileOf(values.config);
  const { "access-log": access, "error-log": errors } = values;
  const workbench = await Workbench.create({ start, recording: !values["no-traces"], store: storingOf(values) });
  const logs = await ServerLogs.open({ access, errors }, workbench.log).catch(async (error: unknown) => {
    await workbench.dispose();
    throw error;
  });
  workbench.traces.onEnd = logs.add;
  const ending = new AbortController();
  const printing = printLog(workbench.log, ending.signal).catch((error: unknown) =>
    workbench.log.fault("The log could not be printed.", error),
  );
  try {
    const opening = workbench.folder.open(resolve(positionals[0] ?? "."), {
      configFile,
      port,
      run: { host: values.host ?? null },
    });
    const isOpen = await Promise.race([opening.then(() => true), ended.then(() => false)]);
    if (!isOpen) process.exit(1); // the first signal ends a start, also one that hangs: closing would wait for it
    const { url: scripts } = workbench.server.servingAddress();
    const ui = values["no-ui"] ? null : await serveWindow(workbench, uiPort);
    await serveCommands(workbench, servicesOf(workbench));
    // What a terminal shows stays in its scrollback; a program may take its time.
    const url = (process.stdout.isTTY ? workbench.windowLink?.() : ui?.link(null)) ?? null;
    await workbench.stores.ready();
    const ready: ServingLine = { scripts, ui: url, pid: process.pid };
    process.stdout.write(values.json ? jsonLine(ready) : `Scripts ${scripts}${url ? `  Window ${url}` : ""}\n`);
    await ended;
    await ui?.close();
  } finally {
    await workbench.dispose();
    await logs.close();
  }
  ending.abort();
  await printing; // with what processes wrote while they ended
  return 0;
}

/** What answers the window's calls is loaded with the first page: a server that only programs use needs none of it. */
async function serveWindow(workbench: Workbench, port: number): Promise<UiOrigin> {
  const { linkLifeMs, serveUi, uiHost } = await import("../window/ui-origin.js");
  const transport = once(async () => (await import("../rpc/socket-transport.js")).socketTransport(workbench));
  const serving = serveUi({
    onSocket: async (...given) => (await transport())(...given),
    // While the browser runs the page: what its first calls need.
    onPage: () => {
      workbench.stores.reader.prepare();
      transport().catch(() => undefined); // the page's socket fails in the same way, which is reported
    },
    root: rendererFolder(),
    port,
  });
  const ui = await serving.catch((error: unknown) => {
    throw listenProblem(error, uiHost, port);
  });
  workbench.windowLink = () => ui.link(linkLifeMs);
  return ui;
}
