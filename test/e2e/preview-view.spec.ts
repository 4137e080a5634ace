// The desktop app's native view: it is where the page has room for it, gives way to
// what opens above, and goes when it is left.
import { copyWorkspace } from "../support/temp-workspace.js";
import type { ElectronShell } from "./electron-shell.js";
import { expectPreview, isElectron, previewedPage } from "./previewed-page.js";
import { expect, test } from "./shell.js";

interface ViewState {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isVisible: boolean;
}

/** Notes what is asked of every view from now on: not every Electron can be asked whether a view is visible. */
const watchViews = (app: ElectronShell): Promise<void> =>
  app.application.evaluate(({ WebContentsView }) => {
    const { setVisible } = WebContentsView.prototype;
    WebContentsView.prototype.setVisible = function (visible) {
      Object.assign(this, { isShown: visible });
      setVisible.call(this, visible);
    };
  });

const viewState = (app: ElectronShell): Promise<ViewState | null> =>
  app.application.evaluate(({ BrowserWindow }) => {
    const view = BrowserWindow.getAllWindows()[0]?.contentView.children.find((child) => "isShown" in child);
    return view && "isShown" in view ? { ...view.getBounds(), isVisible: view.isShown === true } : null;
  });

test("the view is where the page has room for it, and hidden under what opens above", { tag: "@electron" }, async ({
  app,
  window,
}) => {
  if (!isElectron(app)) throw new Error("a browser shows the page in a frame");
  using workspace = copyWorkspace("pages");
  await watchViews(app);
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/say.py?body=shown");
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
  await expectPreview(app, "shown");

  const box = panel.getByRole("group", { name: "Preview" });
  const difference = async (): Promise<number> => {
    const [view, room, zoom] = [await viewState(app), await box.boundingBox(), await zoomOf(app)];
    if (!view?.isVisible || !room) return Number.POSITIVE_INFINITY;
    return Math.max(
      ...(["x", "y", "width", "height"] as const).map((side) => Math.abs(view[side] - room[side] * zoom)),
    );
  };
  const isVisible = async (): Promise<boolean | undefined> => (await viewState(app))?.isVisible;
  await expect.poll(difference).toBeLessThan(2);

  // Resized, by the window and by a separator.
  await app.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1500, 900));
  await expect.poll(async () => (await box.boundingBox())?.height).toBeGreaterThan(200);
  await expect.poll(difference).toBeLessThan(2);
  await app.page.getByRole("separator", { name: "Width of inspector" }).focus();
  const narrow = (await viewState(app))?.width ?? 0;
  for (let step = 0; step < 3; step++) await app.page.keyboard.press("ArrowLeft");
  await expect.poll(async () => (await viewState(app))?.width).toBeGreaterThan(narrow);
  await expect.poll(difference).toBeLessThan(2);

  // Under a menu, the palette, a dialog, and whatever else there may be.
  await window.trace.getByRole("button", { name: "More actions" }).click();
  await expect.poll(isVisible).toBe(false);
  // A picture of the page stays in its place.
  const picture = box.locator("img");
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((element) => (element instanceof HTMLImageElement ? element.naturalWidth : 0)))
    .toBeGreaterThan(100);
  await app.page.keyboard.press("Escape");
  await expect.poll(isVisible).toBe(true);
  await app.page.keyboard.press("ControlOrMeta+K");
  await expect.poll(isVisible).toBe(false);
  await app.page.keyboard.press("Escape");
  await expect.poll(isVisible).toBe(true);
  await app.page.getByRole("button", { name: "New file" }).click();
  await expect.poll(isVisible).toBe(false);
  await app.page.keyboard.press("Escape");
  await expect.poll(isVisible).toBe(true);
  await app.page.evaluate(() => {
    const cover = document.createElement("div"); // nothing that the page knows of
    cover.id = "cover";
    cover.style.cssText = "position:fixed;inset:0;z-index:99;background:#808080";
    document.body.append(cover);
  });
  await expect.poll(isVisible).toBe(false);
  await app.page.evaluate(() => document.getElementById("cover")?.remove());
  await expect.poll(isVisible).toBe(true);

  // Zoomed: the same pixels of the page are others of the window.
  await app.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1.25),
  );
  await expect.poll(() => zoomOf(app)).toBe(1.25);
  await expect.poll(difference).toBeLessThan(3);
  await expect.poll(async () => (await previewedPage(app))?.evaluate(() => devicePixelRatio)).toBeCloseTo(1.25);

  // The keyboard goes into the page and comes back.
  await box.focus();
  await app.page.keyboard.press("Enter");
  const page = await previewedPage(app);
  await expect.poll(() => page?.evaluate(() => document.hasFocus())).toBe(true);
  await app.application.evaluate(({ webContents }) => {
    const view = webContents.getAllWebContents().find((contents) => contents.getURL().startsWith("http"));
    for (const type of ["keyDown", "keyUp"] as const) view?.sendInputEvent({ type, keyCode: "F6" });
  });
  await expect.poll(() => app.page.evaluate(() => document.hasFocus())).toBe(true);

  // Left for another view, the page is gone; so it is after a reload of the window.
  await window.tab("X-ray");
  await expect.poll(() => viewState(app)).toBeNull();
  await expect.poll(() => previewedPage(app)).toBeNull();
  await window.tab("Response");
  await expectPreview(app, "shown");
  await app.page.reload();
  await expect.poll(() => viewState(app)).toBeNull();
});

const zoomOf = (app: ElectronShell): Promise<number> =>
  app.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 1);

test("a page whose process ends says so, and is shown again (B16)", { tag: "@electron" }, async ({ app, window }) => {
  if (!isElectron(app)) throw new Error("a browser shows the page in a frame");
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/say.py?body=shown");
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
  await expectPreview(app, "shown");
  const pid = await app.application.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((contents) => contents.getURL().startsWith("http"))
      ?.getOSProcessId(),
  );
  if (pid === undefined) throw new Error("the page has a process");
  process.kill(pid, "SIGKILL");
  const gone = panel.getByRole("alert").filter({ hasText: "The page’s process ended" });
  await expect(gone).toBeVisible();
  await gone.getByRole("button", { name: "Show it again" }).click();
  await expect(gone).toHaveCount(0);
  await expectPreview(app, "shown");
});
