// Starting, stopping and sharing the script server.
import { openConfig } from "../../model/folder/config-file.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { type Command, command, needsFolder } from "../../platform/command.js";
import { useServer } from "../../rpc/store.js";
import { copyAddress, openAddress, startServer, stopServer } from "./server-actions.js";

const needsServing = (): string | null =>
  useServer.getState().state?.server.url == null ? "The server is stopped." : null;

export const serverCommands: readonly Command[] = [
  command(
    "server.start",
    "Start server",
    [],
    () => (useServer.getState().state?.server.status === "serving" ? "The server runs." : needsFolder()),
    () => startServer(null),
  ),
  command("server.stop", "Stop server", [], needsServing, stopServer),
  command("server.copy", "Copy server address", [], needsServing, copyAddress),
  command("server.open", "Open server address in browser", [], needsServing, openAddress),
  command("server.show", "Show server and log", [], needsFolder, () => showBottomTab("server")),
  command("config.open", "Open configuration file", [], needsFolder, () => openConfig()),
];
