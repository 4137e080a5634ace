// A window steps through the script of its own request, and of another client's; what is left when it goes.
import { expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { DebugEvent, DebugStop } from "../../../server/contract/debug-contract.js";
import { debuggedPrograms, plainBody } from "../../support/debugged-scripts.js";
import { rawExchange } from "../../support/raw-exchange.js";
import { type RpcClient, rpcWindows, transports } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const [python] = debuggedPrograms;
if (!python) throw new Error("there is a program in Python");
const at = (...lines: number[]) => [
  { path: python.file, breakpoints: lines.map((line) => ({ line, condition: "", logMessage: "" })) },
];

/** `isRun`: the command that runs it trusts it. */
async function serving(isRun = true) {
  const folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write(python?.file ?? "", python?.text ?? "");
  folder.makeExecutable(python?.file ?? "");
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0, ...(isRun && { run: { host: null } }) });
  return {
    folder,
    workbench,
    url: `${workbench.server.servingAddress().url}/${python?.file}`,
    [Symbol.asyncDispose]: async () => {
      await workbench.dispose();
      folder[Symbol.dispose]();
    },
  };
}

type Wanted = Parameters<RpcClient["debug"]["run"]>[0];

/** A session whose script begins with these breakpoints, with everything that it has told so far. */
async function session(client: RpcClient, wanted: Wanted & { readonly breakpoints: ReturnType<typeof at> }) {
  const told: DebugEvent[] = [];
  const { breakpoints, ...run } = wanted;
  const events = await client.debug.run(run);
  let id = "";
  const begin = async () => {
    const placed = await Promise.all(breakpoints.map((one) => client.debug.setBreakpoints({ id, ...one })));
    await client.debug.setUncaught({ id, isOn: true });
    await client.debug.begin({ id });
    return placed.map((answer) => answer.breakpoints);
  };
  let begun: ReturnType<typeof begin> | null = null;
  const over = (async () => {
    for await (const event of events) {
      told.push(event);
      if (event.kind === "begun") id = event.id;
      if (event.kind === "ready") begun = begin();
    }
  })();
  over.catch(() => undefined); // it is aborted
  const last = <Kind extends DebugEvent["kind"]>(kind: Kind, nth = 1) =>
    waitFor(`${kind} ${nth}`, () => {
      const all = told.filter((event): event is Extract<DebugEvent, { kind: Kind }> => event.kind === kind);
      return all[nth - 1] ?? false;
    });
  await last("begun");
  return { id, told, over, last, placed: () => begun };
}

async function refusedRun(client: RpcClient): Promise<void> {
  const events = await client.debug.run({ next: "any" });
  await events.next();
}

const own = async (client: RpcClient, debug: string, file = python.file) => {
  const target = `/${file}`;
  const events = await client.requests.send({ method: "GET", target, headers: [], body: null, mode: null, debug });
  for await (const event of events) if (event.kind === "ended") return event.hops[0]?.status;
};
const topOf = ({ frames: [frame] }: DebugStop) => frame && { path: frame.path, line: frame.line };

test.each(transports)("%s: the window’s own request is stepped through", async (transport) => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, transport);
  const { client } = await windows.open();
  const { id, last, over, told } = await session(client, { next: "own", breakpoints: at(python.call) });
  const sent = own(client, id);
  const first = await last("stopped");
  expect(topOf(first)).toEqual({ path: python.file, line: python.call });
  await client.debug.step({ id, step: "stepIn" });
  const inside = await last("stopped", 2);
  expect(topOf(inside)).toEqual({ path: python.file, line: python.inside });
  const [frame] = inside.frames;
  const { scopes } = await client.debug.scopes({ id, frameId: frame?.id ?? 0 });
  const { variables } = await client.debug.variables({
    id,
    variablesReference: scopes[0]?.variablesReference ?? 0,
  });
  expect(variables.map(({ name, value }) => [name, value])).toContainEqual([...python.local]);
  const evaluate = (expression: string, context: "repl" | "hover") =>
    client.debug.evaluate({ id, expression, frameId: frame?.id ?? 0, context });
  expect(await evaluate(python.expression, "repl")).toMatchObject({ result: "102", isError: false });
  expect(await evaluate("missing", "repl")).toMatchObject({ isError: true });
  await expect(evaluate(python.expression, "hover")).rejects.toMatchObject({ data: { code: "debug-hover" } });
  await client.debug.setBreakpoints({ id, ...at(python.loop)[0], path: python.file, breakpoints: [] });
  await client.debug.step({ id, step: "continue" });
  await over;
  expect(await sent).toBe(200);
  expect(told.at(-1)).toEqual({ kind: "ended" });
  await expect(client.debug.step({ id, step: "continue" })).rejects.toMatchObject({
    data: { code: "debug-not-running" },
  });
});

