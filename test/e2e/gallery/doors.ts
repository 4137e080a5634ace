// What lies between a request and its script, and between a script and the rest of the machine: a request that is held,
// mail that is caught, messages of a WebSocket, what a script touched, a crash in C, commands of the folder's own, and
// a kit for a server.
import { execFileSync } from "node:child_process";
import { expect } from "@playwright/test";
import { overflowing } from "../../support/overflowing-c.js";
import type { Scene, Stage } from "./scene.js";
import { onUsualPort, postOrder, writeScript } from "./steps.js";

const order = `#!/usr/bin/env python3
import os, sys
from urllib.parse import parse_qs

form = parse_qs(sys.stdin.read(int(os.environ.get("CONTENT_LENGTH") or 0)))
print("Content-Type: text/html; charset=utf-8\\nCache-Control: no-store\\nSet-Cookie: visits=4; Path=/\\n")
print("<h1>Thank you, " + form.get("name", ["stranger"])[0] + "</h1>")
`;
const mailer = `#!/usr/bin/env perl
use strict;
use CGI::Util qw(unescape);
my ($subject) = ($ENV{QUERY_STRING} // "") =~ /subject=([^&]*)/;
open(my $mail, "|-", "sendmail -t") or die "sendmail: $!";
print $mail "To: verkauf\\@moebelhaus.example\\nFrom: web\\@moebelhaus.example\\nSubject: " . unescape($subject) . "\\n";
print $mail "MIME-Version: 1.0\\nContent-Type: text/plain; charset=utf-8\\n\\nGr\\xc3\\xbc\\xc3\\x9fe aus dem Formular.\\n";
close $mail;
print "Content-Type: text/plain; charset=utf-8\\n\\nThank you.\\n";
`;
const chat = `#!/usr/bin/env python3
import sys
print("Welcome. Say something.", flush=True)
for line in sys.stdin:
    print("You said: " + line.strip(), flush=True)
`;
const router = `#!/bin/sh
printf 'Content-Type: text/plain\\n\\n'
. ./lib/names.sh
uci get network.lan.ipaddr
cat lib/lan.conf
`;
const listing = `#!/bin/sh
cat <<'END'
Content-Type: text/html

<h1>Orders of today</h1><table border="1"><tr><th>Name</th><th>Sum</th></tr><tr><td>Jürgen</td><td>12.40</td></tr></table>
END
`;
const renaming = `#!/bin/sh
cat <<'END'
Content-Type: text/x-diff

--- a/note.txt
+++ b/note.txt
@@ -1,3 +1,3 @@
 Opening hours
-Monday to Friday, 9 to 17
+Monday to Friday, 9 to 18
 Saturday, 10 to 14
END
`;

