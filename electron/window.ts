// The window: hardened, back where it was, shown when it has something to show.
import { BrowserWindow, dialog, nativeTheme, type Session, screen } from "electron";
import { webPreferences } from "./security.js";
import { fitWindow, minimumSize, readWindowState, writeWindowState } from "./window-state.js";

interface WindowOptions {
  /** The page's address. */
  readonly url: string;
  readonly preload: string;
  readonly session: Session;
  readonly devTools: boolean;
  /** Where the window's place is remembered. */
  readonly stateFile: string;
  onShown(): void;
}

/** The page's own background (renderer/ui/tokens.css), so that nothing flashes before its first paint. */
const background = { light: "#f3f4f7", dark: "#15171c" } as const;

export function openWindow({ url, preload, session, devTools, stateFile, onShown }: WindowOptions): BrowserWindow {
  const saved = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...fitWindow(
      saved,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: "CGI Workbench",
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    show: false,
    webPreferences: { ...webPreferences, preload, session, devTools },
  });
  window.once("ready-to-show", () => {
    if (saved?.isMaximized) window.maximize();
    window.show();
    onShown();
  });
  window.on("close", () =>
    writeWindowState(stateFile, { ...window.getNormalBounds(), isMaximized: window.isMaximized() }),
  );
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    if (reason !== "clean-exit") void offerReload(window, reason); // settles with the user's answer
  });
  window.webContents.on("will-prevent-unload", (event) => {
    if (isLeavingConfirmed(window)) event.preventDefault();
  });
  window.loadURL(url).catch((error: unknown) => console.error(`The page ${url} could not be loaded.`, error));
  return window;
}

/** The page's process is gone; the server and its traces are not. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: "error",
    message: "The window’s page stopped unexpectedly.",
    detail: `Reason: ${reason}. The server is still running and its traces are kept.`,
    buttons: ["Reload", "Close window"],
    defaultId: 0,
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.reload();
  else window.destroy();
}

/** The page has something to lose and asked to stay. */
function isLeavingConfirmed(window: BrowserWindow): boolean {
  const choice = dialog.showMessageBoxSync(window, {
    type: "warning",
    message: "Some edits are not saved.",
    buttons: ["Keep editing", "Leave without saving"],
    defaultId: 0,
    cancelId: 0,
  });
  return choice === 1;
}
