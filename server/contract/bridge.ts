// What the desktop shell's preload gives the page, as `window.workbench`; in a browser it is absent. The RPC itself does not
// pass through here: `connect` only asks for a MessagePort, which arrives as a window message from the page's own window.

/** The `data` of the window message that carries the port to the server. */
export const portMessage = "workbench:port";

export interface PreviewPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WorkbenchBridge {
  /** Asks for a port to the server: it comes at once when the server is up, else as soon as it is. Ask again when it closes. */
  connect(): void;
  /** Shows the system's folder dialog; null when it was cancelled. The answer is an absolute path. */
  chooseFolder(): Promise<string | null>;
  /** Opens an http, https or mailto address in the user's own program for it; anything else is ignored. */
  openExternal(url: string): void;
  /** Calls `listener` with a command's id when the native menu is used; the returned function ends that. */
  onCommand(listener: (id: string) => void): () => void;
  /**
   * Shows an address of the script origin in a view of its own, above the page; null closes it. Any other address is ignored. The
   * page keeps telling `placePreview` where.
   */
  showPreview(url: string | null): void;
  /** Where the view belongs, in CSS pixels of the page; null hides it. */
  placePreview(place: PreviewPlace | null): void;
  /** Gives the view the keyboard; F6 gives it back. */
  focusPreview(): void;
  /** Node's name of the system: "linux", "darwin", "win32". */
  readonly platform: string;
  readonly versions: { readonly electron: string; readonly chromium: string; readonly node: string };
}
