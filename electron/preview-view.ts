// Shows the scripts' pages in a view of their own above the window's page: at top level, so that cookies are
// first-party and X-Frame-Options does not apply. Each folder has a session of its own, which ends with the app: its
// cookies and its storage are not for the pages of the next folder. The page decides where, main decides what.
import { type BrowserWindow, type Rectangle, type Session, session, type WebContents, WebContentsView } from "electron";
import { z } from "zod";
import { scriptPort } from "../server/protocol/script-address.js";
import { channel } from "./channels.js";
import { confinePreview, confinePreviewSession, previewPreferences } from "./preview-security.js";

const side = z.number().min(0).max(100_000);
/** CSS pixels of the page, and by what it zooms this part of itself. */
const placeOnPage = z
  .object({ x: side, y: side, width: side, height: side, zoom: z.number().min(0.25).max(5) })
  .nullable();

/** The page before stays until the next one has something to show, but no longer than this. */
const longestOverlapMs = 300;
const jpegQuality = 90;

/** The contents are kept apart: a page may close itself, and its view then has none. */
interface Shown {
  readonly view: WebContentsView;
  readonly contents: WebContents;
}

/** What is served now. */
export interface Served {
  /** Absolute. */
  readonly folder: string;
  readonly port: number;
}

export class PreviewView {
  readonly #served: () => Served | null;
  /** By folder. */
  readonly #sessions = new Map<string, Session>();
  #window: BrowserWindow | null = null;
  #current: Shown | null = null;
  /**
   * Loading, not shown yet. Each page gets a view of its own: a page that never stops computing would block the next
   * one in its process.
   */
  #next: Shown | null = null;
  /** In pixels of the window; null: hidden. */
  #bounds: Rectangle | null = null;
  #zoom = 1;

  /** `served`: null while no scripts are served. */
  constructor(served: () => Served | null) {
    this.#served = served;
  }

