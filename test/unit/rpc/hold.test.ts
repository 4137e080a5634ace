// Two windows on one server, over both transports: both see what is held, and what a window holds goes on without it.
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { HoldRuleInput } from "../../../server/contract/hold-contract.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { runOf } from "../../../server/protocol/trace-id.js";
import { type RpcClient, rpcWindows, transports } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

async function serving() {
  const folder = tempFolder();
  folder.write("a.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n%s' \"$ADDED\"\n");
  folder.makeExecutable("a.cgi");
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  const url = `${workbench.server.servingAddress().url}/a.cgi`;
  const end = async () => {
    await workbench.dispose();
    folder[Symbol.dispose]();
  };
  return {
    workbench,
    ask: (query = "") => fetch(url + query).then((response) => response.text()),
    [Symbol.asyncDispose]: end,
  };
}

const rule = (query: string): HoldRuleInput => ({ query, moment: "start", isOnce: false, pace: null });
const invalid = { code: "BAD_REQUEST" };
const heldBy = (client: RpcClient, count: number) =>
  waitFor(`${count} held`, async () => {
    const { held } = await client.hold.next({ since: -1, generation: null });
    return held.length === count && held;
  });
const rulesOf = ({ holds }: Workbench, count: number) => waitFor(`${count} rules`, () => holds.rules.length === count);

test.each(transports)("%s: both windows see it, and the first decision counts", async (transport) => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, transport);
  const [one, other] = [await windows.open(), await windows.open()];
  const leaving = new AbortController();
  const kept = one.client.hold.keep(rule("method:GET path:a.cgi -path:/b"), { signal: leaving.signal });
  kept.catch(() => undefined); // it is aborted
  await rulesOf(t.workbench, 1);
  const asked = t.ask();
  const [held] = await heldBy(other.client, 1);
  if (held?.plan.moment !== "start") throw new Error("it is not held before its start");
  const variables = [...held.plan.variables.map(({ name, value }) => [name, value] as const), ["ADDED", "ü"] as const];
  await other.client.hold.go({
    id: held.id,
    moment: "start",
    variables: variables.map(([name, value]) => [name, value]),
  });
  expect(await asked).toBe("ü");
  const { env } = await one.client.traces.get({ id: held.id });
  expect(env).toContainEqual(expect.objectContaining({ name: "ADDED", value: "ü", source: "held" }));
  await expect(one.client.hold.go({ id: held.id, moment: "start" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  leaving.abort();
  await rulesOf(t.workbench, 0);
  expect(await t.ask()).toBe("");
});

test("bytes that no variable, argument or header can have are refused in either form", async () => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  const at = { id: "none", moment: "start" } as const;
  const base64 = (text: string) => ({ base64: Buffer.from(text, "latin1").toString("base64") });
  for (const form of [(text: string) => text, base64]) {
    for (const name of ["a=", "a\0", ""])
      await expect(client.hold.go({ ...at, variables: [[form(name), ""]] }), name).rejects.toMatchObject(invalid);
    await expect(client.hold.go({ ...at, args: [form("a\0")] })).rejects.toMatchObject(invalid);
    for (const value of ["a\0", "a\r", "a\n"])
      await expect(client.hold.go({ ...at, headers: [["X-A", form(value)]] }), value).rejects.toMatchObject(invalid);
    for (const name of ["X A", "X\r\nY", ""])
      await expect(client.hold.go({ ...at, headers: [[form(name), ""]] }), name).rejects.toMatchObject(invalid);
    await expect(client.hold.go({ ...at, args: [form("\xff\n")] })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});

test("the next one of a client, and what its server has run since it started", async () => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  const { sender, traces } = t.workbench;
  const compose = () =>
    sender.deliver({ method: utf8("GET"), target: utf8("/a.cgi"), headers: [], body: null }, { from: "composer" });
  const session = runOf((await compose()).id);
  for (const query of ["from:browser", `session:${session} -from:composer`]) {
    const kept = client.hold.keep({ ...rule(query), isOnce: true });
    await rulesOf(t.workbench, 1);
    expect((await compose()).held).toBeUndefined();
    const asked = t.ask();
    const [held] = await heldBy(client, 1);
    expect(await t.ask()).toBe(""); // the one after it goes on
    await client.hold.go({ id: held?.id ?? "", moment: "start" });
    expect(await asked).toBe("");
    await kept;
  }
  const other = client.hold.keep(rule("session:0000"));
  other.catch(() => undefined); // its window closes
  await rulesOf(t.workbench, 1);
  expect(await t.ask()).toBe("");
  const ended = () => traces.inMemory().filter(({ outcome }) => outcome !== null);
  await waitFor("all have ended", () => ended().length === 8);
  expect(ended().filter(({ tookMs }) => tookMs !== null)).toHaveLength(6); // without the two that were held
});

test("at most sixteen rules", async () => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  for (let nth = 0; nth < 16; nth++) client.hold.keep(rule("")).catch(() => undefined); // its window closes
  await rulesOf(t.workbench, 16);
  await expect(client.hold.keep(rule(""))).rejects.toMatchObject({ data: { code: "too-many-hold-rules" } });
});

