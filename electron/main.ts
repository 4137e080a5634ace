// The desktop app's main process. It owns the window, the menu and the server's life, and little else: scripts, files
// and traces are the server's, a process of its own; the page talks to that over a port it gets here.
import { join } from "node:path";
import { app, type BrowserWindow, dialog, Menu, protocol, session } from "electron";
import { preloadFile, rendererFolder } from "../server/base/built-files.js";
import { wordsOf } from "../server/contract/message.js";
import { appProtocol, appScheme } from "./app-protocol.js";
import { channel } from "./channels.js";
import { listenToPage } from "./ipc.js";
import { menuTemplate } from "./menu.js";
import { pageOrigin } from "./origin.js";
import { PreviewView } from "./preview-view.js";
import { confineContents, confineSession } from "./security.js";
import { ServerProcess } from "./server-process.js";
import { argumentsAgain, folderArgument } from "./start-arguments.js";
import { openWindow } from "./window.js";

const origin = pageOrigin(process.env["RENDERER_URL"], app.isPackaged);
const folder = folderArgument(process.argv, process.cwd(), process.defaultApp === true);
let window: BrowserWindow | null = null;

// Both must come before the app is ready, which waits until this module has been evaluated: so no top-level await here.
protocol.registerSchemesAsPrivileged([appScheme]);
// Together with --no-sandbox (tests as root) this would abort every child process at its start.
if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();

if (app.requestSingleInstanceLock({ folder })) start();
else app.quit(); // the first instance shows its window, and opens the folder

function start(): void {
  const server = new ServerProcess({
    workspace: folder === null ? null : { path: folder, port: null },
    onNotOpened: ({ message, fix }) => {
      const box = { type: "error", message: wordsOf(message), ...(fix !== null && { detail: wordsOf(fix) }) } as const;
      // Nothing hangs on its being read.
      void (window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box));
    },
  });
  const preview = new PreviewView(() => server.served);
  app.on("web-contents-created", (_event, contents) => {
    if (!preview.owns(contents)) confineContents(contents, origin);
  });
  const ending = endWith(server);
  app.on("second-instance", (_event, _argv, _directory, data) => {
    if (ending.startAgain(folderOf(data))) return;
    if (window?.isMinimized()) window.restore();
    window?.focus();
    const other = folderOf(data);
    if (other !== null) server.open(other);
  });
  app.on("window-all-closed", () => app.quit());
  if (origin.startsWith("http:")) process.on("message", () => server.restart()); // development: the server was rebuilt
  process.once("disconnect", () => app.quit()); // the launcher was killed: nothing of it stays behind
  app.whenReady().then(
    () => ready(server, preview),
    (error: unknown) => {
      console.error(error);
      app.exit(1);
    },
  );
}

function ready(server: ServerProcess, preview: PreviewView): void {
  server.start();
  const ui = session.fromPartition("persist:ui");
  confineSession(ui, origin);
  ui.protocol.handle("app", appProtocol(rendererFolder()));
  listenToPage({ origin, window: () => window, connect: ({ webContents }) => server.connect(webContents), preview });
  const run = (command: string): void => {
    if (!preview.edit(command)) window?.webContents.send(channel.command, command);
  };
  const zoom = (by: number | null): void => {
    const level = by === null ? 0 : (window?.webContents.getZoomLevel() ?? 0) + by;
    window?.webContents.setZoomLevel(level); // the page then places the preview again, which takes its zoom
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform: process.platform, run, zoom })));
  window = openWindow({
    url: `${origin}/`,
    preload: preloadFile(),
    session: ui,
    devTools: !app.isPackaged,
    stateFile: join(app.getPath("userData"), "window.json"),
    onShown: () => process.send?.({ kind: "shown" }), // electron/launch reads this: the desktop app works here
  });
  window.once("closed", () => {
    window = null;
  });
}

/**
 * Quitting waits until the server has ended its scripts. `startAgain`: while it waits, keeps a folder for the app that
 * is started again afterwards, and returns true.
 */
function endWith(server: ServerProcess): { startAgain(folder: string | null): boolean } {
  let isEnding = false;
  let isEnded = false;
  let again: { readonly folder: string | null } | null = null;
  app.on("will-quit", (event) => {
    if (isEnded) return;
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    void server.stop().finally(() => {
      isEnded = true;
      if (again) relaunch(again.folder);
      app.quit();
    }); // cannot fail: it waits only so long
  });
  return {
    startAgain(folder) {
      if (isEnding) again = { folder };
      return isEnding;
    },
  };
}

function relaunch(folder: string | null): void {
  const image = process.env["APPIMAGE"]; // the program lies in its mount, which goes with this app
  const args = argumentsAgain(process.argv, folder, process.defaultApp === true);
  app.relaunch({ args, ...(image !== undefined && app.isPackaged && { execPath: image }) });
}

/** The folder that a second instance was started with. */
function folderOf(data: unknown): string | null {
  return typeof data === "object" && data !== null && "folder" in data && typeof data.folder === "string"
    ? data.folder
    : null;
}