test("a breakpoint in a file that Perl compiles later moves to where the debugger puts it then", async () => {
  await using t = await serving();
  const { folder } = t;
  folder.write("cgi-bin/late.pl", "# a library\n\nsub late { return 7 }\n1;\n");
  folder.write("cgi-bin/main.pl", "#!/usr/bin/perl\nprint qq(Content-Type: text/plain\\n\\n);\nrequire './late.pl';\n");
  folder.makeExecutable("cgi-bin/main.pl");
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  const wanted = [1, 3].map((line) => ({ line, condition: "", logMessage: "" }));
  const breakpoints = [{ path: "cgi-bin/late.pl", breakpoints: wanted }];
  const { id, over, told, placed } = await session(client, { next: "own", breakpoints });
  expect(await own(client, id, "cgi-bin/main.pl")).toBe(200);
  await over;
  const [places = []] = (await placed()) ?? [];
  expect(places).toMatchObject([1, 3].map((line) => ({ verified: false, line })));
  const moved = told.flatMap((event) => (event.kind === "moved" ? [event.place] : []));
  expect(moved).toEqual(places.map((one) => ({ ...one, verified: true, line: 3 })));
});

test("the next request of a client with the cookie, and no other; its script does not see it", async () => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  const [cookie, old] = [crypto.randomUUID(), crypto.randomUUID()];
  const { id, last, over, told } = await session(client, { next: { cookie }, breakpoints: at(python.call) });
  const ask = (headers: Record<string, string>) =>
    rawExchange(
      Number(new URL(t.url).port),
      [
        `GET /${python.file} HTTP/1.0`,
        "Host: localhost",
        ...Object.entries(headers).map((pair) => pair.join(": ")),
        "",
        "",
      ].join("\r\n"),
    );
  const its = { Cookie: `a=b; cgi-workbench-debug=${cookie}` };
  await ask({});
  await ask({ Cookie: `cgi-workbench-debug=${old}` });
  const served = async (headers: Record<string, string>) =>
    expect(String(await ask(headers))).toContain("HTTP/1.1 200 OK\r\n");
  await served({ ...its, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" });
  await served({ ...its, Origin: "http://evil.test" });
  await served({ ...its, Referer: "http://evil.test/page" });
  expect(told.filter(({ kind }) => kind === "request")).toEqual([]);
  const asked = ask({ ...its, "Sec-Fetch-Site": "none" });
  await last("stopped");
  const { traceId } = await last("request");
  await client.debug.step({ id, step: "continue" });
  await over;
  await asked;
  const { env, notExported } = t.workbench.traces.get(traceId) ?? {};
  expect(env?.find(({ name }) => name === "HTTP_COOKIE")?.value).toBe("a=b");
  expect(notExported).toEqual([]);
});

test("a window that goes ends its own request, and lets another client’s run on", async () => {
  await using t = await serving();
  await using windows = await rpcWindows(t.workbench, "socket");
  const one = await windows.open();
  const mine = await session(one.client, { next: "own", breakpoints: at(python.loop) });
  own(one.client, mine.id).catch(() => undefined);
  await mine.last("stopped");
  const { traceId } = await mine.last("request");
  one.close();
  await waitFor("its request has ended", () => (t.workbench.traces.get(traceId)?.outcome ?? null) !== null);
  const other = await windows.open();
  const next = { path: `/${python.file}` };
  const theirs = await session(other.client, { next, breakpoints: at(python.loop) });
  const asked = fetch(t.url).then((response) => response.text());
  await theirs.last("stopped");
  other.close();
  expect(await asked).toBe(plainBody);
});

test("a folder without trust, and one that loses it", async () => {
  using data = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", data.path); // nothing is trusted yet
  await using t = await serving(false);
  await using windows = await rpcWindows(t.workbench, "port");
  const { client } = await windows.open();
  const refused = { data: { code: "debug-not-trusted" } };
  await expect(refusedRun(client)).rejects.toMatchObject(refused);
  const { root, trust } = t.workbench.folder.workspace();
  await client.workspace.trust({ root, fingerprint: trust.fingerprint });
  const { id, last } = await session(client, { next: "own", breakpoints: at(python.call) });
  const sent = own(client, id);
  const { frames } = await last("stopped");
  await client.workspace.endTrust({ root });
  const evaluated = client.debug.evaluate({ id, expression: "1", frameId: frames[0]?.id ?? 0, context: "repl" });
  await expect(evaluated).rejects.toMatchObject(refused);
  await expect(refusedRun(client)).rejects.toMatchObject(refused);
  const { traceId } = await last("request");
  await client.traces.stop({ id: traceId });
  await sent;
  vi.unstubAllEnvs();
});
