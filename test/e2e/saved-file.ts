// What the window saves as a file, in both shells.
import type { TempFolder } from "../support/temp-workspace.js";
import { isElectron } from "./previewed-page.js";
import type { RunningShell } from "./running-shell.js";

/**
 * What a press saves as a file: its name and text; its bytes are then in the file `saved`. The desktop app would ask
 * where; here it is told.
 */
export async function savedBy(
  app: RunningShell,
  folder: TempFolder,
  press: () => Promise<void>,
): Promise<{ readonly name: string; readonly text: string }> {
  if (!isElectron(app)) {
    const [download] = await Promise.all([app.page.waitForEvent("download"), press()]);
    await download.saveAs(folder.file("saved"));
    return { name: download.suggestedFilename(), text: folder.read("saved") };
  }
  // Whoever waits is there before the press: both ways into the app are connections of their own.
  const saved = await app.application.evaluateHandle(
    ({ BrowserWindow }, path) => ({
      name: new Promise<string>((resolve, reject) => {
        BrowserWindow.getAllWindows()[0]?.webContents.session.once("will-download", (_event, item) => {
          item.setSavePath(path);
          item.once("done", (_done, state) =>
            state === "completed" ? resolve(item.getFilename()) : reject(new Error(state)),
          );
        });
      }),
    }),
    folder.file("saved"),
  );
  await press();
  return { name: await saved.evaluate(({ name }) => name), text: folder.read("saved") };
}
