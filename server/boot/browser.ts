// Entry of browser mode's server, run by a launcher (electron/launch) that talks to it over Node's IPC
// channel: settings come that way because arguments and environment of a process can be read by the
// scripts it runs. Gone launcher, gone server.
import { Socket } from "node:net";
import { rendererFolder } from "../base/built-files.js";
import { socketTransport } from "../rpc/socket-transport.js";
import { linkLifeMs, serveUiAt } from "../window/ui-origin.js";
import { type FromServer, type ServerSettings, toServer } from "./messages.js";
import { crash, type ServedWorkbench, serveWorkbench } from "./server-process.js";

const post = (message: FromServer): void => {
  if (process.connected) process.send?.(message);
};
let served: ServedWorkbench | null = null;
let accept: ((socket: Socket) => void) | null = null;
const end = (): void => (served ? served.shutdown() : process.exit(0));

process.on("message", (data, handle) => {
  const message = toServer.parse(data);
  if (message.kind === "settings") start(message).catch(crash);
  else if (message.kind === "shutdown") end();
  else if (message.kind === "port" && handle instanceof Socket) {
    if (message.connection !== undefined) post({ kind: "accepted", connection: message.connection });
    accept?.(handle);
  }
});
for (const event of ["disconnect", "SIGINT", "SIGTERM"]) process.once(event, end);
process.on("SIGHUP", end); // comes twice: from the shell whose terminal was closed, and when that exits

async function start({ workspace, ui }: ServerSettings): Promise<void> {
  if (ui === null) throw new Error("browser mode has settings for the window");
  const { workbench, open, shutdown } = await serveWorkbench(post);
  served = { workbench, open, shutdown };
  const transport = socketTransport(workbench);
  const { link, accept: acceptSocket } = serveUiAt(ui, {
    onSocket: (socket, connection) => {
      socket.once("message", () => post({ kind: "opened" })); // the page has read the welcome, which brings the token
      transport(socket, connection);
    },
    root: rendererFolder(),
    token: ui.token,
  });
  accept = acceptSocket;
  workbench.windowLink = () => link(linkLifeMs);
  if (workspace) void served.open(workspace);
  post({ kind: "ready", pid: process.pid, ui: link(ui.linkLifeMs) });
}
