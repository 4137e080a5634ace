// The window's walls: preferences, navigation, permissions, requests; and that
// there is one place for each dangerous thing.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { appOrigin } from "../../../electron/origin.js";
import {
  confineContents,
  confineSession,
  isOwnRequest,
  isPermitted,
  webPreferences,
} from "../../../electron/security.js";
import { isTrustedSender } from "../../../electron/trusted-sender.js";
import { repositoryRoot } from "../../support/repository.js";
import { filesBelow } from "../repository/module-graph.js";

const foreign = [
  "https://example.com/",
  "http://127.0.0.1:8080/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/html,x",
  "about:blank",
  "app://other/",
];

test("web preferences are the hardened ones", () => {
  expect(webPreferences).toEqual({
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
  });
});

describe("navigation", () => {
  const openHandlers: (() => { action: string })[] = [];
  class Contents extends EventEmitter {
    setWindowOpenHandler(handler: () => { action: string }): void {
      openHandlers.push(handler);
    }
  }
  const contents = new Contents();
  confineContents(pretend(contents), appOrigin);
  const isPrevented = (event: string, url: string): boolean => {
    let prevented = false;
    contents.emit(event, { url, preventDefault: () => (prevented = true) });
    return prevented;
  };

  test.each(["will-navigate", "will-frame-navigate", "will-redirect"])(
    "%s goes nowhere but to the own origin",
    (event) => {
      expect(foreign.filter((url) => !isPrevented(event, url))).toEqual([]);
      expect(isPrevented(event, "app://workbench/index.html")).toBe(false);
    },
  );

  test("no web view is attached and no window opened", () => {
    expect(isPrevented("will-attach-webview", "")).toBe(true);
    expect(openHandlers.map((handler) => handler())).toEqual([{ action: "deny" }]);
  });
});

describe("the session", () => {
  type Handler = (...args: unknown[]) => unknown;
  const handlers = new Map<string, Handler>();
  const keep = (name: string) => (handler: Handler) => void handlers.set(name, handler);
  const fake = {
    setPermissionRequestHandler: keep("request"),
    setPermissionCheckHandler: keep("check"),
    setDevicePermissionHandler: keep("device"),
    setDisplayMediaRequestHandler: keep("display"),
    on: (name: string, handler: Handler) => void handlers.set(name, handler),
    webRequest: { onBeforeRequest: keep("before-request") },
  };
  confineSession(pretend(fake), appOrigin);
  const call = (name: string, ...args: unknown[]): unknown => handlers.get(name)?.(...args);

  // Every permission this Electron knows, so that a new one is denied here or noticed.
  const types = readFileSync(join(repositoryRoot, "node_modules/electron/electron.d.ts"), "utf8");
  const permissions = [
    ...types.matchAll(/set(?:PermissionCheck|PermissionRequest)Handler\(handler:[^\n]*permission: ([^,]*?)(?:, |\))/g),
  ].flatMap(([, union = ""]) => [...union.matchAll(/'([a-zA-Z-]+)'/g)].map(([, name = ""]) => name));

  test("every permission is denied, except writing to the clipboard from the own top frame", () => {
    expect(permissions).toEqual(
      expect.arrayContaining(["media", "geolocation", "openExternal", "clipboard-read", "clipboard-sanitized-write"]),
    );
    expect([...new Set(permissions)].filter((permission) => isPermitted(permission, true))).toEqual([
      "clipboard-sanitized-write",
    ]);
    expect(permissions.filter((permission) => isPermitted(permission, false))).toEqual([]);
    const asked = (requestingUrl: string, isMainFrame: boolean): unknown => {
      let answer: unknown = null;
      call("request", null, "clipboard-sanitized-write", (given: unknown) => (answer = given), {
        requestingUrl,
        isMainFrame,
      });
      return answer;
    };
    expect([
      asked("app://workbench/", true),
      asked("app://workbench/", false),
      asked("https://example.com/", true),
    ]).toEqual([true, false, false]);
    expect(call("check", null, "clipboard-sanitized-write", "app://workbench/", { isMainFrame: true })).toBe(true);
    expect(call("check", null, "clipboard-sanitized-write", "https://example.com", { isMainFrame: true })).toBe(false);
    expect(call("check", null, "media", "app://workbench/", { isMainFrame: true })).toBe(false);
  });

  test("no device, no screen, no download but of what the window itself offers", () => {
    expect(call("device", {})).toBe(false);
    let answer: unknown = null;
    call("display", {}, (given: unknown) => (answer = given));
    expect(answer).toEqual({});
    const isPrevented = (url: string): boolean => {
      let prevented = false;
      call("will-download", { preventDefault: () => (prevented = true) }, { getURL: () => url });
      return prevented;
    };
    expect(
      [
        "http://127.0.0.1:8080/a.zip",
        "https://example.com/",
        "data:,x",
        "blob:https://example.com/1",
        "app://workbench/index.html",
      ].map(isPrevented),
    ).toEqual(new Array(5).fill(true));
    expect(isPrevented("blob:app://workbench/5c5b")).toBe(false); // what the window offers to save itself
  });

  test("requests stay on the own origin", () => {
    const cancelled = (url: string): unknown => {
      let answer: unknown = null;
      call("before-request", { url }, (given: unknown) => (answer = given));
      return answer;
    };
    expect(cancelled("app://workbench/assets/a.js")).toEqual({ cancel: false });
    for (const url of [
      "https://example.com/",
      "http://127.0.0.1:8080/",
      "ws://127.0.0.1:1/",
      "file:///etc/passwd",
      "app://other/",
    ]) {
      expect(cancelled(url)).toEqual({ cancel: true });
    }
    expect(isOwnRequest("http://127.0.0.1:5173", "ws://127.0.0.1:5173/?token=x")).toBe(true);
    expect(isOwnRequest("http://127.0.0.1:5173", "ws://127.0.0.1:5174/")).toBe(false);
  });
});

