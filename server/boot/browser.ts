// Entry of browser mode's server, run by a launcher (electron/launch) that talks to it over Node's IPC channel: settings come
// that way because arguments and environment of a process can be read by the scripts it runs. Gone launcher, gone server.
import { rendererFolder } from "../base/built-files.js";
import { socketTransport } from "../rpc/socket-transport.js";
import { serveUi } from "../window/ui-origin.js";
import { type FromServer, type ServerSettings, toServer } from "./messages.js";
import { crash, type ServedWorkbench, serveWorkbench } from "./server-process.js";

const post = (message: FromServer): void => {
  if (process.connected) process.send?.(message);
};
let served: ServedWorkbench | null = null;
const end = (): void => (served ? served.shutdown() : process.exit(0));

process.on("message", (data) => {
  const message = toServer.parse(data);
  if (message.kind === "settings") start(message).catch(crash);
  else if (message.kind === "open") served?.open({ path: message.path, port: null });
  else if (message.kind === "shutdown") end();
});
for (const event of ["disconnect", "SIGINT", "SIGTERM"]) process.once(event, end);

async function start({ workspace, ui }: ServerSettings): Promise<void> {
  served = await serveWorkbench(post);
  const { url } = await serveUi({
    onSocket: socketTransport(served.workbench),
    root: rendererFolder(),
    port: ui?.port ?? 0,
    ...(ui?.token != null && { token: ui.token }),
  });
  if (workspace) served.open(workspace);
  post({ kind: "ready", pid: process.pid, ui: url });
}