const held = ({ page }: Stage) => page.getByRole("region", { name: /^Held request #/ });

export const doors: Scene = {
  name: "doors of a script",
  shell: "browser",
  prepare: async (stage) => {
    const { window, folder } = stage;
    for (const name of ["cgi-bin/lib", ".cgi-workbench/commands"]) folder.makeFolder(`moebelhaus/${name}`);
    const scripts = { "order.py": order, "contact.pl": mailer, "chat.py": chat, "lan.sh": router };
    for (const [name, text] of Object.entries(scripts)) writeScript(folder, `moebelhaus/cgi-bin/${name}`, text);
    folder.write("moebelhaus/cgi-bin/lib/names.sh", "name=lan\n");
    folder.write("moebelhaus/cgi-bin/greet.c", overflowing);
    const program = folder.file("moebelhaus/cgi-bin/greet");
    execFileSync("cc", ["-O0", "-w", "-fstack-protector-all", "-o", program, `${program}.c`]);
    const commands = { listing: [listing, "List today's orders"], renaming: [renaming, "Change the opening hours"] };
    for (const [name, [text = "", title]] of Object.entries(commands)) {
      writeScript(folder, `moebelhaus/.cgi-workbench/commands/${name}.sh`, text);
      folder.write(`moebelhaus/.cgi-workbench/commands/${name}.command.json`, JSON.stringify({ title }));
    }
    folder.write("moebelhaus/note.txt", "Opening hours\nMonday to Friday, 9 to 17\nSaturday, 10 to 14\n");
    const configured = { scripts: { "cgi-bin/chat.py": { mode: "websocket" } } };
    folder.write("moebelhaus/cgi-workbench.json", JSON.stringify(configured));
    await window.openQuietly(folder.file("moebelhaus"));
    await onUsualPort(stage);
    await window.openFile("cgi-bin/order.py");
  },
  views: [
    {
      name: "dialog-hold",
      staysOpen: true,
      show: async ({ window, page }) => {
        await window.runCommand("Hold or slow down requests…");
        await page.getByRole("textbox", { name: "Requests that match" }).fill("method:POST");
      },
    },
    {
      name: "held",
      show: async (stage) => {
        await stage.page.keyboard.press("Enter");
        await expect(stage.page.getByRole("dialog")).toHaveCount(0);
        await postOrder(stage, "name=J%C3%BCrgen&message=Gr%C3%BC%C3%9Fe+aus+Dortmund");
        await held(stage).getByLabel("Form field value").nth(1).fill("Grüße aus Dortmund!");
        await expect(held(stage)).toContainText("edit");
      },
    },
    {
      name: "held-mistake",
      show: async (stage) => {
        await held(stage).getByLabel("Variable name").first().fill("CONTENT=LENGTH");
        await stage.page.keyboard.press("Tab");
      },
    },
    {
      name: "held-response",
      show: async (stage) => held(stage).getByRole("button", { name: "Respond by hand…" }).click(),
    },
    {
      name: "held-headers",
      show: async (stage) => {
        await held(stage).getByLabel("Variable name").first().fill("CONTENT_LENGTH");
        await held(stage).getByRole("checkbox", { name: "Hold it again after its headers" }).check();
        await stage.page.keyboard.press("Alt+Enter");
        await expect(held(stage)).toContainText("held after its headers");
      },
    },
    {
      name: "held-told",
      show: async ({ window, page }) => {
        await expect(async () => {
          await page.keyboard.press("Alt+Enter"); // two presses at once count as one
          await expect(page.locator('[data-part="held"]')).toHaveCount(2, { timeout: 1000 });
        }).toPass();
        await window.runCommand("Stop holding and slowing down");
      },
    },
    {
      name: "mail",
      show: async ({ window, page }) => {
        await window.send("/cgi-bin/contact.pl?subject=Hello%0ABcc%3A+many%40example.net");
        await page.getByRole("region", { name: "Mail", exact: true }).scrollIntoViewIfNeeded();
      },
    },
    {
      name: "messages",
      show: async ({ window, page }) => {
        await window.openFile("cgi-bin/chat.py");
        await page.getByRole("button", { name: "Connect" }).click();
        const field = page.getByRole("textbox", { name: "Message" });
        for (const text of ["grüß dich", "What time is it?", "bye"]) {
          await field.fill(text);
          await field.press("Enter");
          await expect(page.getByRole("table", { name: "Messages" })).toContainText(`You said: ${text}`);
        }
      },
    },
    {
      name: "touched",
      show: async ({ window, page }) => {
        await page.getByRole("button", { name: "Close", exact: true }).click();
        await window.openFile("cgi-bin/lan.sh");
        await window.send("/cgi-bin/lan.sh");
        await (await window.inSendMenu("Send and see what it touches")).click();
        await window.tab("X-ray");
        await page.getByRole("region", { name: "What the script touched" }).scrollIntoViewIfNeeded();
      },
    },
    {
      name: "crash-compile",
      show: async ({ window, page }) => {
        await window.send(`/cgi-bin/greet?${"x".repeat(300)}`);
        await window.tab("Doctor");
        await page.getByRole("button", { name: "Compile with -fsanitize=address and send again…" }).first().click();
        await expect(page.getByRole("group", { name: "Compile with -fsanitize=address" })).toBeVisible();
      },
    },
    {
      name: "crash-line",
      show: async ({ page }) => {
        await page.getByRole("button", { name: "Compile and send again" }).click();
        const finding = page.locator('article[data-rule="address-sanitizer"]');
        await finding.getByRole("button", { name: "cgi-bin/greet.c:7" }).click();
      },
    },
    {
      name: "command-page",
      show: async ({ window, page }) => {
        await window.runCommand("List today's orders");
        await expect(
          page.frameLocator('iframe[title="Answer"]').frameLocator("iframe").getByText("12.40"),
        ).toBeVisible();
      },
    },
    {
      name: "command-change",
      show: async ({ window, page }) => {
        await window.runCommand("Change the opening hours");
        await expect(page.getByRole("list", { name: "Change to note.txt" })).toBeVisible();
      },
    },
    {
      name: "dialog-kit",
      show: async ({ window, page }) => {
        await window.openFile("cgi-bin/order.py");
        await window.runCommand("Take this script to a server…");
        await expect(page.getByRole("region", { name: /^Files of the kit: / })).toContainText("check.sh");
      },
    },
  ],
};
