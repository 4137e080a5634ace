// What is looked at closely: bytes in all forms, times, the server and its configuration, a lost connection.
import { expect, type WebSocketRoute } from "@playwright/test";
import { copyWorkspace } from "../../support/temp-workspace.js";
import type { Scene, Stage } from "./scene.js";
import { bytesAs, composer, visit, writeScript } from "./steps.js";

const trap = String.raw`#!/bin/sh
printf 'Content-Type: text/plain; charset=utf-8\nContent-Length: 9999\nConnection: close\nX-Own: one\n\n'
printf '\357\273\277J\374rgen\r\nno\302\240break\tGr\303\274\303\237e\000end\nGR\303\234SSE\n'
for n in 1 2 3 4 5 6 7 8 9 10 11 12; do printf 'line %s of the page, one after the other\n' "$n"; done
printf '\033[1;31merror\033[0m in <b>line</b> \033[32m7\033[0m\n' >&2
printf 'warning: Gr\374\337e was read as latin-1 at ./trap.sh line 3\n' >&2
`;
const nap = (seconds: number): string =>
  `#!/bin/sh\nsleep ${seconds}\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n`;
const slowly = `#!/usr/bin/env python3
import sys, time
print("Content-Type: text/plain\\n", flush=True)
for n in range(6):
    time.sleep(0.02 * (n + 1))
    print("line", n, flush=True)
    sum(range(200000))
sys.stderr.write("done\\n")
`;

const bytesOf = ({ window }: Stage) => window.bytes("Response");

export const bytesAndTimes: Scene = {
  name: "bytes and times",
  shell: "browser",
  prepare: async (stage) => {
    const { window, folder } = stage;
    folder.makeFolder("measured/cgi-bin");
    writeScript(folder, "measured/cgi-bin/trap.sh", trap);
    writeScript(folder, "measured/cgi-bin/nap.sh", nap(0.06));
    writeScript(folder, "measured/cgi-bin/slowly.py", slowly);
    await window.openFolder(folder.file("measured"));
    await window.setSendOnSave(false);
    await window.openFile("cgi-bin/trap.sh");
    await window.send();
    await window.tab("Response");
  },
  views: [
    ...(["Text", "Hex", "Both"] as const).map((form) => ({
      name: `bytes-${form.toLowerCase()}`,
      show: (stage: Stage) => bytesAs(bytesOf(stage), form),
    })),
    {
      name: "bytes-search",
      show: async (stage) => {
        await bytesAs(bytesOf(stage), "Text");
        await bytesOf(stage)
          .getByRole("group", { name: /^Response, / })
          .click();
        await stage.page.keyboard.press("ControlOrMeta+F");
        await bytesOf(stage).getByRole("textbox", { name: "Find" }).fill("page");
        await expect(bytesOf(stage).getByRole("search").getByRole("status")).toHaveText(/of 12$/);
      },
    },
    { name: "stderr-colours", show: async ({ window }) => void (await window.tab("Stderr")) },
    {
      name: "headers-changed",
      show: async ({ window, page }) => {
        await window.tab("Response");
        await page.getByRole("radiogroup", { name: "Response as" }).getByText("Headers", { exact: true }).click();
      },
    },
    {
      name: "timing",
      show: async ({ window }) => {
        await window.openFile("cgi-bin/slowly.py");
        await window.send();
        await window.tab("Timing");
      },
    },
    {
      name: "latency-saves",
      isPointing: true,
      show: async (stage) => {
        const { window, folder } = stage;
        await window.openFile("cgi-bin/nap.sh");
        for (let n = 0; n < 4; n++) await window.send();
        await window.rewrite(nap(0.01));
        await expect.poll(() => folder.read("measured/cgi-bin/nap.sh")).toBe(nap(0.01));
        for (let n = 0; n < 4; n++) await window.send();
        await (await window.latency()).locator("button[data-trace-id]").nth(2).hover();
      },
    },
    {
      name: "latency-phases",
      show: ({ page }) => page.getByRole("radiogroup", { name: "Times as" }).getByText("Phases").click(),
    },
    {
      name: "latency-time",
      show: async ({ window, page }) => {
        await page.getByRole("radiogroup", { name: "Times as" }).getByText("Total").click();
        await visit(window, ...Array.from({ length: 80 }, () => "/cgi-bin/nap.sh"));
        await expect(page.getByRole("region", { name: "Latency" })).toHaveAttribute("data-mode", "time");
      },
    },
    {
      name: "running-request",
      show: async (stage) => {
        const { window, folder, page } = stage;
        await window.rewrite(nap(60));
        await expect.poll(() => folder.read("measured/cgi-bin/nap.sh")).toBe(nap(60));
        await composer(stage).getByRole("button", { name: "Send", exact: true }).click();
        await expect(page.getByRole("button", { name: "Stop request" })).toBeVisible();
        await expect(window.trace.getByRole("button", { name: "Stop" })).toBeVisible();
      },
    },
  ],
};

export const server: Scene = {
  name: "server",
  shell: "browser",
  prepare: async ({ app, window, page, folder }) => {
    using workspace = copyWorkspace("basic");
    folder.copyIn("shop", workspace.path);
    await page.routeWebSocket(/\/rpc$/, (socket) => {
      if (isCut) return void socket.close();
      sockets.push(socket);
      socket.connectToServer();
    });
    await page.reload();
    await window.openFolder(folder.file("shop"));
    await window.setSendOnSave(false);
    await window.openFile("cgi-bin/hello.py");
    await window.send("/cgi-bin/hello.py?name=Ada");
    await window.send("/missing");
    expect(app.kind).toBe("browser");
  },
  views: [
    { name: "server", show: ({ window }) => window.runCommand("Show server") },
    {
      name: "server-popover",
      show: ({ window }) => window.server.click(),
    },
    {
      name: "server-configuration-mistake",
      show: async ({ window, folder }) => {
        folder.write(
          "shop/cgi-workbench.json",
          '{\n  // The shop is behind a proxy.\n  "server": {\n    "prot": 8080,\n    "hosts": ["shop.test"]\n  }\n}\n',
        );
        await window.openFile("cgi-workbench.json");
        await expect(window.statusBar.getByRole("button", { name: "1 problem" })).toBeVisible();
        await window.editor.locator(".squiggly-error, .squiggly-warning").first().waitFor();
      },
    },
    { name: "problems", show: ({ window }) => window.statusBar.getByRole("button", { name: "1 problem" }).click() },
    {
      name: "changed-on-disk",
      show: async ({ window, folder }) => {
        await window.openFile("cgi-bin/hello.py");
        await window.type("# mine\n");
        folder.write("shop/cgi-bin/hello.py", "#!/usr/bin/env python3\nprint('theirs')\n");
        await expect(window.conflict).toBeVisible();
      },
    },
    { name: "dialog-close-unsaved", show: ({ page }) => page.getByRole("button", { name: "Close hello.py" }).click() },
    {
      name: "connection-lost",
      show: async ({ page }) => {
        await page.getByRole("tab", { name: /^Traces/ }).click();
        isCut = true;
        for (const socket of sockets) await socket.close();
        await expect(page.getByRole("alert").filter({ hasText: "Reconnecting" })).toBeVisible();
        await expect(page.getByText(/queue/i)).toHaveCount(0); // the words of a library
      },
    },
  ],
};
const sockets: WebSocketRoute[] = [];
let isCut = false;
