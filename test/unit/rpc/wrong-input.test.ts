// Every call of the window with inputs that its schema does not take, over a real WebSocket: each is refused by the
// schema, before any work, and the connection goes on.
import { once } from "node:events";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { z } from "zod";
import { Workbench } from "../../../server/app/workbench.js";
import { socketTransport } from "../../../server/rpc/socket-transport.js";
import { serveUi, type UiOrigin } from "../../../server/window/ui-origin.js";
import { procedures } from "../../support/procedures.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { tokenSecret, windowSocket } from "../../support/window-socket.js";

const token = "token-of-this-test";
const root = tempFolder();
let workbench: Workbench;
let ui: UiOrigin;
let socket: WebSocket;

beforeAll(async () => {
  workbench = await Workbench.create();
  ui = await serveUi({ onSocket: socketTransport(workbench), root: root.path, port: 0, token });
  socket = await windowSocket(new URL(ui.link(null)).host, tokenSecret(token));
});
afterAll(async () => {
  socket.terminate();
  await ui.close();
  await workbench.dispose();
  root[Symbol.dispose]();
});

const all = procedures();

const answered = z.object({ i: z.string(), p: z.object({ s: z.number() }) });
let calls = 0;
/** The status of the response. */
async function statusOf(path: string, json: unknown): Promise<number> {
  calls += 1;
  const id = String(calls);
  const response = once(socket, "message");
  socket.send(JSON.stringify({ i: id, p: { u: path, b: { json } } }));
  const { i, p } = answered.parse(JSON.parse(String((await response)[0])));
  expect(i).toBe(id);
  return p.s;
}

const hostile: readonly unknown[] = [
  null,
  0,
  -1,
  "",
  "x".repeat(1 << 16),
  [],
  [[[[]]]],
  {},
  { path: "../../etc/passwd\0", root: 7, id: {}, since: "0", port: -1 },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
];

test("every call refuses what its schema does not take, and the connection goes on", async () => {
  expect(all.length).toBeGreaterThan(30);
  for (const { path, takes } of all) {
    const wrong = hostile.filter((input) => !takes.safeParse(input).success);
    expect(wrong.length, path).toBeGreaterThan(hostile.length / 2);
    for (const input of wrong) expect([path, await statusOf(path, input)]).toEqual([path, 400]);
  }
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("any JSON is refused or taken, never a failure of the server", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...all), fc.jsonValue({ maxDepth: 4 }), async ({ path, takes }, input) => {
      fc.pre(!takes.safeParse(input).success);
      expect(await statusOf(path, input)).toBe(400);
    }),
    { numRuns: 300 },
  );
});
