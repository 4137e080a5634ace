// The editor knows the names of CGI: it completes them while they are typed, and
// explains them with the last request's values.
import { expect, test } from "./shell.js";

const script = `#!/usr/bin/env python3
import os
print("Content-Type: text/plain\\n")
print(os.environ["REQUEST_METHOD"])
`;

test("variables with the values of the last request, headers and their values", async ({ window, folder }) => {
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/a.py", script);
  folder.makeExecutable("site/cgi-bin/a.py");
  await window.openFolder(folder.file("site"));
  await window.openFile("cgi-bin/a.py");
  await window.send("/cgi-bin/a.py?name=Ada");
  const { keyboard } = window.page;
  const suggestions = window.page.locator(".suggest-widget.visible");
  const chosen = suggestions.locator(".monaco-list-row.focused");

  await window.editor.locator(".view-lines").click();
  await keyboard.press("ControlOrMeta+End");
  await keyboard.type('query = os.environ["QUERY');
  await expect(chosen).toHaveAccessibleName(/^QUERY_STRING.*name=Ada/);
  await keyboard.press("Enter");
  await expect(window.editor).toContainText('query = os.environ["QUERY_STRING');

  await keyboard.press("End");
  await keyboard.press("Enter");
  await keyboard.type('print("Cache-Con');
  await expect(chosen).toHaveAccessibleName(/^Cache-Control/);
  await keyboard.press("Enter");
  await keyboard.type("no-s");
  await expect(chosen).toHaveAccessibleName(/^no-store/);
  await keyboard.press("Enter");
  await expect(window.editor).toContainText('print("Cache-Control: no-store');
  await keyboard.press("Escape"); // a list that is still open would be in the way of the card

  const card = window.page.locator(".monaco-hover:visible");
  // A mark of the doctor's that comes meanwhile closes the card: the pointer comes again.
  await expect(async () => {
    await window.editor.getByText("import", { exact: true }).hover();
    await window.editor.getByText("REQUEST_METHOD", { exact: true }).hover();
    await expect(card).toContainText("GET, POST and so on", { timeout: 3000 });
  }).toPass();
  await expect(card).toContainText("RFC 3875 §4.1.12");
  await expect(card).toContainText("Request #1: GET");
});