test("a decision about the start is not one about the headers", async () => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  client.hold.keep(rule("")).catch(() => undefined); // its window closes
  await rulesOf(t.workbench, 1);
  const asked = t.ask();
  const [held] = await heldBy(client, 1);
  const id = held?.id ?? "";
  await client.hold.go({ id, moment: "start", holdsHeaders: true });
  await waitFor("held after its headers", async () => (await heldBy(client, 1))[0]?.plan.moment === "headers");
  const notHeld = { code: "NOT_FOUND" };
  await expect(client.hold.go({ id, moment: "start" })).rejects.toMatchObject(notHeld);
  const response = { status: 200, headers: [], body: { base64: "" } };
  await expect(client.hold.go({ id, moment: "start", ...response, isByHand: true })).rejects.toMatchObject(notHeld);
  await client.hold.go({ id, moment: "headers" });
  expect(await asked).toBe("");
});

test("the folder closes: the client of a held request gets 503, and no rule is left", async () => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  client.hold.keep(rule("")).catch(() => undefined); // its folder closes
  await rulesOf(t.workbench, 1);
  const asked = fetch(`${t.workbench.server.servingAddress().url}/a.cgi`);
  await heldBy(client, 1);
  await t.workbench.folder.close();
  expect((await asked).status).toBe(503);
  await rulesOf(t.workbench, 0);
});

test.each(transports)("%s: a window that closes lets go what it holds", async (transport) => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, transport);
  const [one, other] = [await windows.open(), await windows.open()];
  one.client.hold.keep(rule("")).catch(() => undefined); // its connection closes
  await rulesOf(t.workbench, 1);
  const asked = t.ask();
  await heldBy(other.client, 1);
  one.close();
  expect(await asked).toBe("");
  await heldBy(other.client, 0);
  expect(await t.ask("?again")).toBe("");
  const rows = await other.client.traces.next({ since: 0, max: 100, generation: null });
  const times = rows.rows.filter(({ outcome }) => outcome !== null).map(({ tookMs }) => tookMs);
  expect(times.filter((tookMs) => tookMs === null)).toHaveLength(1); // a person's time is in that of the one that was held
  expect(times).toHaveLength(2);
});

const unknown = ["body:x", "took:>1s", "size:0", "finding:*", "is:failed", "-is:ok", "pinned:no", "tag:a", "name:b"];
test.each([
  ["start", ["status:many", "status:200", "path:/a OR status:2xx,3xx", ...unknown]],
  ["headers", ["status:many", "status:crashed", ...unknown]],
] as const)("%s: a search for what is not known then is refused, and so is a mistake", async (moment, queries) => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  for (const query of queries)
    await expect(client.hold.keep({ ...rule(query), moment }), query).rejects.toMatchObject({
      data: { code: "hold-query" },
    });
});

test("by the status of the script's headers", async () => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  for (const query of ["status:404", "status:2xx"])
    client.hold.keep({ ...rule(query), moment: "headers" }).catch(() => undefined); // its window closes
  await rulesOf(t.workbench, 2);
  const asked = t.ask(); // the script does not name a status: it is 200
  const [held] = await heldBy(client, 1);
  await client.hold.go({ id: held?.id ?? "", moment: "headers" });
  expect(await asked).toBe("");
});
