// The composer: what is typed is what the script gets, byte for byte, and
// everything that is added by itself can be seen.
import type { Locator } from "@playwright/test";
import { copyWorkspace, type TempFolder } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const scripts: Readonly<Record<string, string>> = {
  "guestbook.sh":
    "cat > /dev/null\nprintf 'Status: 303 See Other\\nLocation: /cgi-bin/show.sh?from=book\\nSet-Cookie: visitor=42; Path=/; HttpOnly\\n\\n'",
  "show.sh": 'printf \'Content-Type: text/plain\\n\\n%s %s user=%s\' "$REQUEST_METHOD" "$HTTP_COOKIE" "$REMOTE_USER"',
  "take.sh": "printf 'Content-Type: text/plain\\n\\n%s\\n' \"$CONTENT_TYPE\"\ncat",
};

function workspaceWithScripts(): TempFolder {
  const workspace = copyWorkspace("basic");
  for (const [name, text] of Object.entries(scripts)) {
    workspace.write(`cgi-bin/${name}`, `#!/bin/sh\n${text}\n`);
    workspace.makeExecutable(`cgi-bin/${name}`);
  }
  return workspace;
}

const composer = (window: WorkbenchWindow): Locator =>
  window.page.getByRole("region", { name: "Request", exact: true });

const part = (window: WorkbenchWindow, name: string): Promise<void> => window.showPart(name);

async function chooseBody(window: WorkbenchWindow, kind: string): Promise<void> {
  await part(window, "Body");
  await composer(window).getByRole("combobox", { name: "Kind of body" }).selectOption({ label: kind });
}

/** Fills the last, still empty row of a table of pairs. */
async function addPair(window: WorkbenchWindow, what: string, name: string, value: string | null): Promise<void> {
  await composer(window)
    .getByRole("textbox", { name: `${what} name` })
    .or(composer(window).getByRole("combobox", { name: `${what} name` }))
    .last()
    .fill(name);
  if (value === null) return;
  const row = composer(window)
    .getByRole("group", { name: new RegExp(`^${what} \\d`) })
    .last();
  await row.getByLabel(`${what} value`).fill(value);
}

test("a form with umlauts arrives in UTF-8 and in ISO-8859-1, byte for byte", async ({ window }) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/guestbook.sh");
  await window.setMethod("POST");
  await chooseBody(window, "Form");
  await addPair(window, "Form field", "name", "Jürgen");
  await addPair(window, "Form field", "text", "Grüße & mehr");
  await window.send();
  await window.tab("Stdin");
  await expect(window.bytes("Stdin")).toContainText("name=J%C3%BCrgen&text=Gr%C3%BC%C3%9Fe+%26+mehr");
  await expect(window.status).toContainText("303");

  await composer(window).getByRole("combobox", { name: "Charset of the body" }).selectOption({ label: "ISO-8859-1" });
  await window.send();
  await expect(window.bytes("Stdin")).toContainText("name=J%FCrgen&text=Gr%FC%DFe+%26+mehr");
  await window.tab("Env");
  await expect(
    window.trace.getByRole("row", { name: /^CONTENT_TYPE application\/x-www-form-urlencoded/ }),
  ).toBeVisible();
});

test("text in ISO-8859-1 with CR LF", async ({ window }) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.setMethod("POST");
  await window.setBody("Zürich\nBasel");
  await composer(window).getByRole("combobox", { name: "Charset of the body" }).selectOption({ label: "ISO-8859-1" });
  await composer(window).getByRole("combobox", { name: "Line ends of the body" }).selectOption({ label: "CR LF" });
  await window.send("/cgi-bin/take.sh");
  await window.tab("Stdin");
  const stdin = window.bytes("Stdin");
  await expect(stdin).toHaveAttribute("data-bytes", "13");
  await window.showAs(stdin, "Hex");
  await expect(stdin).toContainText(/5a fc 72 69 63 68 0d 0a/i);
});

