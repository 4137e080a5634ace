// What holds in every view: a lost connection is said and nothing is lost with it, nothing takes the focus from the
// person, what takes long can be cancelled, and an empty place says what to do next.
import type { WebSocketRoute } from "@playwright/test";
import { recordMainThread } from "../support/main-thread.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";
import type { ElectronShell } from "./electron-shell.js";
import { expectPreview, isElectron, previewedPage } from "./previewed-page.js";
import { expect, test } from "./shell.js";

const bannerWithinMs = 2000;

/** Of all windows on the screen at most one has it. */
const hasKeyboard = (app: ElectronShell): Promise<boolean | undefined> =>
  app.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isFocused());

test("the server dies: a banner at once, the window goes on, the banner goes", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.send("/index.html");
  const { page } = window;
  // Seen by the page itself: it may be gone again before anybody else looks.
  const seen = page.evaluate(
    () =>
      new Promise<{ text: string; ms: number }>((resolve) => {
        const began = performance.now();
        const look = (): void => {
          const banner = [...document.querySelectorAll('[role="alert"]')].find((element) =>
            element.textContent?.includes("Reconnecting"),
          );
          if (banner) resolve({ text: banner.textContent ?? "", ms: performance.now() - began });
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  process.kill(app.serverPid(), "SIGKILL");
  const { text, ms } = await seen;
  console.log(`${app.kind}: lost connection said after ${Math.round(ms)} ms`);
  expect(text).toContain("your edits are kept");
  expect(ms).toBeLessThan(bannerWithinMs);
  await window.waitUntilServing();
  await expect(page.getByRole("alert").filter({ hasText: "Reconnecting" })).toHaveCount(0);
  await window.send("/index.html?again");
  await expect(window.status).toContainText("200");
});

test("a part that a lost server did not deliver comes with the next connection, with its style", {
  tag: "@browser",
}, async ({ app, window }) => {
  // In Electron the page does not come from the server.
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await page.route(/\/assets\/(editor|monaco)-.*\.(js|css)$/, (route) => route.abort("connectionrefused"));
  await page.reload();
  await window.openFolder(workspace.path);
  await window.file("cgi-bin/hello.py").click();
  await expect(page.getByRole("alert").filter({ hasText: "hello.py" })).toBeVisible();
  await page.unrouteAll();
  process.kill(app.serverPid(), "SIGKILL");
  await window.waitUntilServing();
  await expect(window.editor.locator(".view-line").first()).toHaveCSS("position", "absolute");
});

test("a connection that breaks misses no row and doubles none", { tag: "@browser" }, async ({ window }) => {
  // A MessagePort does not break without its server.
  using workspace = copyWorkspace("basic");
  const { page } = window;
  const sockets: WebSocketRoute[] = [];
  let isDown = false;
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    if (isDown) return void socket.close();
    sockets.push(socket);
    socket.connectToServer();
  });
  await page.reload();
  await window.openFolder(workspace.path);
  const address = await window.serverAddress();
  const request = async (n: number): Promise<string> => (await fetch(`${address}/index.html?n=${n}`)).text();
  await request(1);
  await expect(window.row(1)).toBeVisible();
  isDown = true;
  for (const socket of sockets) await socket.close();
  await expect(page.getByRole("alert").filter({ hasText: "Reconnecting" })).toBeVisible();
  for (const n of [2, 3, 4]) await request(n);
  await expect(window.row(1), "the list stays").toBeVisible();
  isDown = false;
  await expect(window.row(4)).toBeVisible();
  await request(5);
  await expect(window.row(5)).toBeVisible();
  const rows = await window.traces
    .locator('[role="row"][data-seq]')
    .evaluateAll((elements) => elements.map((row) => row.getAttribute("data-seq")));
  expect(rows).toEqual(["5", "4", "3", "2", "1"]);
});

test("nothing takes the focus while somebody types", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  const address = await window.serverAddress();
  const { page, target } = window;
  await target.fill("");
  await target.focus();
  const words = "/cgi-bin/hello.py?name=somebody";
  for (const [index, letter] of [...words].entries()) {
    await page.keyboard.type(letter);
    if (index === 5) await fetch(`${address}/cgi-bin/hello.py`); // a new trace, which the inspector shows
    if (index === 10) workspace.write("cgi-workbench.json", "{ wrong"); // a problem
    if (index === 15) workspace.write("cgi-bin/new.py", "print()\n"); // a new file
    if (index === 20) await fetch(`${address}/no/such/page`); // a failure
  }
  await expect(window.row(2)).toBeVisible();
  await expect(window.statusBar.getByRole("button", { name: /problem/ })).toBeVisible();
  await expect(window.file("cgi-bin/new.py")).toBeVisible();
  await expect(target).toBeFocused();
  await expect(target).toHaveValue(words);
});

