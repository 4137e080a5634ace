// Characters that arrive wrongly: from the symptom to the step that breaks them, the explanation and the repaired text;
// the lab; and what headers and statuses mean, where they are shown.
import { readFileSync } from "node:fs";
import { repositoryRoot } from "../support/repository.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

const trap = readFileSync(`${repositoryRoot}/server/samples/files/cgi-bin/encoding.py`, "utf8");

test("the encoding trap, from the symptom through the explanation to the repaired page", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/encoding.py", trap);
  workspace.makeExecutable("cgi-bin/encoding.py");
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/encoding.py");
  // What the doctor finds later moves no tab.
  const places = () =>
    window.trace
      .getByRole("tablist")
      .getByRole("tab")
      .evaluateAll((tabs) =>
        tabs.map((tab) => `${tab.getAttribute("data-tab")} at ${Math.round(tab.getBoundingClientRect().left)}`),
      );
  const before = await places();
  await expect(window.trace.getByRole("tab", { name: /^Doctor \d/ })).toBeVisible();
  expect(await places()).toEqual(before);

  // The symptom has a cause, in words, and the cause has its bytes.
  const doctor = await window.tab("Doctor");
  const finding = doctor.locator('article[data-rule="not-utf-8"]');
  await expect(finding).toContainText("“Grüße”");
  await finding.getByRole("button", { name: "Follow the character through every step" }).click();
  const encoding = page.getByRole("region", { name: "Encoding" });
  await expect(encoding).toContainText("It breaks at “Written to stdout”");
  const written = encoding.locator('[data-step="written"]');
  await expect(written).toHaveAttribute("data-verdict", "breaks");
  await expect(written.locator('[data-part="bytes"]')).toContainText("fc df");
  await expect(encoding.locator('[data-step="shown"] [data-part="text"]')).toHaveText("Gr\ufffd\ufffde");
  await expect(encoding.getByRole("region", { name: "Repaired text" })).toContainText("Grüße an Jürgen");

  // Fixed and sent again: the tab shows it for the new trace.
  workspace.write("cgi-bin/encoding.py", trap.replace('else "latin-1"', 'else "utf-8"'));
  await window.send("/cgi-bin/encoding.py?name=J%C3%BCrgen");
  await expect(encoding).toContainText("arrives correctly");
  await expect(encoding.locator("[data-verdict=breaks]")).toHaveCount(0);
  await expect(encoding.locator('[data-step="handed-over"] [data-part="text"]')).toHaveText("J%C3%BCrgen");
  await expect((await window.tab("Doctor")).getByRole("article")).toHaveCount(0);
});

test("the lab: each step can be switched, and what arrives is seen at once", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/upper.pl");
  await window.runCommand("Open encoding lab");
  const encoding = page.getByRole("region", { name: "Encoding" });
  const lab = encoding.getByRole("group", { name: "Lab" });
  const arrives = encoding.getByRole("status");
  await expect(arrives).toHaveText("Grüße, 12 € arrives correctly.");

  await lab.getByRole("combobox", { name: "Content-Type declares", exact: true }).selectOption("no charset");
  await expect(arrives).toContainText("GrÃ¼ÃŸe, 12 â‚¬ arrives instead of");
  await expect(encoding.locator('[data-step="declared"]')).toHaveAttribute("data-verdict", "breaks");
  await lab.getByRole("combobox", { name: "Page’s <meta> declares", exact: true }).selectOption("utf-8");
  await expect(arrives).toContainText("arrives correctly");

  await lab.getByRole("combobox", { name: "Environment", exact: true }).selectOption("PYTHONIOENCODING=ascii");
  await expect(arrives).toHaveText("Nothing arrives: the script fails.");
  await expect(encoding.locator('[data-step="written"]')).toContainText("UnicodeEncodeError");

  await lab.getByRole("combobox", { name: "Language", exact: true }).selectOption("Perl");
  await lab.getByRole("combobox", { name: "Script encodes output", exact: true }).selectOption("utf-8");
  await expect(encoding.locator('[data-step="read"]')).toHaveAttribute("data-verdict", "breaks");
  await lab
    .getByRole("combobox", { name: "Script decodes input", exact: true })
    .selectOption("as utf-8, by its own code");
  await expect(arrives).toContainText("arrives correctly");
});

test("headers and statuses say what they mean, to the pointer and to the keyboard", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/upper.pl");
  const panel = await window.tab("Response");
  await window.runCommand("Show response headers");
  const names = panel.locator("[data-explained]");
  const words = page.locator('[data-part="explanation"]');
  await page.mouse.move(5, 5);
  await panel.getByRole("group", { name: "Response headers" }).focus();
  await page.keyboard.press("Tab");
  await expect(words).toContainText("200 OK It worked");
  await page.keyboard.press("ArrowDown");
  await expect(names.nth(1)).toBeFocused();
  await expect(words.last()).toContainText("Content-Type");
  await expect(words.last()).toContainText("RFC 9110 §8.3");
  await page.keyboard.press("Escape");

  const composer = page.getByRole("region", { name: "Request" }).or(page.locator(".composer")).first();
  await composer.getByRole("tab", { name: /^Headers/ }).click();
  await composer
    .getByRole("textbox", { name: "Header name" })
    .or(composer.getByRole("combobox", { name: "Header name" }))
    .first()
    .fill("If-None-Match");
  await expect(page.getByRole("status", { name: "What the header means" })).toContainText("the response is 304");
});
