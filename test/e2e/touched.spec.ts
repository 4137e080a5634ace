// A script for a router fails on a desktop: what it touched names the cause without leaving the window.
import { copyWorkspace, program } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

const script = `#!/bin/sh
printf 'Content-Type: text/plain\\n\\n'
. ./lib/names.sh
uci get network.lan.ipaddr
cat lib/lan.conf
`;

test.describe("with strace", () => {
  test.skip(!program("strace"), "needs strace");

  test("a missing program is named, and a file of the folder opens", async ({ window }) => {
    using workspace = copyWorkspace("basic");
    workspace.makeFolder("cgi-bin/lib");
    workspace.write("cgi-bin/lib/names.sh", "name=lan\n");
    workspace.write("cgi-bin/lan.sh", script);
    workspace.makeExecutable("cgi-bin/lan.sh");
    await window.openQuietly(workspace.path);
    const { page } = window;
    await window.send("/cgi-bin/lan.sh");
    const card = page.getByRole("region", { name: "What the script touched" });
    await expect(card).toHaveCount(0);
    await (await window.inSendMenu("Send and see what it touches")).click();
    await expect(card.getByRole("listitem").filter({ hasText: "looked for uci: not found in" })).toHaveCount(1);
    await expect(
      card.getByRole("listitem").filter({ hasText: "read cgi-bin/lib/lan.conf: not found (ENOENT)" }),
    ).toHaveCount(1);
    expect(await examine(page, "what the script touched")).toEqual([]);
    await card.getByRole("button", { name: "cgi-bin/lib/names.sh" }).click();
    await expect(page.getByRole("tab", { name: /names\.sh/ })).toHaveAttribute("aria-selected", "true");
  });
});

test.describe("in a folder that nobody trusts", () => {
  test.use({ trusts: false });

  test("nothing is watched", async ({ window }) => {
    using workspace = copyWorkspace("basic");
    await window.openQuietly(workspace.path);
    await expect(await window.inSendMenu("Send and see what it touches")).toBeDisabled();
  });
});
