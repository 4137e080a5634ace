// The walls round a previewed page: no bridge, no permissions, no downloads, no windows; it stays on the script origin.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { confinePreview, confinePreviewSession, previewPreferences } from "../../../electron/preview-security.js";
import { webPreferences } from "../../../electron/security.js";
import { scriptPort } from "../../../server/protocol/script-address.js";
import { repositoryRoot } from "../../support/repository.js";
import { filesBelow } from "../repository/module-graph.js";

test("preferences are the hardened ones, without a preload, dialogs and pickers, and leave the keyboard", () => {
  expect(previewPreferences).toEqual({
    ...webPreferences,
    devTools: false,
    disableDialogs: true,
    disableBlinkFeatures: "FileSystemAccessLocal",
    focusOnNavigation: false,
  });
  expect("preload" in previewPreferences).toBe(false);
});

test("views are made in one place", () => {
  const sources = filesBelow("electron").filter((path) => path.endsWith(".ts"));
  expect(
    sources.filter((path) => /new WebContentsView\b/.test(readFileSync(join(repositoryRoot, path), "utf8"))),
  ).toEqual(["electron/preview-view.ts"]);
});

describe("navigation", () => {
  const handlers: (() => { action: string })[] = [];
  class Contents extends EventEmitter {
    setWindowOpenHandler(handler: () => { action: string }): void {
      handlers.push(handler);
    }
  }
  const contents = new Contents();
  confinePreview(pretend(contents), (address) => scriptPort(address) === 8080);
  const isPrevented = (event: string, url: string, isMainFrame?: boolean): boolean => {
    let prevented = false;
    contents.emit(event, {
      url,
      ...(isMainFrame !== undefined && { isMainFrame }),
      preventDefault: () => (prevented = true),
    });
    return prevented;
  };
  const foreign = [
    "https://example.com/",
    "http://127.0.0.1:4000/",
    "http://10.0.0.1:8080/",
    "file:///etc/passwd",
    "app://workbench/",
    "javascript:alert(1)",
    "data:text/html,x",
  ];

  test.each(["will-navigate", "will-frame-navigate", "will-redirect"])(
    "%s: the page stays on the script origin, its frames may go elsewhere",
    (event) => {
      expect(foreign.filter((url) => !isPrevented(event, url) || !isPrevented(event, url, true))).toEqual([]);
      expect([
        isPrevented(event, "http://127.0.0.1:8080/x"),
        isPrevented(event, "http://localhost:8080/x", true),
      ]).toEqual([false, false]);
      expect(isPrevented(event, "https://example.com/", false)).toBe(false);
    },
  );

  test("no windows, no web views, and no refusing to leave", () => {
    expect(handlers.map((handler) => handler())).toEqual([{ action: "deny" }]);
    expect(isPrevented("will-attach-webview", "")).toBe(true);
    expect(isPrevented("will-prevent-unload", "")).toBe(true); // preventing it means: leave all the same
  });
});

describe("the session", () => {
  type Handler = (...args: unknown[]) => unknown;
  let isServed = true;
  const handlers = new Map<string, Handler>();
  const keep = (name: string) => (handler: Handler) => void handlers.set(name, handler);
  confinePreviewSession(
    pretend({
      setPermissionRequestHandler: keep("request"),
      setPermissionCheckHandler: keep("check"),
      setDevicePermissionHandler: keep("device"),
      setDisplayMediaRequestHandler: keep("display"),
      on: (name: string, handler: Handler) => void handlers.set(name, handler),
      webRequest: { onBeforeRequest: keep("before-request"), onHeadersReceived: keep("headers-received") },
    }),
    () => isServed,
  );
  const call = (name: string, ...args: unknown[]): unknown => handlers.get(name)?.(...args);

  test("permits nothing and saves nothing", () => {
    let answer: unknown = null;
    call("request", null, "clipboard-sanitized-write", (given: unknown) => (answer = given), {});
    expect([answer, call("check"), call("device", {})]).toEqual([false, false, false]);
    let prevented = false;
    call("will-download", { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });

  const cancelled = (url: string): unknown => {
    let answer: unknown = null;
    call("before-request", { url }, (given: unknown) => (answer = given));
    return answer;
  };

  test("a page that another folder left asks nothing", () => {
    isServed = false;
    expect(cancelled("http://127.0.0.1:8080/")).toEqual({ cancel: true });
    isServed = true;
    expect(cancelled("http://127.0.0.1:8080/")).toEqual({ cancel: false });
  });

  test("pages and frames get a sandbox without dialogs beside their own policies; nothing else is changed", () => {
    const headersOf = (resourceType: string, responseHeaders: Record<string, string[]>): unknown => {
      let given: unknown = null;
      call("headers-received", { resourceType, responseHeaders }, (answer: unknown) => (given = answer));
      return given;
    };
    for (const resourceType of ["mainFrame", "subFrame"])
      expect(
        headersOf(resourceType, { "content-security-policy": ["img-src 'self'"], "Set-Cookie": ["a=1", "b=2"] }),
      ).toEqual({
        responseHeaders: {
          "Set-Cookie": ["a=1", "b=2"],
          "Content-Security-Policy": [
            "img-src 'self'",
            expect.stringMatching(/^sandbox (?!.*allow-modals).*allow-scripts/),
          ],
        },
      });
    expect(headersOf("script", { Server: ["x"] })).toEqual({ responseHeaders: { Server: ["x"] } });
  });

  test("asks the web alone", () => {
    for (const url of [
      "http://127.0.0.1:8080/",
      "https://example.com/a.css",
      "ws://127.0.0.1:8080/",
      "data:,x",
      "blob:http://127.0.0.1:8080/1",
    ]) {
      expect([url, cancelled(url)]).toEqual([url, { cancel: false }]);
    }
    for (const url of [
      "file:///etc/passwd",
      "app://workbench/index.html",
      "devtools://devtools/",
      "chrome://gpu",
      "nonsense",
    ]) {
      expect([url, cancelled(url)]).toEqual([url, { cancel: true }]);
    }
  });
});

/** A stand-in with what the code under test uses of an Electron object. */
function pretend<T>(standIn: unknown): T {
  return standIn as T;
}
