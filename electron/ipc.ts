// The only file that listens to the page: some messages, each from our own page's top frame alone. Everything else the
// page wants goes over the RPC port to the server.
import { type BrowserWindow, dialog, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, shell } from "electron";
import { channel } from "./channels.js";
import { externalLink } from "./external-link.js";
import type { PreviewView } from "./preview-view.js";
import { isTrustedSender } from "./trusted-sender.js";

interface IpcOptions {
  /** The page's origin. */
  readonly origin: string;
  /** The app's window, while there is one. */
  window(): BrowserWindow | null;
  /** The page wants a port to the server. */
  connect(window: BrowserWindow): void;
  readonly preview: Pick<PreviewView, "show" | "place" | "focus" | "picture">;
}

export function listenToPage({ origin, window, connect, preview }: IpcOptions): void {
  /** The window, when the message comes from its page; null otherwise, and then nothing happens. */
  const sender = (event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null => {
    const own = window();
    return own && isTrustedSender(event, own.webContents, origin) ? own : null;
  };
  ipcMain.on(channel.connect, (event) => {
    const own = sender(event);
    if (own) connect(own);
  });
  ipcMain.handle(channel.chooseFolder, async (event): Promise<string | null> => {
    const own = sender(event);
    if (!own) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(own, {
      title: "Open a folder of scripts",
      properties: ["openDirectory", "createDirectory"],
    });
    return canceled ? null : (filePaths[0] ?? null);
  });
  ipcMain.on(channel.openExternal, (event, address: unknown) => {
    const link = sender(event) && externalLink(address);
    if (link === null) return;
    shell.openExternal(link).catch((error: unknown) => console.error(`${link} could not be opened.`, error));
  });
  ipcMain.on(channel.showPreview, (event, address: unknown) => {
    const own = sender(event);
    if (own) preview.show(own, address);
  });
  ipcMain.handle(channel.pictureOfPreview, (event) => (sender(event) ? preview.picture() : null));
  ipcMain.on(channel.placePreview, (event, place: unknown) => {
    const own = sender(event);
    if (own) preview.place(own, place);
  });
  ipcMain.on(channel.focusPreview, (event) => {
    if (sender(event)) preview.focus();
  });
}
