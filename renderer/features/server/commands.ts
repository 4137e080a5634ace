// Starting, stopping and sharing the script server.
import { needsFolder } from "../../model/folder/command-needs.js";
import { openConfig } from "../../model/folder/config-file.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useServer } from "../../rpc/store.js";
import { copyAddress, openAddress, startServer, stopServer } from "./server-actions.js";

const needsServing = (): string | null =>
  useServer.getState().state?.server.url == null ? "The server is stopped." : null;

export const serverCommands = {
  "server.start": command(
    () => (useServer.getState().state?.server.status === "serving" ? "The server is already running." : needsFolder()),
    () => startServer(null),
  ),
  "server.stop": command(needsServing, stopServer),
  "server.copy": command(needsServing, copyAddress),
  "server.open": command(needsServing, openAddress),
  "server.show": command(needsFolder, () => showBottomTab("server")),
  "config.open": command(needsFolder, () => openConfig()),
} satisfies Partial<Commands>;
