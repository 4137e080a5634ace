// Entry of the desktop app's server: a utility process that Electron's main process forks. It receives the settings
// first, then a MessagePort for each load of the page.
import { portTransport } from "../rpc/port-transport.js";
import { LoadPorts } from "./load-port.js";
import { type FromServer, toServer } from "./messages.js";
import { crash, openSoon, type ServedWorkbench, serveWorkbench } from "./server-process.js";

// A terminal sends Ctrl+C and its end to all its processes: the main process ends this one in good order.
for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});

const { parentPort } = process;
const post = (message: FromServer): void => parentPort.postMessage(message);

const loads = new LoadPorts(() => post({ kind: "load-driver" }));
let started: Promise<{ served: ServedWorkbench; serve: ReturnType<typeof portTransport> }> | null = null;

parentPort.on("message", ({ data, ports: [port] }) => {
  const message = toServer.parse(data);
  if (message.kind === "settings") {
    started = serveWorkbench(post, { startLoad: loads.start }).then((served) => ({
      served,
      serve: portTransport(served.workbench),
    }));
    started
      .then(async ({ served }) => {
        await openSoon(served, message.workspace);
        post({ kind: "ready", pid: process.pid, ui: null });
      })
      .catch(crash);
    return;
  }
  void started?.then(({ served, serve }) => {
    if (message.kind === "port" && port) serve(port);
    else if (message.kind === "load-driver" && port) loads.came(port);
    else if (message.kind === "open") void served.open({ path: message.path, port: null });
    else if (message.kind === "shutdown") served.shutdown();
  }); // a failed start has ended the process
});
