import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { configJsonSchema, defaultConfig } from "../../../server/contract/config.js";
import { modeNames } from "../../../server/contract/modes.js";
import { toProblem } from "../../../server/contract/problem.js";
import { handlersOf } from "../../../server/routing/handlers.js";
import { maxConfigBytes, parseConfig, readConfig } from "../../../server/workspace/config/config-file.js";
import { configMessage } from "../../../server/workspace/config/messages.js";
import { coded } from "../../support/coded.js";
import { site } from "../routing/site.js";

const mistakes = (source: string, context = {}): unknown[] => {
  const result = parseConfig(source, context);
  return result.ok ? [] : result.problems.map(({ data }) => data);
};

/** A value that the schema does not take, with the schema's words. */
const schema = (schemaText: unknown): unknown => coded("against-schema", { schemaText });
const notAMode = coded("not-one-of", { allowed: modeNames.map((name) => JSON.stringify(name)) });

test("the design's example is a configuration: comments, trailing commas and all", () => {
  const result = parseConfig(`// of the shop
{ "$schema": "x", "server":   { "port": 8080, "host": "127.0.0.1", "hosts": ["shop.test"], "index": ["index.html", "index.cgi"] },
  "routes":   [ { "path": "/git/", "file": "/usr/lib/git-core/git-http-backend", "variables": { "GIT_PROJECT_ROOT": "repos", "GIT_HTTP_EXPORT_ALL": "1" } },
                { "path": "/docs/", "dir": "/usr/share/doc" },
                { "path": "/app/", "mode": "fastcgi-external", "address": "unix:run/app.sock" },      // or tcp:127.0.0.1:9000
                { "path": "/private/", "auth": { "realm": "Staff", "htpasswd": ".htpasswd" }, "passAuthorization": false } ],
  "handlers": { ".py": { "interpreter": ["python3"], "mode": "cgi" }, ".php": { "mode": "php-cgi" } },
  "scripts":  { "cgi-bin/cart.py": { "mode": "fastcgi", "workers": 2, "watch": ["lib"], "variables": { "APP_ENV": "dev" } } },
  "variables": { "TZ": "UTC" }, "inherit": ["LANG"], /* all of it */
  "limits":   { "silenceMs": 60000, "totalMs": null, "concurrency": 32, "queue": 1024, "requestBodyBytes": null, "captureBytes": 8388608, "memoryBytes": 134217728 }, }`);
  expect(result).toMatchObject({
    ok: true,
    config: { server: { port: 8080, allowedOrigins: [] }, links: [], limits: { concurrency: 32 } },
  });
});

test("an empty object, and no file at all, mean the defaults", async () => {
  using folder = site({ "x/": "" });
  expect(parseConfig("\uFEFF{}")).toEqual({ ok: true, config: defaultConfig });
  expect(await readConfig({ root: folder.root, ruleIds: null })).toMatchObject({ ok: true, config: defaultConfig });
  expect(defaultConfig.limits).toEqual({
    silenceMs: 60_000,
    totalMs: null,
    concurrency: 32,
    queue: 1024,
    requestBodyBytes: null,
    captureBytes: 8 << 20,
    memoryBytes: 128 << 20,
  });
});

