// Starting, stopping and sharing the script server.
import { needsFolder } from "../../model/folder/command-needs.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { isDesktop } from "../../rpc/bridge.js";
import { useServer } from "../../rpc/store.js";
import { copyAddress, copyWindowLink, openAddress, startServer, stopServer } from "./server-actions.js";

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
  "window.copyLink": command(
    () => (isDesktop ? "The desktop app has one window. “cgi-workbench serve” has windows in browsers." : null),
    copyWindowLink,
  ),
  "server.show": command(needsFolder, () => showBottomTab("server")),
  "log.show": command(needsFolder, () => showBottomTab("log")),
  "assistants.connect": command(needsFolder, () => openDialog("assistants")),
  "config.open": command(needsFolder, async () => (await import("../../model/folder/config-file.js")).openConfig()),
} satisfies Partial<Commands>;