test("a multipart form with a file, and a file alone", async ({ window }) => {
  using workspace = workspaceWithScripts();
  workspace.write("upload.bin", Uint8Array.of(0, 255, 13, 10, 7));
  await window.openFolder(workspace.path);
  await window.setMethod("POST");
  await chooseBody(window, "Multipart form");
  await addPair(window, "Form field", "title", "Fähre");
  await addPair(window, "Form field", "upload", null);
  await composer(window).getByRole("button", { name: "Send a file as upload" }).click();
  await composer(window).getByLabel("File of upload").setInputFiles(workspace.file("upload.bin"));
  await expect(composer(window)).toContainText("upload.bin, 5 B");
  await window.send("/cgi-bin/take.sh");
  await window.tab("Env");
  await expect(
    window.trace.getByRole("row", {
      name: /^CONTENT_TYPE multipart\/form-data; boundary=----CgiWorkbench[0-9a-f]{16} /,
    }),
  ).toBeVisible();
  await window.tab("Stdin");
  await window.showAs(window.bytes("Stdin"), "Text");
  await expect(window.bytes("Stdin")).toContainText('Content-Disposition: form-data; name="upload"');
  await expect(window.bytes("Stdin").locator('[data-control="NUL"]')).toBeVisible();
  await expect(window.bytes("Stdin").locator('[data-invalid="ff"]')).toBeVisible();

  await chooseBody(window, "File");
  await composer(window).getByLabel("File of the body").setInputFiles(workspace.file("upload.bin"));
  await window.send();
  await expect(window.bytes("Stdin")).toHaveAttribute("data-bytes", "5");
  await window.showAs(window.bytes("Stdin"), "Hex");
  await expect(window.bytes("Stdin")).toContainText(/00 ff 0d 0a 07/i);
});

test("a cookie is kept, shown before it is sent, edited and removed; redirects are followed as linked traces", async ({
  window,
}) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.setMethod("POST");
  await part(window, "Redirects");
  await composer(window)
    .getByRole("checkbox", { name: /^Follow redirects/ })
    .check();
  await window.target.fill("/cgi-bin/guestbook.sh");
  await composer(window).getByRole("button", { name: "Send", exact: true }).click();
  await expect(window.traceHeading).toHaveAccessibleName("#2 GET /cgi-bin/show.sh?from=book");
  await expect(window.trace).toContainText("followed from #1");
  const way = composer(window).getByRole("list", { name: "Redirects of the last request" });
  await expect(way.getByRole("listitem")).toHaveText([
    "#1 POST /cgi-bin/guestbook.sh 303",
    "#2 GET /cgi-bin/show.sh?from=book 200",
  ]);
  await way.getByRole("button").first().click();
  await expect(window.traceHeading).toHaveAccessibleName("#1 POST /cgi-bin/guestbook.sh");
  await way.getByRole("button").last().click();
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("GET visitor=42 user=");

  await window.setMethod("GET");
  await window.target.fill("/cgi-bin/show.sh");
  await part(window, "Headers");
  await expect(composer(window)).toContainText("visitor=42");
  await part(window, "Cookies");
  await composer(window).getByRole("button", { name: "Edit cookie visitor" }).click();
  await composer(window).getByRole("textbox", { name: "Cookie value" }).fill("43");
  await composer(window).getByRole("button", { name: "Keep" }).click();
  await window.send();
  await expect(window.bytes("Response")).toContainText("GET visitor=43 user=");
  await composer(window).getByRole("button", { name: "Remove cookie visitor" }).click();
  await expect(composer(window).getByRole("list", { name: "Cookies" }).getByRole("listitem")).toHaveCount(0);
  await window.send();
  await expect(window.bytes("Response")).not.toContainText("visitor");
});