test.each([
  ['{\n  "server": {\n    "prot": 80\n  }\n}', { line: 3, setting: "server.prot", mistake: coded("unknown-setting") }],
  [
    '{\n  "server": {\n    "port": 99999\n  }\n}',
    { line: 3, setting: "server.port", mistake: coded("too-large", { of: "number", most: 65_535 }) },
  ],
  [
    '{\n  "server": {\n    "port": "80"\n  }\n}',
    { line: 3, setting: "server.port", mistake: coded("wrong-type", { expected: "number" }) },
  ],
  [
    '{\n  "routes": [\n    { "path": "/a/" },\n    { "dir": "x" }\n  ]\n}',
    { line: 4, setting: "routes[2].path", mistake: coded("setting-missing") },
  ],
  [
    '{\n  "routes": [\n    { "path": "/a/", "dir": "x",\n      "file": "y" }\n  ]\n}',
    { line: 3, setting: "routes[1]", mistake: schema("must have only one of file, dir, address and redirect") },
  ],
  ['{ "routes": [{ "path": "a" }] }', { line: 1, setting: "routes[1].path", mistake: schema('must begin with "/"') }],
  [
    '{ "routes": [{ "path": "/a/../b" }] }',
    { line: 1, setting: "routes[1].path", mistake: schema('must not hold "//", "." or ".."') },
  ],
  [
    '{ "routes": [\n{ "path": "/a", "address": "tcp:localhost:99999" }] }',
    { line: 2, setting: "routes[1].address", mistake: schema("must have a port from 1 to 65535") },
  ],
  [
    '{ "routes": [\n{ "path": "/a", "address": "127.0.0.1:9000" }] }',
    { line: 2, setting: "routes[1].address", mistake: schema('must be "tcp:host:port" or "unix:path"') },
  ],
  [
    `{ "routes": [
      { "path": "/a", "address": "unix:run/x.sock", "connections": 1 },
      { "path": "/b", "address": "unix:run/x.sock" },
      { "path": "/c", "address": "unix:./run/x.sock", "connections": 1 },
      { "path": "/d", "address": "unix:run/../run/x.sock",
        "connections": 4 }] }`,
    {
      line: 6,
      setting: "routes[4].connections",
      mistake: coded("connections-contradict", { other: "routes[1]", connections: 1 }),
    },
  ],
  [
    '{ "routes": [{ "path": "/s", "address": "tcp:a:1", "connections": 1 }],\n "handlers": { ".php": { "address": "tcp:a:1", "connections": 2 } } }',
    {
      line: 2,
      setting: "handlers..php.connections",
      mistake: coded("connections-contradict", { other: "routes[1]", connections: 1 }),
    },
  ],
  [
    '{ "handlers": {\n ".php": { "address": "tcp:a:1", "mode": "cgi" } } }',
    { line: 2, setting: "handlers..php", mistake: schema("must not have address together with interpreter or mode") },
  ],
  [
    '{ "handlers": {\n "py": {} } }',
    { line: 2, setting: "handlers.py", mistake: schema('must be an extension like ".py"') },
  ],
  [
    '{ "scripts": {\n "a.py": { "workers": 2,\n "mode": "mod_perl" } } }',
    {
      line: 3,
      setting: "scripts.a.py.mode",
      mistake: notAMode,
    },
  ],
  [
    '{ "routes": [\n{ "path": "/a", "mode": 5 }] }',
    {
      line: 2,
      setting: "routes[1].mode",
      mistake: notAMode,
    },
  ],
  ['{ "handlers": {\n ".rb": { "mode": "mod_perl" } } }', { line: 2, setting: "handlers..rb.mode", mistake: notAMode }],
  [
    '{ "scripts": { "a.py":\n { "prelaod": ["x"] } } }',
    { line: 2, setting: "scripts.a.py.prelaod", mistake: coded("unknown-setting") },
  ],
  [
    '{ "variables": {\n\n "A=B": "x" } }',
    { line: 3, setting: "variables.A=B", mistake: schema('must be a name without "="') },
  ],
  [
    '{ "variables": { "A": "x\\u0000y" } }',
    { line: 1, setting: "variables.A", mistake: schema("must not contain a NUL character") },
  ],
  [
    '{\n  "inherit": ["A" "B"]\n}',
    { line: 2, setting: null, mistake: coded("syntax-error", { parserCode: "CommaExpected" }) },
  ],
  [
    '{\n  "inherit": ["A"',
    { line: 2, setting: null, mistake: coded("syntax-error", { parserCode: "CloseBracketExpected" }) },
  ],
  ["", { line: 1, setting: null, mistake: coded("syntax-error", { parserCode: "ValueExpected" }) }],
  ["[]", { line: 1, setting: "", mistake: coded("wrong-type", { expected: "object" }) }],
  ['{ "links": [""] }', { line: 1, setting: "links[1]", mistake: coded("too-small", { of: "string", least: 1 }) }],
  [
    '{ "routes": [{ "path": "/a", "redirect": { "to": "/b", "status": 200 } }] }',
    {
      line: 1,
      setting: "routes[1].redirect.status",
      mistake: coded("not-one-of", { allowed: ["301", "302", "303", "307", "308"] }),
    },
  ],
  [
    '{ "routes": [{ "path": "/a/", "deny": true }],\n"routes": [] }',
    { line: 2, setting: "routes", mistake: coded("setting-repeated") },
  ],
  [
    '{ "routes": [{ "path": "/a/",\n"deny": true,\n"deny": false }] }',
    { line: 3, setting: "routes[1].deny", mistake: coded("setting-repeated") },
  ],
  [
    '{ "routes": [{ "path": "/x", "list": true },\n{ "path": "/x/", "deny": true }] }',
    { line: 2, setting: "routes[2].path", mistake: coded("same-as", { other: "routes[1].path" }) },
  ],
  [
    '{ "handlers": { ".PY": null,\n".py": {} } }',
    { line: 2, setting: "handlers..py", mistake: coded("same-as", { other: "handlers..PY" }) },
  ],
  [
    '{ "scripts": { "x.py": {},\n"./a/../x.py": {} } }',
    { line: 2, setting: "scripts../a/../x.py", mistake: coded("same-as", { other: "scripts.x.py" }) },
  ],
  [
    '{ "routes": [{ "path": "/x",\n"connections": 2 }] }',
    { line: 2, setting: "routes[1].connections", mistake: coded("connections-without-address") },
  ],
  [
    '{ "routes": [{ "path": "/r",\n"redirect": { "to": "/\\ud800" } }] }',
    { line: 2, setting: "routes[1].redirect.to", mistake: schema("must not contain half of a surrogate pair") },
  ],
  ['{ "__proto__": { "server": 1 } }', { line: 1, setting: "__proto__", mistake: coded("unknown-setting") }],
])("a mistake is reported with its line: %j", (source, { line, ...mistake }) => {
  const result = parseConfig(source);
  expect(result.ok ? null : result.problems[0]).toMatchObject({
    code: "configuration",
    file: "cgi-workbench.json",
    line,
    data: { path: "cgi-workbench.json", line, ...mistake },
  });
});

