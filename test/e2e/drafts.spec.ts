// Unsaved edits are kept with the window. Where there is no room for them, the window asks before it drops them.
import { expect, test } from "./shell.js";

test("a reload asks before it drops edits that there was no room for, also after others were kept", {
  tag: "@browser",
}, async ({ app, window, folder }) => {
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/large.sh", `#!/bin/sh\n${"# a line that is not short\n".repeat(8000)}`);
  folder.write("site/cgi-bin/small.sh", "#!/bin/sh\n");
  await window.openFolder(folder.file("site"));
  await app.page.evaluate((room) => {
    let [key, text] = ["filler", "x".repeat(1 << 20)];
    while (text.length >= room) {
      try {
        localStorage.setItem(key, text);
        key += "+";
      } catch {
        text = text.slice(text.length >> 1);
      }
    }
  }, 16_384);
  await window.openFile("cgi-bin/large.sh");
  await window.editor.getByText("a line that is not short").first().waitFor();
  await window.type("# large edit\n");
  await window.openFile("cgi-bin/small.sh");
  await window.type("# small edit\n");
  await expect(window.editor).toContainText("# small edit");
  const asked: string[] = [];
  app.page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await app.page.evaluate(() => location.reload());
  await expect.poll(() => asked).toEqual(["beforeunload"]);
});