describe("messages to main", () => {
  const mainFrame = { origin: appOrigin };
  const contents = { mainFrame, isDestroyed: () => false };
  const isTrusted = (sender: unknown, senderFrame: unknown, own: unknown = contents): boolean =>
    isTrustedSender(pretend({ sender, senderFrame }), pretend(own), appOrigin);

  test("come from the own page's top frame on the own origin", () => {
    expect(isTrusted(contents, mainFrame)).toBe(true);
    expect(isTrusted(contents, null)).toBe(false); // the frame has gone
    expect(isTrusted(contents, { origin: appOrigin })).toBe(false); // a frame below
    expect(isTrusted({ ...contents }, mainFrame)).toBe(false); // other contents
    const moved = { mainFrame: { origin: "https://example.com" }, isDestroyed: () => false };
    expect(isTrusted(moved, moved.mainFrame, moved)).toBe(false);
    const gone = { mainFrame, isDestroyed: () => true };
    expect(isTrusted(gone, mainFrame, gone)).toBe(false);
  });
});

describe("one place for each dangerous thing", () => {
  const sources = filesBelow("electron").filter((path) => path.endsWith(".ts"));
  const withText = (text: RegExp): string[] =>
    sources.filter((path) => text.test(readFileSync(join(repositoryRoot, path), "utf8")));

  test("windows, page messages and the system's programs", () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(withText(/new BrowserWindow\b/)).toEqual(["electron/window.ts"]);
    expect(withText(/\bipcMain\b/)).toEqual(["electron/ipc.ts"]);
    expect(withText(/\bshell\./)).toEqual(["electron/ipc.ts"]);
    expect(withText(/\b(openPath|loadFile|executeJavaScript)\b/)).toEqual([]);
  });

  test("the preload takes contextBridge and ipcRenderer alone", () => {
    const preload = readFileSync(join(repositoryRoot, "electron/preload.ts"), "utf8");
    expect([...preload.matchAll(/import \{([^}]*)\} from "electron"/g)].map(([, names]) => names?.trim())).toEqual([
      "contextBridge, ipcRenderer",
    ]);
    expect(preload.split("\n").length).toBeLessThanOrEqual(30);
  });

  test("nothing that ships turns the sandbox off", () => {
    const manifest = readFileSync(join(repositoryRoot, "package.json"), "utf8");
    const builder = readFileSync(join(repositoryRoot, "electron-builder.yml"), "utf8");
    expect(`${manifest}${builder}`).not.toMatch(/no-sandbox/);
  });
});

/** A stand-in with what the code under test uses of an Electron object. */
function pretend<T>(standIn: unknown): T {
  return standIn as T;
}