test("a text that is nested so deeply that no parser can read it is a mistake in the line where it is", () => {
  for (const brackets of ["[".repeat(5000), `${"[".repeat(5000)}${"]".repeat(5000)}`])
    expect(mistakes(`{ "a":\n${brackets} }`)).toMatchObject([{ line: 2, mistake: coded("nested-too-deep") }]);
  expect(
    mistakes('{ "inherit": [/* [[[[ */ "A"], "variables": { "A": "[[" } }'.replaceAll("[[", "[".repeat(99))),
  ).toEqual([]);
});

test.each([
  [
    "allowedOrigins",
    ["localhost:3000", "shop.test:8000", "file:///home/a.html", "app://x", "shop.test", "http://*.shop.test"],
  ],
  ["hosts", ["http://shop.test", "shop.test/a", "*.shop.test", "a b", "a@b"]],
])("what no request can have in server.%s is a mistake", (setting, values) => {
  for (const value of values)
    expect(mistakes(JSON.stringify({ server: { [setting]: [value] } })), value).toMatchObject([
      { setting: `server.${setting}[1]` },
    ]);
});

test.each([
  ["routes[1].path", { routes: [{ path: "/my%20docs/", deny: true }] }],
  ["routes[1].path", { routes: [{ path: "/gr%c3%b6%C3%9Fe/", auth: { realm: "r", htpasswd: ".ht" } }] }],
  ["handlers..x.action", { handlers: { ".x": { action: "/cgi-bin/my%20x" } } }],
])("a path that is written encoded would protect nothing and is a mistake: %s %j", (setting, config) => {
  expect(mistakes(JSON.stringify(config))).toMatchObject([{ setting }]);
  expect(mistakes(decodeURIComponent(JSON.stringify(config)))).toEqual([]);
});

test("all mistakes are reported at once; of a great many the rest is counted", () => {
  expect(mistakes('{ "a": 1,\n "b": 2 }')).toMatchObject([
    { line: 1, setting: "a" },
    { line: 2, setting: "b" },
  ]);
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, 1]));
  expect(mistakes(JSON.stringify(many)).at(-1)).toEqual({ path: "cgi-workbench.json", line: null, count: 30 });
  const elsewhere = mistakes(JSON.stringify(many), { file: "/etc/mine.json" }).at(-1);
  expect(elsewhere).toEqual({ path: "/etc/mine.json", line: null, count: 30 });
  expect(mistakes(`{${",".repeat(30)}`).at(-1)).toMatchObject({ line: null, count: 42 });
});

