// A look inside a request: its script stopped at a breakpoint and at an exception, what other servers would do, and
// who asks over MCP.
import { expect } from "@playwright/test";
import type { Scene, Stage } from "./scene.js";
import { onUsualPort, postOrder, visit, writeScript } from "./steps.js";

const order = `#!/usr/bin/env python3
import os, sys
from urllib.parse import parse_qs

PRICES = {"tea": 3.20, "milk": 1.10, "bread": 2.95}

def total(lines):
    result = 0
    for name, count in lines[1:]:
        result += PRICES[name] * count
    return result

form = parse_qs(sys.stdin.read(int(os.environ.get("CONTENT_LENGTH") or 0)))
lines = [(name, int(values[0])) for name, values in form.items()]
print("Content-Type: text/html; charset=utf-8\\n", flush=True)
print("<h1>Your order</h1>", flush=True)
print("<p>Together", total(lines), "EUR</p>")
`;
const offers = `#!/usr/bin/env perl
print "Content-Type: text/html; charset=iso-8859-1\\n";
print "Set-Cookie: visits=3; Path=/\\n";
print "<!doctype html>\\n<h1>M\xf6bel</h1>\\n";
`;
const bar = ({ page }: Stage) => page.getByRole("region", { name: "Debugger", exact: true });
async function breakAt({ window, page }: Stage, line: number): Promise<void> {
  await window.editor.click();
  await page.keyboard.press("ControlOrMeta+G");
  await page.keyboard.type(`${line}`);
  await page.keyboard.press("Enter");
  await page.keyboard.press("F9");
}
export const inside: Scene = {
  name: "inside a request",
  shell: "browser",
  prepare: async (stage) => {
    const { window, folder } = stage;
    folder.makeFolder("shop/cgi-bin");
    writeScript(folder, "shop/cgi-bin/order.py", order);
    folder.write("shop/cgi-bin/offers.pl", Buffer.from(offers, "latin1"));
    folder.makeExecutable("shop/cgi-bin/offers.pl");
    await window.openFolder(folder.file("shop"));
    await window.setSendOnSave(false);
    await onUsualPort(stage);
    await visit(window, "/cgi-bin/order.py", "/cgi-bin/offers.pl", "/missing");
    await window.openFile("cgi-bin/order.py");
  },
  views: [
    {
      name: "debug-cookie",
      show: async (stage) => {
        await stage.window.runCommand("Debug the next request with a cookie");
        await expect(bar(stage)).toContainText("cgi-workbench-debug=");
      },
    },
    {
      name: "debug",
      staysOpen: true,
      show: async (stage) => {
        await bar(stage).getByRole("button", { name: "Stop" }).click();
        await breakAt(stage, 10);
        await stage.window.runCommand("Debug the next request");
        await expect(bar(stage)).toContainText("next request");
        await postOrder(stage, "tea=2&milk=1&bread=3");
        await expect(bar(stage)).toContainText("breakpoint at order.py:10");
        await stage.page.keyboard.press("F10");
        await expect(bar(stage)).toContainText("order.py:9");
      },
    },
    {
      name: "debug-console",
      show: async ({ page }) => page.getByRole("tab", { name: "Console" }).click(),
    },
    {
      name: "debug-exception",
      show: async (stage) => {
        await bar(stage).getByRole("button", { name: "Stop" }).click();
        await expect(bar(stage)).toHaveCount(0);
        await stage.window.runCommand("Remove all breakpoints");
        await stage.window.runCommand("Debug the next request");
        await expect(bar(stage)).toContainText("next request");
        await postOrder(stage, "tea=2&butter=1");
        await expect(bar(stage)).toContainText("exception at order.py:10");
      },
    },
    {
      name: "other-servers",
      show: async (stage) => {
        const { window } = stage;
        await bar(stage).getByRole("button", { name: "Continue" }).click();
        await expect(bar(stage)).toHaveCount(0);
        await stage.page.getByRole("tab", { name: /^Traces/ }).click();
        await window.openFile("cgi-bin/offers.pl");
        await window.send("/cgi-bin/offers.pl?from=mail");
        await window.runCommand("Compare trace with other servers");
      },
    },
    { name: "assistants", show: ({ window }) => window.runCommand("Connect an assistant…") },
  ],
};
