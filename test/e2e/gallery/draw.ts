// One picture of the window as a person sees it. In Electron a page's preview is a view of its own above
// the window's page: both are put together.
import type { Page } from "@playwright/test";
import { isElectron } from "../previewed-page.js";
import type { RunningShell } from "../running-shell.js";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export async function resize(app: RunningShell, size: Size): Promise<void> {
  if (!isElectron(app)) return app.page.setViewportSize(size);
  await app.application.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
    size,
  );
  await app.page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
}

/** Two frames after the last change, with fonts and pictures there. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
  });
}

/** A PNG. */
export async function draw(app: RunningShell): Promise<Buffer> {
  if (!isElectron(app)) return app.page.screenshot({ animations: "disabled", caret: "hide" });
  const png = await app.application.evaluate(async ({ BrowserWindow, nativeImage, WebContentsView }) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (!window) throw new Error("there is no window");
    const whole = await window.webContents.capturePage();
    const { width, height } = whole.getSize();
    const pixels = whole.toBitmap();
    for (const view of window.contentView.children) {
      if (!(view instanceof WebContentsView) || view.webContents === window.webContents) continue;
      const part = await view.webContents.capturePage();
      const [from, { x, y }, { width: rowLength, height: rows }] = [part.toBitmap(), view.getBounds(), part.getSize()];
      for (let row = 0; row < Math.min(rows, height - y); row++)
        from.copy(
          pixels,
          ((y + row) * width + x) * 4,
          row * rowLength * 4,
          (row * rowLength + Math.min(rowLength, width - x)) * 4,
        );
    }
    return nativeImage.createFromBitmap(pixels, { width, height }).toPNG().toString("base64");
  });
  return Buffer.from(png, "base64");
}
