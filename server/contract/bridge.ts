// What the desktop app's preload gives the page, as `window.workbench`; a browser has none. The RPC does not pass
// through here: `connect` asks for a MessagePort, which arrives as a window message from the page's own window.

/** The `data` of the window message that carries the port to the server. */
export const portMessage = "workbench:port";

export interface PreviewPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What the page zooms this part of itself by; 1 for none. */
  readonly zoom: number;
}

export interface WorkbenchBridge {
  /** Asks for a port to the server, which arrives as soon as the server is up. Ask again when the port closes. */
  connect(): void;
  /** Shows the system's folder dialog and resolves with an absolute path; null if the user cancelled. */
  chooseFolder(): Promise<string | null>;
  /** Opens an http, https or mailto address in the user's default program; ignores any other address. */
  openExternal(url: string): void;
  /**
   * Calls `listener` with the id of each command that the user selects in the native menu; returns a function that
   * stops that.
   */
  onCommand(listener: (id: string) => void): () => void;
  /**
   * Shows an address of the script origin in a view of its own, above the page; null closes it. Ignores any other
   * address. The page calls `placePreview` to position the view.
   */
  showPreview(url: string | null): void;
  /** A picture of the view as it is now, as a `data:` address; null when there is nothing to see. */
  pictureOfPreview(): Promise<string | null>;
  /** The position of the view, in CSS pixels of the page; null hides it. */
  placePreview(place: PreviewPlace | null): void;
  /**
   * Calls `listener` with the address that was shown, each time that its view has gone to a page: first to that one;
   * returns a function that stops that.
   */
  onPreviewMoved(listener: (url: string) => unknown): () => void;
  /**
   * Calls `listener` with the address that was shown when its page lost its
   * process; returns a function that stops that.
   */
  onPreviewGone(listener: (url: string) => unknown): () => void;
  /** Moves the keyboard focus into the view; F6 moves it back. */
  focusPreview(): void;
  /**
   * Calls `listener` with whether keys go to the view, when that may have changed;
   * returns a function that stops that.
   */
  onPreviewFocused(listener: (isFocused: boolean) => unknown): () => void;
  /** Node's name for the system: "linux", "darwin", "win32". */
  readonly platform: string;
  readonly versions: { readonly electron: string; readonly chromium: string; readonly node: string };
}
