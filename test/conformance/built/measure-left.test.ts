// The built server ends while it measures a script beside another version of it. That is a file in the user's folder:
// the server removes it, or the next one if it was killed; a file of the user's stays.
import { readdirSync } from "node:fs";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Serving, serve } from "../../support/command-line.js";
import type { RpcClient } from "../../support/rpc-windows.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";
import { likeABrowsers, secretOf, windowSocket } from "../../support/window-socket.js";

const text = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello'\n";
let folder: TempFolder;
let data: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  data = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/x.sh", text);
  folder.makeExecutable("cgi-bin/x.sh");
});
afterEach(() => {
  folder[Symbol.dispose]();
  data[Symbol.dispose]();
});

const env = () => ({ ...process.env, XDG_DATA_HOME: data.path });
const others = () => readdirSync(folder.file("cgi-bin")).filter((name) => name !== "x.sh");

interface Window extends AsyncDisposable {
  readonly server: Serving;
  readonly client: RpcClient;
}
async function opened(): Promise<Window> {
  const server = await serve([folder.path, "--port", "0"], { env: env() });
  const link = server.ready.ui ?? "";
  const socket = await windowSocket(new URL(link).host, secretOf(link));
  const client: RpcClient = createORPCClient(new RPCLink({ websocket: likeABrowsers(socket) }));
  return {
    server,
    client,
    [Symbol.asyncDispose]: async () => {
      socket.terminate();
      await server.stop();
    },
  };
}

/** Resolves with the name of the version when it is measured. */
async function measuring({ client }: Window): Promise<string> {
  const steps = await client.measure.compare({
    ...{ path: "cgi-bin/x.sh", target: "/cgi-bin/x.sh", mode: "cgi", connections: 1, rate: null, seconds: 600 },
    against: { kind: "unsaved", text: `${text}# unsaved\n`, bom: false, encoding: "utf-8" },
  });
  await steps.next(); // the first round
  steps.next().catch(() => {}); // the server ends
  const [version = ""] = others();
  expect(version).toMatch(/^x-version-\w+\.sh$/);
  return version;
}

test.each(["SIGINT", "SIGTERM"] as const)("ended by %s, it leaves no version", async (signal) => {
  await using window = await opened();
  await measuring(window);
  await window.server.stop(signal);
  expect(others()).toEqual([]);
});

async function killedWhileMeasuring(window: Window): Promise<string> {
  const version = await measuring(window);
  await window.server.stop("SIGKILL");
  expect(others()).toEqual([version]);
  return version;
}

test("killed, it leaves a version that the next server removes, unless somebody has written to it", async () => {
  {
    await using first = await opened();
    await killedWhileMeasuring(first);
  }
  await using second = await opened();
  await waitFor("the version is removed", () => others().length === 0);
  const version = await killedWhileMeasuring(second);
  folder.write(`cgi-bin/${version}`, `${folder.read(`cgi-bin/${version}`)}# mine\n`);
  await using _third = await opened();
  await waitFor("it was examined", () => readdirSync(data.file("cgi-workbench/versions-beside")).length === 0);
  expect(others()).toEqual([version]);
});