  /** Whether these are the contents of a view. They have walls of their own. */
  owns(contents: WebContents): boolean {
    return [...this.#sessions.values()].includes(contents.session);
  }

  /** Shows an address of the script origin; null closes the view. The argument comes over IPC and is not trusted. */
  show(window: BrowserWindow, address: unknown): void {
    if (address === null) this.#close();
    const served = this.#served();
    if (typeof address !== "string" || !served || scriptPort(address) !== served.port) return;
    this.#follow(window);
    end(window, this.#next);
    const next = this.#open(window, served.folder);
    next.contents.on("did-navigate", () => {
      if (!window.isDestroyed()) window.webContents.send(channel.previewMoved, address);
    });
    next.contents.on("render-process-gone", () => {
      const isShown = this.#current === next || this.#next === next; // closing one ends its process too
      if (isShown && !window.isDestroyed()) window.webContents.send(channel.previewGone, address);
    });
    this.#next = next;
    // Electron focuses a new view before it is visible. The window takes the focus back after the event: during it that
    // has no effect.
    next.contents.on("focus", () => {
      setImmediate(() => {
        if (this.#next === next && !window.isDestroyed()) window.webContents.focus();
      });
    });
    const hadFocus = this.#current?.contents.isDestroyed() === false && this.#current.contents.isFocused();
    const swap = (): void => {
      if (this.#next !== next) return;
      end(window, this.#current);
      this.#current = next;
      this.#next = null;
      this.#arrange(window);
      if (hadFocus && this.#bounds) this.focus(); // it was in the page before
    };
    next.contents.once("dom-ready", swap);
    setTimeout(swap, longestOverlapMs);
    // No content, a download, replaced by the next: all reported by now.
    next.contents.loadURL(address).then(swap, swap);
  }

  /** Puts the view over a rectangle of the page; null hides it. Takes what came over IPC. */
  place(window: BrowserWindow, place: unknown): void {
    const { data = null } = placeOnPage.safeParse(place);
    // The page measures in pixels of its own zoom, the view is placed in the window's.
    const zoom = window.webContents.getZoomFactor();
    const edge = (at: number): number => Math.round(at * zoom);
    this.#zoom = data?.zoom ?? 1;
    this.#bounds = data && {
      x: edge(data.x),
      y: edge(data.y),
      width: edge(data.x + data.width) - edge(data.x),
      height: edge(data.y + data.height) - edge(data.y),
    };
    this.#arrange(window);
  }

  /** What is to be seen of the page, for what opens above it; null when there is nothing. */
  async picture(): Promise<string | null> {
    const contents = this.#current?.contents;
    if (!contents || contents.isDestroyed() || this.#bounds === null) return null;
    try {
      const picture = await contents.capturePage();
      return picture.isEmpty() ? null : `data:image/jpeg;base64,${picture.toJPEG(jpegQuality).toString("base64")}`;
    } catch (error) {
      console.error("The preview could not be captured.", error); // it was closed meanwhile
      return null;
    }
  }

  focus(): void {
    if (this.#current?.contents.isDestroyed() === false) this.#current.contents.focus();
  }

  /** Runs a command of the Edit menu in the page if that has the keyboard; else returns false. */
  edit(command: string): boolean {
    const contents = this.#current?.contents;
    if (!contents || contents.isDestroyed() || !contents.isFocused()) return false;
    if (command === "edit.undo") contents.undo();
    else if (command === "edit.redo") contents.redo();
    else if (command === "edit.selectAll") contents.selectAll();
    else return false;
    return true;
  }

  /** Whether the scripts of this folder are served, at this address if one is given. */
  #isServed(folder: string, address: string | null): boolean {
    const served = this.#served();
    return served?.folder === folder && (address === null || scriptPort(address) === served.port);
  }

  #arrange(window: BrowserWindow): void {
    const { view, contents } = this.#current ?? {};
    if (!view || contents?.isDestroyed() !== false) return;
    view.setVisible(this.#bounds !== null);
    if (!this.#bounds) return;
    view.setBounds(this.#bounds);
    const zoom = window.webContents.getZoomFactor() * this.#zoom;
    if (contents.getZoomFactor() !== zoom) contents.setZoomFactor(zoom);
  }

  #sessionOf(folder: string): Session {
    const known = this.#sessions.get(folder);
    if (known) return known;
    const made = session.fromPartition(`preview-${this.#sessions.size + 1}`); // in memory
    this.#sessions.set(folder, made);
    confinePreviewSession(made, () => this.#isServed(folder, null));
    return made;
  }

  #open(window: BrowserWindow, folder: string): Shown {
    const view = new WebContentsView({ webPreferences: { ...previewPreferences, session: this.#sessionOf(folder) } });
    const contents = view.webContents;
    confinePreview(contents, (address) => this.#isServed(folder, address));
    contents.on("before-input-event", (event, { type, key, shift }) => {
      if (type !== "keyDown" || key !== "F6") return;
      event.preventDefault();
      window.webContents.focus();
      window.webContents.send(channel.command, shift ? "view.previousPane" : "view.nextPane");
    });
    const tell = (): void => void setImmediate(() => this.#tellFocus(window)); // during the event it is not settled
    contents.on("focus", tell);
    contents.on("blur", tell);
    contents.once("destroyed", tell);
    view.setVisible(false);
    window.contentView.addChildView(view);
    return { view, contents };
  }

  #tellFocus(window: BrowserWindow): void {
    const contents = this.#current?.contents;
    const isFocused = contents?.isDestroyed() === false && contents.isFocused();
    if (window.isDestroyed() || window.webContents.isCrashed()) return; // the view went with the page
    window.webContents.send(channel.previewFocused, isFocused);
  }

  /** A view outlives the window, and the page that asked for it: not here. */
  #follow(window: BrowserWindow): void {
    if (this.#window === window) return;
    this.#window = window;
    const close = (): void => this.#close();
    window.once("closed", close);
    window.webContents.on("render-process-gone", close);
    window.webContents.on("did-navigate", close);
  }

  #close(): void {
    if (this.#window) for (const shown of [this.#next, this.#current]) end(this.#window, shown);
    this.#next = this.#current = this.#bounds = null;
  }
}

function end(window: BrowserWindow, shown: Shown | null): void {
  if (!shown) return;
  if (!window.isDestroyed()) window.contentView.removeChildView(shown.view);
  if (!shown.contents.isDestroyed()) shown.contents.close();
}
