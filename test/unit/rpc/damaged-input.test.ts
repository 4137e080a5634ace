// Every call of the window with inputs that its schema takes and that mean nothing: paths that lead nowhere, ids of no
// trace, numbers at random. Each is answered, or refused with a problem; none ends in an error that nobody foresaw.
import { on } from "node:events";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { z } from "zod";
import { Workbench } from "../../../server/app/workbench.js";
import { socketTransport } from "../../../server/rpc/socket-transport.js";
import { serveUi, type UiOrigin } from "../../../server/window/ui-origin.js";
import { inputsOf } from "../../support/any-input.js";
import { procedures } from "../../support/procedures.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { tokenSecret, windowSocket } from "../../support/window-socket.js";

const token = "token-of-this-test";
const [home, folder] = [tempFolder(), tempFolder()];
let workbench: Workbench;
let ui: UiOrigin;

beforeAll(async () => {
  for (const name of ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"]) vi.stubEnv(name, home.path);
  folder.write("a.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n");
  folder.makeExecutable("a.sh");
  folder.write("a.http", "GET /a.sh\n");
  workbench = await Workbench.create();
  ui = await serveUi({ onSocket: socketTransport(workbench), root: home.path, port: 0, token });
});
afterAll(async () => {
  await ui.close();
  await workbench.dispose();
  for (const one of [home, folder]) one[Symbol.dispose]();
  vi.unstubAllEnvs();
});

const answered = z.object({ i: z.string(), p: z.looseObject({ s: z.number(), b: z.unknown().optional() }) });
const refused = z.object({ json: z.object({ code: z.literal("INTERNAL_SERVER_ERROR"), message: z.string() }) });
/** Some calls wait for news, and get none. */
const longestMs = 500;

/** Calls with each of the inputs at once. Returns what unforeseen errors said, by the input. */
async function failuresOf(socket: WebSocket, path: string, inputs: readonly unknown[]): Promise<string[]> {
  const signal = AbortSignal.timeout(longestMs);
  const messages = on(socket, "message", { signal });
  const failures: string[] = [];
  const waiting = new Set(inputs.keys());
  for (const index of waiting)
    socket.send(JSON.stringify({ i: String(index), p: { u: path, b: { json: inputs[index] } } }));
  try {
    for await (const [data] of messages) {
      const { data: message } = answered.safeParse(JSON.parse(String(data)));
      if (!message || !waiting.delete(Number(message.i))) continue;
      const refusal = refused.safeParse(message.p.b).data?.json;
      if (refusal)
        failures.push(`${path} ${JSON.stringify(inputs[Number(message.i)]).slice(0, 200)}: ${refusal.message}`);
      if (waiting.size === 0) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return failures;
}

const texts = ["", ".", "..", "/", "~", "a.sh", "/a.sh", "a.http", "../x", "a\0b", "\ud800", "GET", "utf-8", "cgi"];
const texted = [...texts, folder.path, folder.file("missing"), "127.0.0.1:1", "x".repeat(5000), "0mwz8dr9t028c43-1"];
/** Opens another program of the desktop. */
const outside = new Set(["/window/openLink", "/window/reveal"]);

test.each([{ isOpen: false }, { isOpen: true }])(
  "each call answers or refuses what means nothing (a folder is open: $isOpen)",
  { timeout: 240_000 },
  async ({ isOpen }) => {
    const failures: string[] = [];
    for (const { path, takes } of procedures()) {
      if (outside.has(path)) continue;
      if (isOpen) await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
      const socket = await windowSocket(new URL(ui.link(null)).host, tokenSecret(token));
      const inputs = inputsOf(takes, texted, 12);
      expect(inputs.length, path).toBeGreaterThan(0);
      failures.push(...(await failuresOf(socket, path, inputs)));
      socket.terminate();
    }
    expect(failures).toEqual([]);
  },
);
