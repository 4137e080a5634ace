// What a page in the preview could put over the window: the print dialog and pickers of files are
// not there for it, and it goes on at once.
import { tempFolder } from "../support/temp-workspace.js";
import { expectPreview } from "./previewed-page.js";
import { expect, test } from "./shell.js";

const page = `<button id="try">try</button><p id="found"></p><iframe id="inner"></iframe><script>
document.getElementById("try").onclick = async () => {
  const found = {};
  print();
  document.getElementById("inner").contentWindow.print();
  found.print = "returned";
  for (const name of ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"])
    found[name] = name in self ? await self[name]().then(() => "opened", (error) => error.name) : "missing";
  found.clipboard = await navigator.clipboard.readText().then(() => "read", (error) => error.name);
  document.getElementById("found").textContent = JSON.stringify(found);
};
</script>`;

test("a page cannot print, pick files or read the clipboard, after a click either (R13)", async ({ app, window }) => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/page.sh", `#!/bin/sh\ncat <<'END'\nContent-Type: text/html\n\n${page}\nEND\n`);
  folder.makeExecutable("cgi-bin/page.sh");
  await window.openFolder(folder.path);
  await window.send("/cgi-bin/page.sh");
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
  const shown = await expectPreview(app, "try");
  await shown.locator("#try").click();
  await expect.poll(() => shown.locator("#found").textContent()).not.toBe("");
  const found: unknown = JSON.parse((await shown.locator("#found").textContent()) ?? "null");
  expect(found).toEqual({
    print: "returned",
    showOpenFilePicker: expect.stringMatching(/^(missing|SecurityError)$/),
    showSaveFilePicker: expect.stringMatching(/^(missing|SecurityError)$/),
    showDirectoryPicker: expect.stringMatching(/^(missing|SecurityError)$/),
    clipboard: "NotAllowedError",
  });
  // what the browser itself says of each attempt
  expect(app.complaints.splice(0).filter((words) => !/sandboxed|permissions policy/i.test(words))).toEqual([]);
});
