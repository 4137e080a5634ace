// The walls round a previewed page. It is foreign code, as in any browser: it may do what a page may do on the script
// origin, and reaches nothing of the app's. Values of `electron` come in as arguments.
import type { Session, WebContents, WebPreferences } from "electron";
import { webPreferences } from "./security.js";

/**
 * No preload, so there is no bridge; no dialogs that block the window; no pickers of files that a script opens; and a
 * page that loads does not take the keyboard from the editor.
 */
export const previewPreferences = {
  ...webPreferences,
  devTools: false,
  disableDialogs: true,
  disableBlinkFeatures: "FileSystemAccessLocal",
  focusOnNavigation: false,
} as const satisfies WebPreferences;

/** Without allow-modals, so that a page cannot open the system's print dialog. The rest is as for any page. */
const sandbox =
  "sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-pointer-lock allow-orientation-lock allow-presentation allow-top-navigation";

/**
 * Keeps the page itself on the script origin. Its frames may show other places,
 * as on the web; windows it opens are none.
 */
export function confinePreview(contents: WebContents, isAllowed: (address: string) => boolean): void {
  const guard = (event: { readonly url: string; readonly isMainFrame?: boolean; preventDefault(): void }): void => {
    if (event.isMainFrame !== false && !isAllowed(event.url)) event.preventDefault();
  };
  contents.on("will-navigate", guard);
  contents.on("will-frame-navigate", guard);
  contents.on("will-redirect", guard);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("will-prevent-unload", (event) => event.preventDefault()); // a page cannot refuse to be replaced
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/**
 * Denies what a page may ask of its session, and every scheme that is not the web's. `isServed`: whether the pages'
 * folder is the open one; a page that is left over from another folder sends nothing to this one's scripts.
 */
export function confinePreviewSession(session: Session, isServed: () => boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on("will-download", (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOfTheWeb(url) || !isServed() }));
  session.webRequest.onHeadersReceived(({ resourceType, responseHeaders = {} }, answer) => {
    const isPage = resourceType === "mainFrame" || resourceType === "subFrame";
    answer({ responseHeaders: isPage ? sandboxed(responseHeaders) : responseHeaders });
  });
}

/** With a policy beside those of the page: all of them apply. */
function sandboxed(headers: Readonly<Record<string, string[]>>): Record<string, string[]> {
  const isPolicy = (name: string): boolean => name.toLowerCase() === "content-security-policy";
  const policies = Object.entries(headers).flatMap(([name, values]) => (isPolicy(name) ? values : []));
  const others = Object.entries(headers).filter(([name]) => !isPolicy(name));
  return { ...Object.fromEntries(others), "Content-Security-Policy": [...policies, sandbox] };
}

const schemes: ReadonlySet<string> = new Set(["http:", "https:", "ws:", "wss:", "data:", "blob:", "about:"]);
const isOfTheWeb = (url: string): boolean => URL.canParse(url) && schemes.has(new URL(url).protocol);