test("an environment variable and a sign-in reach the script, marked as the composer's", async ({ window }) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await part(window, "Variables");
  await addPair(window, "Environment variable", "REMOTE_ADDR", "203.0.113.9");
  await part(window, "Sign-in");
  await composer(window).getByRole("textbox", { name: "User" }).fill("ada");
  await composer(window).getByLabel("Password").fill("geheim");
  await composer(window).getByRole("checkbox", { name: "Set AUTH_TYPE and REMOTE_USER" }).check();
  await window.send("/cgi-bin/show.sh");
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("user=ada");
  await window.tab("Env");
  await expect(window.trace.getByRole("row", { name: "REMOTE_ADDR 203.0.113.9 composer RFC 3875" })).toBeVisible();
  await expect(window.trace.getByRole("row", { name: "REMOTE_USER ada composer RFC 3875" })).toBeVisible();
  await window.tab("X-ray");
  await expect(window.trace.getByRole("region", { name: "Request" })).toContainText(
    `Basic ${Buffer.from("ada:geheim").toString("base64")}`,
  );
  expect(await window.page.evaluate(() => JSON.stringify(localStorage))).not.toContain("geheim");
  // The password itself is not for scripts: the X-ray says what was kept from this one, and why.
  const hidden = window.trace.getByRole("region", { name: "Environment" }).locator(".xray-hidden");
  await hidden.getByText("not passed on").click();
  await expect(hidden).toContainText(/Authorization.*credentials|credentials/);
});

test("raw: what the fields would send, then malformed on purpose: a trace with its 400", async ({ window }) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.target.fill("/cgi-bin/show.sh?raw");
  await composer(window).getByRole("button", { name: "Raw", exact: true }).click();
  const raw = composer(window).getByRole("textbox", { name: "Raw request" });
  await expect(raw).toHaveValue(
    /^GET \/cgi-bin\/show\.sh\?raw HTTP\/1\.1\nHost: 127\.0\.0\.1:\d+\nConnection: close\n\n$/,
  );
  await window.send();
  await expect(window.status).toContainText("200");

  await raw.fill("GET /cgi-bin/show.sh HTTP/1.1\nHost: localhost\nno colon here\\xFF\n\n");
  await window.send();
  await expect(window.status).toContainText("400");
  await window.tab("X-ray");
  await expect(window.trace).toContainText("A header line has no colon");
  await expect(window.trace.getByTitle("The server refused the request because of these bytes")).toContainText(
    "no colon here",
  );
  await expect(window.trace.locator(".xray-malformed")).toHaveCount(1); // those bytes alone are underlined
  await composer(window).getByRole("button", { name: "Raw", exact: true }).click();
  await expect(window.target).toHaveValue("/cgi-bin/show.sh?raw");

  // The server read no headers of it, so the fields cannot hold it.
  await window.chooseForTrace("Edit and send again");
  await expect(raw).toHaveValue("GET /cgi-bin/show.sh HTTP/1.1\nHost: localhost\nno colon here\\xff\n\n");
});

test("history: what was sent for a script comes back, after a reload too", async ({ window }) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/show.sh");
  await expect(window.target).toHaveValue("/cgi-bin/show.sh");
  await window.send("/cgi-bin/show.sh?first");
  await window.setMethod("POST");
  await window.setBody("second body");
  await window.send("/cgi-bin/show.sh?second");
  await window.page.reload();
  await window.waitUntilServing();
  await window.openFile("cgi-bin/show.sh");
  await composer(window).getByRole("button", { name: "More ways to send" }).click();
  const items = window.page.getByRole("menuitem", { name: /show\.sh\?/ });
  await expect(items).toHaveCount(2);
  await items.nth(1).click();
  await expect(window.target).toHaveValue("/cgi-bin/show.sh?first");
  await expect(window.method).toHaveValue("GET");
  await composer(window).getByRole("button", { name: "More ways to send" }).click();
  await window.page.getByRole("menuitem", { name: /POST .*second body/ }).click();
  await part(window, "Body");
  await expect(composer(window).getByRole("textbox", { name: "Request body" })).toHaveValue("second body");
});
