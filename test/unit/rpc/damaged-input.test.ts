// Every call of the window with inputs that its schema takes and that mean nothing: paths that lead nowhere, ids of no
// trace, numbers at random. Each is answered, or refused with a problem; none ends in an error that nobody foresaw.
// They open, search, replace, move and delete: no path may lead out of the folder that the test has made.
import { on } from "node:events";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { z } from "zod";
import { Workbench } from "../../../server/app/workbench.js";
import { socketTransport } from "../../../server/rpc/socket-transport.js";
import { serveUi, type UiOrigin } from "../../../server/window/ui-origin.js";
import { inputsOf } from "../../support/any-input.js";
import { goOn } from "../../support/holding.js";
import { procedures } from "../../support/procedures.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { tokenSecret, windowSocket } from "../../support/window-socket.js";

const token = "token-of-this-test";
/** Everything that the calls can reach, in depth: what leads up from the current folder ends in it. */
const world = tempFolder();
const folder = world.file("above/opened");
const startedIn = process.cwd();
let workbench: Workbench;
let ui: UiOrigin;

beforeAll(async () => {
  for (const name of ["above/opened", "home"]) world.makeFolder(name);
  for (const name of ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"])
    vi.stubEnv(name, world.file("home"));
  world.write("above/opened/a.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n");
  world.makeExecutable("above/opened/a.sh");
  world.write("above/opened/a.http", "GET /a.sh\n");
  process.chdir(folder);
  workbench = await Workbench.create();
  const { holds } = workbench;
  const tell = holds.onChange;
  holds.onChange = () => {
    tell();
    for (const held of holds.held) held.decide(goOn());
  };
  ui = await serveUi({ onSocket: socketTransport(workbench), root: world.path, port: 0, token });
});
afterAll(async () => {
  await ui.close();
  await workbench.dispose();
  process.chdir(startedIn);
  world[Symbol.dispose]();
  vi.unstubAllEnvs();
});

const answered = z.object({ i: z.string(), p: z.looseObject({ b: z.unknown().optional() }) });
const refused = z.object({ json: z.object({ code: z.literal("INTERNAL_SERVER_ERROR"), message: z.string() }) });

/** They may wait for news, for a request to hold, and a request whose end was never sent for that. */
const mayWait = /\/(next|counts|moved|keep|sendRaw)$/;
const longestMs = 200;

/** Calls with each of the inputs at once, and waits for each answer. Returns what unforeseen errors said. */
async function failuresOf(socket: WebSocket, path: string, inputs: readonly unknown[]): Promise<string[]> {
  const messages = on(socket, "message", { close: ["close"] });
  if (mayWait.test(path)) setTimeout(() => socket.terminate(), longestMs);
  const failures: string[] = [];
  const waiting = new Set(inputs.keys());
  for (const index of waiting)
    socket.send(JSON.stringify({ i: String(index), p: { u: path, b: { json: inputs[index] } } }));
  for await (const [data] of messages) {
    const { data: message } = answered.safeParse(JSON.parse(String(data)));
    if (!message || !waiting.delete(Number(message.i))) continue;
    const refusal = refused.safeParse(message.p.b).data?.json;
    if (refusal)
      failures.push(`${path} ${JSON.stringify(inputs[Number(message.i)]).slice(0, 200)}: ${refusal.message}`);
    if (waiting.size === 0) break;
  }
  if (waiting.size > 0 && !mayWait.test(path)) failures.push(`${path}: cut, ${waiting.size} not answered`);
  return failures;
}

const texted = [
  "",
  ".",
  "..",
  "~",
  "a.sh",
  "a.http",
  "../x",
  "a\0b",
  "\ud800",
  "GET",
  "utf-8",
  "cgi",
  folder,
  world.file("above/missing"),
  "127.0.0.1:1",
  "x".repeat(5000),
  "0mwz8dr9t028c43-1",
];
/** A target of requests; as the path of a folder it would lead out. */
const target = "/a.sh";
const takesTarget = /^\/(requests|measure|cookies)\//;
/** A value with a text that begins at the machine's root. */
const leadsOut = (value: unknown): boolean =>
  typeof value === "string"
    ? value.startsWith("/") && value !== target && !value.startsWith(world.path)
    : value instanceof Object && Object.values(value).some(leadsOut);
/** Opens another program of the desktop. */
const outside = new Set(["/window/openLink", "/window/reveal"]);

test.each([{ isOpen: false }, { isOpen: true }])(
  "each call answers or refuses what means nothing (a folder is open: $isOpen)",
  { timeout: 60_000 },
  async ({ isOpen }) => {
    const failures: string[] = [];
    for (const { path, takes } of procedures()) {
      if (outside.has(path)) continue;
      if (isOpen && workbench.folder.current?.root !== folder)
        await workbench.folder.open(folder, { port: 0, run: { host: null } });
      const socket = await windowSocket(new URL(ui.link(null)).host, tokenSecret(token));
      const texts = takesTarget.test(path) ? [...texted, target] : texted;
      const inputs = inputsOf(takes, texts, 12).filter((input) => !leadsOut(input));
      expect(inputs.length, path).toBeGreaterThan(0);
      failures.push(...(await failuresOf(socket, path, inputs)));
      socket.terminate();
    }
    expect(failures).toEqual([]);
  },
);