test("a page that loads leaves the keyboard to the editor", { tag: "@electron" }, async ({ app, window }) => {
  if (!isElectron(app)) throw new Error("a browser shows the page in a frame");
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/say.py");
  await window.send("/cgi-bin/say.py?body=shown");
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
  const before = await expectPreview(app, "shown");
  await window.setSendOnSave(true);
  await window.editor.locator(".view-lines").click();
  await app.page.keyboard.press("ControlOrMeta+End");
  await app.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.focus());
  const hadKeyboard = await hasKeyboard(app); // without a window manager no window has it
  await app.page.keyboard.insertText("#once");
  await app.page.keyboard.press("ControlOrMeta+S");
  await expect.poll(async () => (await previewedPage(app)) === before).toBe(false);
  await expectPreview(app, "shown");
  expect(await hasKeyboard(app)).toBe(hadKeyboard);
  await app.page.keyboard.insertText("more");
  await expect(window.editor).toContainText("#oncemore");
});

test("opening that takes long says so and can be cancelled", { tag: "@browser" }, async ({ window }) => {
  // What goes over a MessagePort cannot be held up from outside.
  using workspace = copyWorkspace("basic");
  const { page } = window;
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (message.toString().includes("/workspace/open")) held.push(() => server.send(message));
      else server.send(message);
    });
  });
  await page.reload();
  await window.askForFolder(workspace.path);
  const card = page.getByRole("dialog", { name: "Open a folder" }).getByRole("status");
  await expect(card).toContainText(`Opening ${workspace.path}…`);
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(card).toHaveCount(0);
  await expect(window.failure(/Opening was cancelled/)).toBeVisible();
  expect(held.length).toBe(1);

  await page.getByRole("button", { name: "Open this folder" }).click();
  await expect(card).toContainText("Opening");
  await waitFor("the second wish", () => held.length === 2);
  held[1]?.();
  await expect(window.files).toBeVisible();
  await expect(card).toHaveCount(0);
});

/** A task of the page that takes longer is felt. By the processor's time: others have the processors too, at times. */
const stallBoundMs = 200;

test("five thousand scripts: all listed, none of another folder meanwhile, and nothing stalls", async ({
  app,
  window,
  folder,
}) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  for (let group = 0; group < 200; group++) {
    const path = `many/cgi-bin/group-${String(group).padStart(3, "0")}`;
    folder.makeFolder(path);
    for (let n = 0; n < 25; n++) folder.write(`${path}/script-${n}.sh`, "#!/bin/sh\n");
  }
  await window.openFolder(workspace.path);
  await window.openFile("index.html"); // the editor's code takes its time once, whatever the folder
  await window.editor.locator(".view-line").first().waitFor();
  const watched = await page.evaluateHandle(() => {
    const seen = { mixed: 0 };
    const look = (): void => {
      const name = document.querySelector('header button[aria-label^="Folder "]')?.getAttribute("aria-label") ?? "";
      if (name.includes("many") && document.getElementById("file:index.html")) seen.mixed++;
      requestAnimationFrame(look);
    };
    look();
    return seen;
  });
  const record = await recordMainThread(page);
  await window.askForAnotherFolder(folder.file("many"));
  await expect(window.file("cgi-bin/group-000")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter files" }).pressSequentially("script");
  await expect(page.getByRole("status").filter({ hasText: "5,000 of 5,000" })).toBeVisible();
  await window.files.hover();
  for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, 3000);
  await window.files.press("End");
  await expect(window.file("cgi-bin/group-199/script-24.sh")).toBeVisible();
  const { longestMs, longestCpuMs } = await record();
  const { mixed } = await watched.jsonValue();
  console.log(
    `${app.kind}: 5,000 scripts, longest task ${Math.round(longestMs)} ms, by processor time ${Math.round(longestCpuMs)} ms`,
  );
  expect(mixed, "frames with the files of the folder before").toBe(0);
  expect(longestCpuMs).toBeLessThan(stallBoundMs);
});

