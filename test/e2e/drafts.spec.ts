// Unsaved edits are kept with the window. Where there is no room for them, the window asks before it drops them.
import type { Page } from "@playwright/test";
import { expect, test } from "./shell.js";

/** Fills localStorage; what is left is less than `room`. */
const leaveRoom = (page: Page, room: number): Promise<void> =>
  page.evaluate((room) => {
    let [key, text] = ["filler", "x".repeat(1 << 20)];
    while (text.length >= room) {
      try {
        localStorage.setItem(key, text);
        key += "+";
      } catch {
        text = text.slice(text.length >> 1);
      }
    }
  }, room);

/** The page asks before it is loaded again, and stays. */
async function expectToBeAsked(page: Page): Promise<void> {
  const asked: string[] = [];
  page.once("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.evaluate(() => location.reload());
  await expect.poll(() => asked).toEqual(["beforeunload"]);
}

test("a reload asks before it drops edits that there was no room for, also after others were kept", {
  tag: "@browser",
}, async ({ app, window, folder }) => {
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/large.sh", `#!/bin/sh\n${"# a line that is not short\n".repeat(8000)}`);
  folder.write("site/cgi-bin/small.sh", "#!/bin/sh\n");
  await window.openFolder(folder.file("site"));
  await leaveRoom(app.page, 16_384);
  await window.openFile("cgi-bin/large.sh");
  await window.editor.getByText("a line that is not short").first().waitFor();
  await window.type("# large edit\n");
  await window.openFile("cgi-bin/small.sh");
  await window.type("# small edit\n");
  await expect(window.editor).toContainText("# small edit");
  await expectToBeAsked(app.page);
});

test("edits that there was no room for are there when their folder is opened again", { tag: "@browser" }, async ({
  app,
  window,
  folder,
}) => {
  folder.makeFolder("site");
  folder.makeFolder("other");
  folder.write("site/large.txt", "a line that is not short\n".repeat(8000));
  folder.write("other/other.txt", "other\n");
  await window.openFolder(folder.file("site"));
  await leaveRoom(app.page, 16_384);
  await window.openFile("large.txt");
  await window.editor.getByText("a line that is not short").first().waitFor();
  await window.type("large edit\n");
  await window.askForAnotherFolder(folder.file("other"));
  await expect(window.file("other.txt")).toBeVisible();
  await expectToBeAsked(app.page);
  await window.askForAnotherFolder(folder.file("site"));
  await expect(window.editor).toContainText("large edit");
  await expect(app.page.getByRole("tab", { name: "large.txt, unsaved" })).toBeVisible();
});

test("what is typed while a file is saved to be closed is asked about, and then the next file", {
  tag: "@browser", // what goes over a MessagePort cannot be held up from outside
}, async ({ window, folder }) => {
  const { page } = window;
  folder.makeFolder("site");
  for (const name of ["one", "two", "three"]) folder.write(`site/${name}.txt`, `${name}\n`);
  let isHeld = true;
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    socket.connectToServer().onMessage((message) => {
      if (isHeld && message.toString().includes('"kind":"saved"')) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  await page.reload();
  await window.openFolder(folder.file("site"));
  for (const name of ["one", "two"]) {
    await window.openFile(`${name}.txt`);
    await expect(window.editor).toContainText(name);
    await window.type("first_");
  }
  await window.file("three.txt").dblclick();
  const tabs = page.getByRole("tablist", { name: "Open files" }).getByRole("tab");
  await tabs.nth(2).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Close others" }).click();
  const question = (name: string) => page.getByRole("dialog", { name: `Save the edits in ${name}.txt?` });
  await question("one").getByRole("button", { name: "Save and close" }).click();
  await expect.poll(() => held.length).toBe(1);
  await tabs.first().click();
  await expect(window.editor).toContainText("first_one");
  await window.type("second_");
  isHeld = false;
  for (const release of held) release();
  await question("one").getByRole("button", { name: "Save and close" }).click();
  await question("two").getByRole("button", { name: "Discard edits" }).click();
  await expect(tabs).toHaveText(["three.txt"]);
  expect(folder.read("site/one.txt")).toBe("second_first_one\n");
  expect(folder.read("site/two.txt")).toBe("two\n");
});
