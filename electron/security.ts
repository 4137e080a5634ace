// The window's walls, applied to every page and to the one session. Whoever controls the page's text must not gain more
// than the page: no navigation, no windows, no permissions, no downloads, no requests to other origins. Values of
// `electron` come in as arguments.
import type { Session, WebContents, WebPreferences } from "electron";
import { isOn } from "./origin.js";

/** The only web preferences there are; the preload's path and the session are added where the window is made. */
export const webPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  experimentalFeatures: false,
  spellcheck: false,
} as const satisfies WebPreferences;

/** The one permission the page has: writing text to the clipboard, from its own top frame. */
export const isPermitted = (permission: string, isOwnMainFrame: boolean): boolean =>
  permission === "clipboard-sanitized-write" && isOwnMainFrame;

/**
 * Keeps a page where it is: it may load its own origin only, in any frame, and open
 * nothing. For each WebContents as it is made.
 */
export function confineContents(contents: WebContents, origin: string): void {
  const guard = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isOn(origin, event.url)) event.preventDefault();
  };
  contents.on("will-navigate", guard);
  contents.on("will-frame-navigate", guard);
  contents.on("will-redirect", guard);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** Denies what a page may ask of its session. */
export function confineSession(session: Session, origin: string): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isPermitted(permission, details.isMainFrame && isOn(origin, details.requestingUrl))),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isPermitted(permission, details.isMainFrame && isOn(origin, requestingOrigin)),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  // What the window itself offers to save, out of its own memory; nothing that is fetched.
  session.on("will-download", (event, item) => {
    if (!item.getURL().startsWith(`blob:${origin}/`)) event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwnRequest(origin, url) }));
}

/**
 * What the page may load: its own origin, in development its WebSocket too,
 * data: images, and the developer tools' files.
 */
export function isOwnRequest(origin: string, url: string): boolean {
  return (
    isOn(origin, url) ||
    url.startsWith("data:") ||
    url.startsWith("devtools://") ||
    isOn(origin.replace(/^http:/, "ws:"), url)
  );
}