test("copying the examples and saving that take long say so and can be cancelled", { tag: "@browser" }, async ({
  window,
  folder,
}) => {
  // What goes over a MessagePort cannot be held up from outside.
  using workspace = copyWorkspace("basic");
  const { page } = window;
  let isHeld = true;
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (!isHeld || !/\/samples\/copy|\/files\/write/.test(message.toString())) server.send(message);
    });
  });
  await page.reload();
  await page.getByRole("button", { name: "Try the examples…" }).click();
  const dialog = page.getByRole("dialog", { name: "Try the examples" });
  await dialog.getByRole("textbox", { name: "Folder for the examples" }).fill(folder.file("copy"));
  await dialog.getByRole("button", { name: "Copy and open" }).click();
  await expect(dialog.getByRole("status")).toContainText(`Copying the examples to ${folder.file("copy")}…`);
  await dialog.getByRole("status").getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Changes made before you cancelled were kept");
  await window.dismiss();

  await window.openFolder(workspace.path);
  await window.openFile("index.html");
  await window.editor.locator(".view-line").first().waitFor();
  await window.type("<!-- mine -->");
  await page.keyboard.press("ControlOrMeta+S");
  const saving = page
    .getByRole("region", { name: "Notices" })
    .getByRole("status")
    .filter({ hasText: "Saving index.html…" });
  await saving.getByRole("button", { name: "Cancel" }).click();
  await expect(window.failure(/Changes made before you cancelled were kept/)).toBeVisible();
  expect(workspace.read("index.html")).not.toContain("mine");
  isHeld = false;
  await page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("index.html")).toContain("mine");
});

test("empty places say what to do next", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await window.openFolder(workspace.path);
  const address = await window.serverAddress();
  await expect(page.getByRole("region", { name: "Editor" })).toContainText("Select a script on the left");
  await expect(page.getByText("No trace selected")).toBeVisible();
  await expect(page.getByText("Send a request, or select one in the list")).toBeVisible();
  await expect(page.getByRole("region", { name: "Traces" })).toContainText(`curl -i ${address}/`);
  await expect(await window.latency()).toContainText("begins with the first response");
  await page.getByRole("button", { name: "Send a first request" }).click();
  await expect(window.traceHeading).toHaveAccessibleName("#1 GET /");
  await expect(window.row(1)).toHaveAttribute("data-outcome", "ok");
});

test("the palette: every command with its key, what was used last first, scattered letters, and why one cannot be run", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await window.openFolder(workspace.path);
  const palette = page.getByRole("dialog", { name: "Search files and commands" });
  const field = palette.getByRole("combobox");
  await page.keyboard.press("F1");
  await expect(palette.getByRole("option", { name: /^Send request.*Ctrl ⏎|⌘/ })).toHaveCount(1);
  await expect(palette.getByRole("option", { name: /^Stop request No request is running\./ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await field.fill("soh files");
  await expect(palette.getByRole("option").first()).toContainText("Show or hide files");
  await page.keyboard.press("Enter");
  await expect(window.files).toHaveCount(0);
  await page.keyboard.press("F1");
  await expect(palette.getByRole("option").first()).toContainText("Show or hide files");
  await page.keyboard.press("Enter");
  await expect(window.files).toBeVisible();
});
