// A script behind a WebSocket: the composer connects, its messages and those of the script come with their directions,
// and the connection ends by the script or by the person.
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

const script = `#!/usr/bin/env python3
import sys
print("Hello", flush=True)
for line in sys.stdin:
    word = line.strip()
    if word == "bye":
        break
    if word == "many":
        print("\\n".join(str(n) for n in range(1200)), flush=True)
    print("You said: " + word, flush=True)
`;

test("connect, talk, and see the script end", async ({ window }) => {
  test.setTimeout(120_000); // it connects three times, and lays out 1,206 rows
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/chat.py", script);
  workspace.makeExecutable("cgi-bin/chat.py");
  const configured = { scripts: { "cgi-bin/chat.py": { mode: "websocket" } } };
  workspace.write("cgi-workbench.json", JSON.stringify(configured));
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.openFile("cgi-bin/chat.py");
  await page.getByRole("button", { name: "Connect" }).click();
  const messages = page.getByRole("table", { name: "Messages" });
  await expect(messages.locator("[data-from=script]")).toHaveText([/Hello$/]);
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill("grüß dich");
  await field.press("Enter");
  await expect(messages.locator("[data-from=client]")).toHaveText([/grüß dich$/]);
  await expect(messages.locator("[data-from=script]")).toHaveText([/Hello$/, /You said: grüß dich$/]);
  expect(await examine(page, "messages of a WebSocket")).toEqual([]);
  await field.fill("many");
  await field.press("Enter");
  await expect(messages.locator("tr")).toHaveCount(500);
  const earlier = page.getByRole("button", { name: "Show 500 of 705 earlier messages" });
  await expect(messages.locator("tr").last()).toBeInViewport();
  await earlier.click();
  await page.getByRole("button", { name: "Show all 205 earlier messages" }).click();
  await expect(messages.locator("tr")).toHaveCount(1205);
  await field.fill("bye");
  await field.press("Enter");
  await expect(field).toHaveCount(0); // the script has ended
  await expect(messages.locator("tr")).toHaveCount(1206);
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(messages.locator("tr")).toHaveCount(500); // another trace, with the same messages
  await expect(page.getByText("1,206 messages")).toBeVisible();
  await page.getByRole("button", { name: "Connect" }).click();
  await expect(messages.locator("tr")).toHaveCount(1);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(field).toHaveCount(0);
});
