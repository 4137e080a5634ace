// The way of a first request: open a folder, send, look at every view; change a
// line, see the change; break it, be told why.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

test("open a folder, send, and every view tells the same truth", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await expect(window.target).toHaveValue("/cgi-bin/hello.py");
  const seq = await window.send("/cgi-bin/hello.py/from/here?name=Ada");
  await expect(window.row(seq)).toHaveAttribute("data-outcome", "ok");
  await expect(window.row(seq)).toContainText("200");
  await expect(window.status).toContainText("200");

  const xray = await window.tab("X-ray");
  const request = xray.getByRole("region", { name: "Request" });
  await expect(request.locator('[data-variable="SCRIPT_NAME"]')).toHaveText("/cgi-bin/hello.py");
  await expect(request.locator('[data-variable="PATH_INFO"]')).toHaveText("/from/here");
  await expect(request.locator('[data-variable="QUERY_STRING"]')).toContainText("name=Ada");
  const environment = xray.getByRole("region", { name: "Environment" });
  await expect(environment).toContainText("/cgi-bin/hello.py");
  await expect(environment.locator('[data-variable="PATH_INFO"]').first()).toBeVisible();
  const output = xray.getByRole("region", { name: "Script output" });
  await expect(output.locator('[data-line="header"]')).toHaveCount(2);
  await expect(output.locator('[data-line="empty-line"]')).toContainText(/end of headers, at [\d.]+ m?s/);
  await expect(output.locator('[data-line="body"]').first()).toContainText("Hello, Ada!");
  await expect(xray.getByRole("region", { name: "Gateway" }).locator('[data-change="added"]').first()).toBeVisible();
  await expect(xray.getByRole("region", { name: "To the client" }).locator('[data-part="status-line"]')).toContainText(
    "HTTP/1.1 200 OK",
  );

  const env = await window.tab("Env");
  const table = env.getByRole("table", { name: "Environment variables" });
  const row = (name: string) => table.getByRole("row", { name: new RegExp(`^${name}\\b`) });
  await expect(row("QUERY_STRING")).toContainText("name=Ada");
  await expect(row("QUERY_STRING")).toContainText("request line");
  await expect(row("REQUEST_METHOD")).toContainText("GET");
  await expect(row("GATEWAY_INTERFACE")).toHaveCount(0);
  await table.getByRole("button", { name: /^Server \d+$/ }).click();
  await expect(row("GATEWAY_INTERFACE")).toContainText("CGI/1.1");
  await env.getByRole("searchbox", { name: "Filter variables" }).fill("PATH_INFO");
  await expect(row("QUERY_STRING")).toHaveCount(0);
  await expect(row("PATH_INFO")).toContainText("/from/here");

  await expect(await window.tab("Stdin")).toContainText("No bytes.");

  await window.tab("Stdout");
  const stdout = window.bytes("Stdout");
  await expect(stdout).toContainText("Content-Type: text/plain; charset=utf-8");
  await expect(stdout).toContainText("Hello, Ada!");
  await window.showAs(stdout, "Hex");
  await expect(stdout).toContainText(/43 6f 6e 74/i);
  await window.showAs(stdout, "Text");

  await window.tab("Stderr");
  await expect(window.bytes("Stderr")).toContainText("greeting Ada");

  const response = await window.tab("Response");
  await expect(response.getByRole("list", { name: "Response headers" })).toContainText("X-Greeter");
  await expect(window.bytes("Response")).toContainText("Hello, Ada!");

  const timing = await window.tab("Timing");
  await expect(timing.getByRole("table", { name: "Phases" }).getByRole("row").nth(3)).toBeVisible();
  await expect(timing.getByRole("list", { name: "Process" })).toContainText(/\d/);

  const graph = await window.latency();
  await expect(graph.getByRole("button", { name: new RegExp(`^#${seq}, 200`) })).toBeVisible();
});

test("change a line, save, send: the change is there", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  await window.openFile("cgi-bin/hello.py");
  await window.send();
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("Hello, world!");

  const changed = workspace.read("cgi-bin/hello.py").replace("Hello, {name}!", "Good day, {name}.");
  await window.rewrite(changed);
  await expect.poll(() => workspace.read("cgi-bin/hello.py")).toBe(changed);
  await window.send();
  await expect(window.bytes("Response")).toContainText("Good day, world.");
});

test("a save sends the last request again by itself, and the views follow", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  const first = await window.send();
  await window.tab("Response");
  await window.rewrite(workspace.read("cgi-bin/hello.py").replace("Hello, {name}!", "Good day, {name}."));
  await expect(window.bytes("Response")).toContainText("Good day, world.");
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${first + 1} `));
});

test("break it: the traceback in Stderr, the 500 explained, the trace kept", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  await window.openFile("cgi-bin/hello.py");
  const first = await window.send();
  const whole = workspace.read("cgi-bin/hello.py");
  const broken = whole.replace("query = ", "query = no_such_name or ");
  await window.rewrite(broken);
  await expect.poll(() => workspace.read("cgi-bin/hello.py")).toBe(broken);
  const second = await window.send();
  await expect(window.status).toContainText("500");
  await expect(window.row(second)).toHaveAttribute("data-outcome", "crashed");

  const xray = await window.tab("X-ray");
  const happened = xray.getByRole("group", { name: "What happened" });
  await expect(happened).toContainText(/crash|exit|ended/i);
  await expect(happened.locator('[data-part="stderr-tail"]')).toContainText("NameError");
  await expect(happened).toHaveAttribute("data-severity", "error");
  await window.tab("Stderr");
  await expect(window.bytes("Stderr")).toContainText("Traceback (most recent call last)");
  await expect(window.bytes("Stderr")).toContainText("no_such_name");

  await window.row(first).click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${first} `));
  await expect(window.status).toContainText("200");

  await window.rewrite(whole);
  await expect.poll(() => workspace.read("cgi-bin/hello.py")).toBe(whole);
  await window.send();
  await expect(window.status).toContainText("200");
});

test("a form by POST, its bytes on stdin", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/sum.py");
  await window.setMethod("POST");
  await window.setBody("a=19&b=23");
  const seq = await window.send("/cgi-bin/sum.py");
  await expect(window.row(seq)).toHaveAttribute("data-outcome", "ok");
  await window.tab("Stdin");
  await expect(window.bytes("Stdin")).toContainText("a=19&b=23");
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("42");
});

test("a change from outside reaches the editor, an edit against it is not lost", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/env.sh");
  await expect(window.editor).toContainText("The environment, as it is.");
  workspace.write("cgi-bin/env.sh", "#!/bin/sh\n# Changed outside.\nprintf 'Content-Type: text/plain\\n\\nnew\\n'\n");
  await expect(window.editor).toContainText("Changed outside.");

  await window.type("# mine\n");
  workspace.write("cgi-bin/env.sh", "#!/bin/sh\n# Changed again.\nprintf 'Content-Type: text/plain\\n\\nnewer\\n'\n");
  await expect(window.conflict).toBeVisible();
  await expect(window.editor).toContainText("# mine");
  await window.page.keyboard.press("ControlOrMeta+S");
  expect(workspace.read("cgi-bin/env.sh")).toContain("Changed again.");
});
