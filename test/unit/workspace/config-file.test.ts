import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { configJsonSchema, defaultConfig } from "../../../server/contract/config.js";
import { maxConfigBytes, parseConfig, readConfig } from "../../../server/workspace/config/config-file.js";
import { site } from "../routing/site.js";

const messages = (source: string): string[] => {
  const result = parseConfig(source);
  return result.ok ? [] : result.problems.map(({ message }) => message);
};

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
  expect(await readConfig({ root: folder.root, ruleIds: null })).toEqual({ ok: true, config: defaultConfig });
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
  ['{\n  "server": {\n    "prot": 80\n  }\n}', "line 3: server.prot: there is no such setting."],
  ['{\n  "server": {\n    "port": 99999\n  }\n}', "line 3: server.port: too big"],
  [
    '{\n  "server": {\n    "port": "80"\n  }\n}',
    "line 3: server.port: invalid input: expected number, received string.",
  ],
  ['{\n  "routes": [\n    { "path": "/a/" },\n    { "dir": "x" }\n  ]\n}', "line 4: routes[2].path: invalid input"],
  [
    '{\n  "routes": [\n    { "path": "/a/", "dir": "x",\n      "file": "y" }\n  ]\n}',
    "line 3: routes[1]: must have only one of file, dir and address.",
  ],
  ['{ "routes": [{ "path": "a" }] }', 'line 1: routes[1].path: must begin with "/".'],
  ['{ "routes": [{ "path": "/a/../b" }] }', 'line 1: routes[1].path: must not hold "//", "." or "..".'],
  [
    '{ "routes": [\n{ "path": "/a", "address": "tcp:localhost:99999" }] }',
    "line 2: routes[1].address: must have a port from 1 to 65535.",
  ],
  [
    '{ "routes": [\n{ "path": "/a", "address": "127.0.0.1:9000" }] }',
    'line 2: routes[1].address: must be "tcp:host:port" or "unix:path".',
  ],
  [
    `{ "routes": [
      { "path": "/a", "address": "unix:run/x.sock", "connections": 1 },
      { "path": "/b", "address": "unix:run/x.sock" },
      { "path": "/c", "address": "unix:./run/x.sock", "connections": 1 },
      { "path": "/d", "address": "unix:run/../run/x.sock",
        "connections": 4 }] }`,
    "line 6: routes[4].connections: routes[1] leads to the same application and sets 1; the connections are shared, so set it in one of them only.",
  ],
  [
    '{ "routes": [{ "path": "/s", "address": "tcp:a:1", "connections": 1 }],\n "handlers": { ".php": { "address": "tcp:a:1", "connections": 2 } } }',
    "line 2: handlers..php.connections: routes[1] leads to the same application and sets 1",
  ],
  [
    '{ "handlers": {\n ".php": { "address": "tcp:a:1", "mode": "cgi" } } }',
    "line 2: handlers..php: must not have address together with interpreter or mode.",
  ],
  ['{ "handlers": {\n "py": {} } }', 'line 2: handlers.py: must be an extension like ".py".'],
  [
    '{ "scripts": {\n "a.py": { "workers": 2,\n "mode": "prefork" } } }',
    "line 3: scripts.a.py.mode: mode “prefork” is not available in this version; available: cgi, fastcgi, fastcgi-external, php-cgi.",
  ],
  [
    '{ "routes": [\n{ "path": "/a", "mode": 5 }] }',
    "line 2: routes[1].mode: mode “5” is not available in this version;",
  ],
  ['{ "handlers": {\n ".rb": { "mode": "wsgi" } } }', "line 2: handlers..rb.mode: mode “wsgi” is not available"],
  ['{ "scripts": { "a.py":\n { "preload": ["x"] } } }', "line 2: scripts.a.py.preload: there is no such setting."],
  ['{ "variables": {\n\n "A=B": "x" } }', 'line 3: variables.A=B: must be a name without "=".'],
  ['{ "variables": { "A": "x\\u0000y" } }', "line 1: variables.A: must not contain a NUL character."],
  ['{\n  "inherit": ["A" "B"]\n}', "line 2: comma expected."],
  ['{\n  "inherit": ["A"', "line 2: close bracket expected."],
  ["", "line 1: value expected."],
  ["[]", "line 1: the whole file: invalid input"],
  ['{ "__proto__": { "server": 1 } }', "line 1: __proto__: there is no such setting."],
])("a mistake is told with its line: %j", (source, message) => {
  expect(messages(source)[0]).toContain(`cgi-workbench.json, ${message}`);
  const result = parseConfig(source);
  expect(result.ok ? null : result.problems[0]).toMatchObject({
    file: "cgi-workbench.json",
    line: Number(/^line (\d+)/.exec(message)?.[1]),
  });
});

test("several mistakes are told in one go, and a great many only counted", () => {
  expect(messages('{ "a": 1,\n "b": 2 }')).toEqual([
    expect.stringContaining("line 1: a:"),
    expect.stringContaining("line 2: b:"),
  ]);
  expect(messages(JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, 1])))).at(-1)).toBe(
    "cgi-workbench.json has 30 more mistakes.",
  );
});

test("what is to be watched lies in the folder: elsewhere nobody notices a change", () => {
  const text =
    '{ "scripts": { "a.fcgi": { "watch": ["lib", "/site/lib/x.pm",\n "../lib"] } },\n"handlers": { ".php": { "watch": ["/etc/php"] } } }';
  const result = parseConfig(text, { root: "/site" });
  expect(result.ok ? [] : result.problems.map(({ message }) => message)).toEqual([
    "cgi-workbench.json, line 2: scripts.a.fcgi.watch[3]: it lies outside the folder, where the workbench does not notice changes.",
    "cgi-workbench.json, line 3: handlers..php.watch[1]: it lies outside the folder, where the workbench does not notice changes.",
  ]);
});

test("any text is either a configuration or has problems in words", () => {
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

test("a file that is no UTF-8, too large, or no file is told as that", async () => {
  using folder = site({ "x/cgi-workbench.json/": "" });
  const message = async (root: string) => {
    const result = await readConfig({ root, ruleIds: null });
    return result.ok ? "" : result.problems[0]?.message;
  };
  writeFileSync(`${folder.root}/cgi-workbench.json`, Buffer.from([0x7b, 0xff, 0x7d]));
  expect(await message(folder.root)).toBe("cgi-workbench.json is not valid UTF-8.");
  writeFileSync(`${folder.root}/cgi-workbench.json`, Buffer.alloc(maxConfigBytes + 1, " "));
  expect(await message(folder.root)).toContain("is larger than 1048576 bytes");
  expect(await message(`${folder.root}/x`)).toBe("cgi-workbench.json is not a regular file.");
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
    "doctor",
    "policy",
  ]);
  expect(schema.required).toBeUndefined();
  expect(schema.additionalProperties).toBe(false);
});
