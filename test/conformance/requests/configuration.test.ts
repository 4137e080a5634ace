// cgi-workbench.json while requests come in: saved by whatever program, it applies to the next request; with a mistake
// in it the last valid one stays active, and the problem names the line. One that was never valid and may protect files
// keeps everything from being served.
import { symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { mistakeMessage } from "../../../server/workspace/config/messages.js";
import { coded } from "../../support/coded.js";
import { occupiedPort, portForProgram } from "../../support/free-port.js";
import { get } from "../../support/raw-exchange.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const script = (text: string): string => `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\n${text}\n`;

interface Open extends AsyncDisposable {
  readonly folder: TempFolder;
  readonly workbench: Workbench;
  /** Writes the configuration as an editor outside would. */
  save(text: string | object): void;
  ask(target: string, ...headers: string[]): Promise<string>;
  /** The data of each. */
  problems(): readonly unknown[];
}

async function open(prepare: (folder: TempFolder) => void = () => {}): Promise<Open> {
  const folder = tempFolder();
  prepare(folder);
  folder.write("x.sh", script(`echo "<\${APP-none}>"`));
  folder.write("y.sh", script("echo y"));
  for (const name of ["x.sh", "y.sh"]) folder.makeExecutable(name);
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
  return {
    folder,
    workbench,
    save: (text) =>
      writeFileSync(folder.file("cgi-workbench.json"), typeof text === "string" ? text : JSON.stringify(text)),
    ask: async (target, ...headers) => {
      const { head, body } = await get(workbench.server.address()?.port ?? 0, target, headers);
      return `${head}\n${body.toString("latin1")}`;
    },
    problems: () => workbench.folder.workspace().problems.map(({ data }) => data),
    [Symbol.asyncDispose]: async () => {
      await workbench.dispose();
      folder[Symbol.dispose]();
    },
  };
}

const until = (what: string, ask: () => Promise<string>, wanted: string): Promise<boolean> =>
  waitFor(what, async () => (await ask()).includes(wanted));

test("variables, routes, handlers, access and policies apply to the next request once they are saved", async () => {
  await using one = await open();
  expect(await one.ask("/x.sh")).toContain("<none>");
  one.save({ variables: { APP: "first" }, routes: [{ path: "/app/", file: "y.sh" }] });
  await until("the variable is there", () => one.ask("/x.sh"), "<first>");
  expect(await one.ask("/app/")).toContain("y\n");
  expect(await one.ask("/x.sh/a%2Fb")).toContain(" 404 ");

  one.folder.write("users.txt", "ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n");
  one.save({
    routes: [{ path: "/x.sh", auth: { realm: "r", htpasswd: "users.txt" } }],
    policy: { encodedSlash: "decode" },
  });
  await until("it asks who is there", () => one.ask("/x.sh"), " 401 ");
  expect(await one.ask("/x.sh/a%2Fb", "Authorization: Basic YW5uOnBhc3N3b3Jk")).toContain("<none>");
  expect(await one.ask("/app/")).toContain(" 404 ");
  expect(await one.ask("/users.txt")).toContain(" 403 ");

  one.folder.remove("cgi-workbench.json");
  await until("without the file the defaults hold", () => one.ask("/x.sh"), "<none>");
});

test("a mistake keeps the last valid configuration, and the problem names its line until it is fixed", async () => {
  await using one = await open();
  one.save({ variables: { APP: "good" } });
  await until("the good one applies", () => one.ask("/x.sh"), "<good>");
  const unknownSetting = mistakeMessage("unknown-setting");
  const braceMissing = mistakeMessage("syntax-error", { parserCode: "CloseBraceExpected" });
  for (const [text, line, setting, mistake] of [
    ['{\n  "variables": { "APP": "bad" },\n  "limits": { "silence": 1 }\n}', 3, "limits.silence", unknownSetting],
    ['{\n  "variables": { "APP": "bad"\n', 3, null, braceMissing],
    ['{ "variables": { "APP": "bad" }, "server": { "port": 99999 } }', 1, "server.port", coded("too-large")],
    ['{ "policy": { "encodedSlash": "maybe" } }', 1, "policy.encodedSlash", coded("not-one-of")],
  ] as const) {
    one.save(text);
    await expect
      .poll(() => one.problems(), { timeout: 20_000 })
      .toContainEqual({ path: "cgi-workbench.json", line, setting, mistake });
    expect(await one.ask("/x.sh")).toContain("<good>");
  }
  one.save('// mended\n{ "variables": { "APP": "better", }, }');
  await until("the mended one applies", () => one.ask("/x.sh"), "<better>");
  expect(one.problems()).toEqual([]);
});

test.each<[what: string, write: (folder: TempFolder, name: string) => void]>([
  [
    "an unknown setting",
    ({ write }, name) =>
      write(
        name,
        JSON.stringify({
          limits: { concurency: 4 },
          routes: [{ path: "/private/", auth: { realm: "r", htpasswd: "users.txt" } }],
        }),
      ),
  ],
  [
    "a route that leads to other files",
    ({ write }, name) => write(name, JSON.stringify({ limts: {}, routes: [{ path: "/", dir: "public" }] })),
  ],
  ["routes by a misspelt name", ({ write }, name) => write(name, '{ "rotes": [{ "path": "/", "dir": "public" }] }')],
  [
    "a handler for other files",
    ({ write }, name) => write(name, JSON.stringify({ limts: {}, handlers: { ".phtml": { action: "/page.sh" } } })),
  ],
  ["a mistake in the syntax", ({ write }, name) => write(name, '{ "routes": [{ "path": "/private/", "deny": true }')],
  ["an escaped letter", ({ write }, name) => write(name, '{ "routes": [{ "path": "/", "r\\u0075n": false }], }, }')],
  ["another encoding", ({ write }, name) => write(name, Buffer.from('{ "variables": { "A": "\xe9" } }', "latin1"))],
  ["no text that can be read", ({ makeFolder }, name) => makeFolder(name)],
])("that may protect files: with %s from the start nothing is served, until it is fixed", async (_what, write) => {
  const name = "cgi-workbench.json";
  await using one = await open((folder) => {
    folder.makeFolder("private");
    folder.write("private/a.txt", "secret");
    write(folder, name);
  });
  for (const target of ["/private/a.txt", "/x.sh", "/none"]) {
    const response = await one.ask(target);
    expect(response).toContain(" 503 ");
    expect(response).not.toContain("secret");
  }
  one.folder.remove(name);
  one.save({ variables: { APP: "good" } });
  await until("it is served", () => one.ask("/x.sh"), "<good>");
  expect(one.problems()).toEqual([]);
});

test.each<[what: string, routes: readonly object[]]>([
  ["two that mean the same", [{ path: "/private" }, { path: "/private/", deny: ["a.*"] }]],
  ["a wrong value", [{ path: "/private/", list: 1 }]],
  ["settings that exclude each other", [{ path: "/private/", dir: "private", redirect: { to: "/x.sh" } }]],
])("a route with a mistake from the start is closed, and the others are served (W8): %s", async (_what, routes) => {
  const sound = [
    { path: "/app/", file: "y.sh" },
    { path: "/inc/", deny: true },
    { path: "/private/open/", dir: "open" },
  ];
  await using one = await open((folder) => {
    for (const name of ["private", "inc", "open", "a"]) folder.makeFolder(name);
    for (const name of ["private/a.txt", "inc/a.txt"]) folder.write(name, "secret");
    folder.write("open/b.txt", "open");
    symlinkSync("../private/a.txt", folder.file("a/link.txt"));
    folder.write("cgi-workbench.json", JSON.stringify({ variables: { APP: "set" }, routes: [...sound, ...routes] }));
  });
  const { folder } = one.workbench;
  await folder.trust(one.folder.path, folder.workspace().trust.fingerprint);
  const statuses = [];
  for (const path of ["/private/a.txt", "/private", "/private/none", "/inc/a.txt", "/a/link.txt"]) {
    const response = await one.ask(path);
    statuses.push(response.slice(9, 12));
    expect(response).not.toContain("secret");
  }
  expect(statuses).toEqual(["503", "503", "503", "403", "403"]);
  expect(await one.ask("/x.sh")).toContain("<set>");
  expect(await one.ask("/app/")).toContain("y\n");
  expect(await one.ask("/private/open/b.txt")).toContain("open");
  const corrected = { routes: [...sound, { path: "/private/", deny: ["a.*"] }] };
  one.save({ ...corrected, lim: 1 });
  await until("a mistake lies elsewhere", () => one.ask("/x.sh"), " 503 ");
  one.save(corrected);
  await until("it is mended", () => one.ask("/private/a.txt"), " 403 ");
});

test.each<[what: string, route: object]>([
  ["a path", { path: "private/", deny: true }],
  ["passwords", { path: "/private/", auth: { realm: "r" } }],
  ["an unknown setting", { path: "/private/", denny: true }],
  ["the keys of passwords", { path: "/private/", realm: "r", htpasswd: "private/a.txt" }],
  ["what may be passwords", { path: "/private/", aut: { htpasswd: "private/a.txt" } }],
  ["a folder", { path: "/private/", dir: 5 }],
])("a route with a mistake in %s closes everything: what it protects is unknown", async (_what, route) => {
  await using one = await open((folder) => folder.write("cgi-workbench.json", JSON.stringify({ routes: [route] })));
  expect(await one.ask("/x.sh")).toContain(" 503 ");
});

test("what was closed before does not open what has another mistake now", async () => {
  await using one = await open((folder) =>
    folder.write("cgi-workbench.json", JSON.stringify({ routes: [{ path: "/other/", list: 1 }] })),
  );
  expect(await one.ask("/x.sh")).toContain("<none>");
  one.save({ routes: [{ path: "/", auth: { realm: "r", htpasswrd: "users.txt" } }] });
  await until("the sign-in is mistaken", () => one.ask("/x.sh"), " 503 ");
});

test("a file that is written in two steps is read after the second", async () => {
  await using one = await open();
  for (let n = 0; n < 20; n++) {
    one.save("");
    await new Promise((resolve) => setTimeout(resolve, n % 5));
    one.save({ variables: { APP: `turn${n}` } });
    await waitFor(`turn ${n} applies`, () => one.workbench.folder.workspace().config.variables["APP"] === `turn${n}`);
    expect(one.problems()).toEqual([]);
  }
});

test("limits apply to new requests, and an exchange under way keeps the ones it began with", async () => {
  await using one = await open();
  one.folder.write("slow.sh", script('while [ ! -e "$DOCUMENT_ROOT/go" ]; do sleep 0.02; done; echo done'));
  one.folder.makeExecutable("slow.sh");
  one.folder.write("silent.sh", "#!/bin/sh\nexec sleep 1000\n");
  one.folder.makeExecutable("silent.sh");
  const slow = one.ask("/slow.sh");
  await waitFor("it runs", async () => (await one.workbench.counts.next(-1, AbortSignal.timeout(5000))).running === 1);
  one.save({ limits: { silenceMs: 200, captureBytes: 5, requestBodyBytes: 3 } });
  await waitFor("the limits are in force", () => one.workbench.folder.workspace().config.limits.silenceMs === 200);
  expect(await one.ask("/silent.sh")).toContain(" 504 ");
  expect(one.workbench.traces.captureBytes).toBe(5);
  one.folder.write("go", "");
  expect(await slow).toContain("done");
});

test("another port or host is served at once, a port in use is reported", async () => {
  await using one = await open();
  const { port: before } = one.workbench.server.address() ?? { port: 0 };
  const port = await portForProgram();
  one.save({ server: { port } });
  await waitFor("the configuration is in force", () => one.workbench.folder.workspace().config.server.port === port);
  expect(one.workbench.server.address()?.port).toBe(before); // a port that was asked for stays
  await one.workbench.folder.start(null);
  expect(one.workbench.server.address()?.port).toBe(port);

  const next = await portForProgram();
  one.save({ server: { port: next } });
  await waitFor("it moved", () => one.workbench.server.address()?.port === next);
  expect(await one.ask("/y.sh")).toContain("y\n");
  await expect(get(port, "/y.sh")).rejects.toMatchObject({ code: "ECONNREFUSED" });

  const taken = await occupiedPort();
  one.save({ server: { port: taken.port } });
  const told = async () =>
    (await one.workbench.states.next(0, AbortSignal.timeout(5000))).server.problem?.code === "port-in-use";
  await waitFor("it is told", told);
  await taken.release();
  // Not the one before: meanwhile any connection of this machine may have got that number.
  const again = await portForProgram();
  one.save({ server: { port: again } });
  await waitFor("and elsewhere", () => one.workbench.server.address()?.port === again);
});
