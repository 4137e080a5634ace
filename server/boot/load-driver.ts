// The process that sends the load of a benchmark. It announces each connection to the server, over Node's IPC channel
// or over the port that the desktop app's main process passes on, and reports what a round gave.
import { claimed, type LoadNote, load, runLoad } from "../client/load.js";
import type { LoadPort } from "./load-port.js";

/** Connections that the server has not acknowledged, by their local ports. */
const waiting = new Map<number, () => void>();

function hear(message: unknown, report: (note: LoadNote) => void): void {
  const answer = claimed.safeParse(message);
  if (answer.success) waiting.get(answer.data.claimed)?.();
  else void send(message, report);
}

async function send(order: unknown, report: (note: LoadNote) => void): Promise<void> {
  const result = await runLoad(load.parse(order), async ({ localAddress = "", localPort = 0 }) => {
    const acknowledged = new Promise<void>((resolve) => waiting.set(localPort, resolve));
    report({ kind: "connected", localAddress, localPort });
    await acknowledged;
    waiting.delete(localPort);
  });
  report({ kind: "done", ...result });
}

function hearPort(port: LoadPort): void {
  port.on("message", ({ data }) => hear(data, (note) => port.postMessage(note)));
  port.on("close", () => process.exit());
  port.start();
}

// Electron alone has a parent port; its type says that it is always there.
const { parentPort }: { readonly parentPort?: typeof process.parentPort } = process;
if (parentPort !== undefined) parentPort.once("message", ({ ports: [port] }) => port && hearPort(port));
else {
  process.on("message", (message) => hear(message, (note) => void process.send?.(note)));
  process.on("disconnect", () => process.exit());
}
// The terminal sends Ctrl+C and its end to both; the parent ends this process.
for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