test("a watched file outside the folder is a mistake: the workbench notices no change there", () => {
  const text =
    '{ "scripts": { "a.fcgi": { "watch": ["lib", "/site/lib/x.pm",\n "../lib"] } },\n"handlers": { ".php": { "watch": ["/etc/php"] } } }';
  expect(mistakes(text, { root: "/site" })).toMatchObject([
    { line: 2, setting: "scripts.a.fcgi.watch[3]", mistake: coded("watched-outside") },
    { line: 3, setting: "handlers..php.watch[1]", mistake: coded("watched-outside") },
  ]);
});

test("a script is named by its path in the folder, not on the disk, and lies in the folder", () => {
  const text = '{ "scripts": { "/x.py": {},\n"/site/y.py": {},\n"a/../../z.py": {} } }';
  expect(mistakes(text, { root: "/site" })).toMatchObject([
    { line: 2, setting: "scripts./site/y.py", mistake: coded("script-path-outside") },
    { line: 3, setting: "scripts.a/../../z.py", mistake: coded("script-path-outside") },
  ]);
});

test("any text is either a configuration or has problems", () => {
  const json = fc.json();
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        json,
        json.map((text) => text.slice(0, -1)),
      ),
      (source) => {
        const result = parseConfig(source);
        if (!result.ok) expect(result.problems.length).toBeGreaterThan(0);
      },
    ),
  );
});

test("a file that is not UTF-8, too large, or not regular is reported as such", async () => {
  using folder = site({ "x/cgi-workbench.json/": "" });
  const problems = async (root: string) => {
    const result = await readConfig({ root, ruleIds: null });
    return result.ok ? [] : result.problems;
  };
  const whole = { path: "cgi-workbench.json", line: null };
  writeFileSync(`${folder.root}/cgi-workbench.json`, Buffer.from([0x7b, 0xff, 0x7d]));
  expect(await problems(folder.root)).toEqual([toProblem(configMessage("config-not-utf-8", whole))]);
  writeFileSync(`${folder.root}/cgi-workbench.json`, Buffer.alloc(maxConfigBytes + 1, " "));
  const tooLarge = configMessage("config-too-large", { ...whole, maxBytes: 1_048_576 });
  expect(await problems(folder.root)).toEqual([toProblem(tooLarge)]);
  expect(await problems(`${folder.root}/x`)).toEqual([toProblem(configMessage("config-not-a-file", whole))]);
});

test("the JSON schema describes every top-level key, and requires none", () => {
  const schema = JSON.parse(JSON.stringify(configJsonSchema()));
  expect(Object.keys(schema.properties)).toEqual([
    "$schema",
    "server",
    "routes",
    "handlers",
    "scripts",
    "variables",
    "inherit",
    "links",
    "limits",
    "serveLike",
    "mail",
    "doctor",
    "policy",
  ]);
  expect(schema.required).toBeUndefined();
  expect(schema.additionalProperties).toBe(false);
});

test("a closed route keeps its place among the others and its address, as the folder's trust needs them", () => {
  const routes = [
    { path: "/a/", address: "tcp:127.0.0.1:9000", list: 1 },
    { path: "/b/", dir: "b" },
  ];
  const result = parseConfig(JSON.stringify({ routes }));
  expect(!result.ok && result.closed?.routes).toMatchObject([
    { path: "/a/", address: "tcp:127.0.0.1:9000" },
    { path: "/b/", dir: "b" },
  ]);
});

test.each([".", ".."])("no route falls back to a folder: %s", (fallback) => {
  expect(parseConfig(JSON.stringify({ routes: [{ path: "/a/", fallback }] })).ok).toBe(false);
});

test.each([
  [["plackup"], "cgi"],
  [["ruby"], "cgi"],
  [["/opt/bin/perl5.36", "-w"], "psgi"],
])("an interpreter %j of .psgi makes %s the usual mode", (interpreter, mode) => {
  const result = parseConfig(JSON.stringify({ handlers: { ".psgi": { interpreter } } }));
  expect(result.ok && handlersOf(result.config, "/").get(".psgi")?.usualMode).toBe(mode);
});
