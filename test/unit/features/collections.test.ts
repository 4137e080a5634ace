// Collections of other tools as `.http` files: what each request becomes, what is left out, and that
// nothing of a file is taken for something else.
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import type { CollectedRequest, Collection, TextFile } from "../../../server/features/collections/collection.js";
import { collectionFiles } from "../../../server/features/collections/collection-files.js";
import { readCollection } from "../../../server/features/collections/read-collection.js";
import { saveCollection } from "../../../server/features/collections/save-collection.js";
import { writeCollection } from "../../../server/features/collections/write-collection.js";
import type { FileRequest } from "../../../server/formats/http-file/http-file.js";
import { parseHttpFile } from "../../../server/formats/http-file/parse-http-file.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const privateFile = "http-client.private.env.json";
const fixture = (name: string): string => join(repositoryRoot, "test/fixtures/collections", name);

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

async function imported(name: string) {
  const collection = readCollection((await collectionFiles(fixture(name)))[0] ?? []);
  if (collection === null) throw new Error(`${name} is a collection`);
  const saved = await saveCollection(folder.path, collection);
  const text = saved.path === null ? "" : folder.read(saved.path);
  const parsed = parseHttpFile(text);
  expect(parsed.mistakes).toEqual([]);
  expect(parsed.requests).toHaveLength(saved.requests);
  return { collection, saved, text, requests: parsed.requests, variables: parsed.variables };
}

const shown = ({ name, method, target, fields, body }: FileRequest) => ({
  name,
  line: `${method.text} ${target.text}`,
  fields: fields.map((field) => `${field.name.text}: ${field.value.text}`),
  body: body === null ? null : body.kind === "text" ? body.text : { file: body.path, hasVariables: body.hasVariables },
});
const notes = (requests: readonly CollectedRequest[]) => requests.map((one) => one.notes.map(({ code }) => code));

describe("Postman", () => {
  test("a collection becomes requests with their folders, sign-in, bodies and checks", async () => {
    const { requests, saved, collection, variables } = await imported("shop.postman_collection.json");
    const counts = { requests: 4, leftOut: 2, kept: 0, comeFirst: [] };
    expect(saved).toEqual({ path: "shop-api.http", environments: [privateFile], ...counts });
    expect(variables.map(({ name, value }) => [name.text, value.text])).toEqual([
      ["baseUrl", "http://127.0.0.1:8080"],
      ["user", "grace"],
    ]);
    expect(requests.map(shown)).toEqual([
      {
        name: "Account / Log in",
        line: "POST {{baseUrl}}/echo.cgi/login",
        fields: ["X-Client: postman", "Content-Type: application/x-www-form-urlencoded"],
        body: "user={{user}}&note=a+b%26c%3D%C3%A9",
      },
      {
        name: "Account / Orders of a customer",
        line: "GET {{baseUrl}}/echo.cgi/ada/orders?page=2&q=red%20shoes",
        fields: ["Accept: application/json", "Authorization: Basic {{user}}:{{password}}"],
        body: null,
      },
      {
        name: "Create an item",
        line: "POST {{baseUrl}}/echo.cgi/items?key={{apiKey}}",
        fields: ["Content-Type: application/json"],
        body: '{\n  "id": "{{$guid}}",\n  "name": "{{user}}"\n}',
      },
      {
        name: "Upload",
        line: "POST http://localhost:8080/echo.cgi/upload?key={{apiKey}}",
        fields: ["Content-Type: multipart/form-data; boundary=----CgiWorkbenchImported"],
        body: { file: "./shop-api.4.http-body", hasVariables: false },
      },
    ]);
    expect(JSON.parse(folder.read(privateFile))).toEqual({ $shared: { apiKey: "k-1" } });
    expect(notes(collection.requests)).toEqual([["script"], [], [], ["file-part"]]);
    expect(requests[0]?.assertions.map(({ text }) => text)).toEqual(["status == 200"]);
    expect(folder.read("shop-api.4.http-body")).toBe(
      '------CgiWorkbenchImported\r\nContent-Disposition: form-data; name="title"\r\n\r\nA "title"\r\n------CgiWorkbenchImported--\r\n',
    );
  });

  test("an environment goes where editors look for it, its secrets apart; nothing that is there is replaced", async () => {
    folder.write("http-client.env.json", '{"dev": {"user": "me", "tls": {"verify": false}}, "live": {"n": 1}}');
    const { saved } = await imported("dev.postman_environment.json");
    expect(saved).toEqual({
      path: null,
      requests: 0,
      leftOut: 0,
      environments: [privateFile],
      kept: 1,
      comeFirst: [],
    });
    expect(JSON.parse(folder.read(privateFile))).toEqual({ dev: { password: "hunter2" } });
    expect(statSync(folder.file(privateFile)).mode & 0o77).toBe(0);
    expect(folder.read("http-client.env.json")).toContain('"tls": {"verify": false}');

    // A variable of the collection must not come before the environment's.
    const { variables, saved: shop } = await imported("shop.postman_collection.json");
    expect(variables.map(({ name }) => name.text)).toEqual(["baseUrl"]);
    expect(shop.environments).toEqual(["http-client.env.json", privateFile]);
    expect(JSON.parse(folder.read("http-client.env.json"))).toEqual({
      dev: { user: "me", tls: { verify: false } },
      live: { n: 1 },
      $shared: { user: "grace" },
    });
  });
});

describe("environments", () => {
  const file = "http-client.env.json";
  type Given = Readonly<Record<string, Readonly<Record<string, string>>>>;
  const nothing = { name: "", variables: [], environments: [], requests: [] };
  /** What both files hold after an import into them, and how many values were kept. */
  async function added(open: Given, hidden: Given, collection: Partial<Collection>) {
    folder.write(file, JSON.stringify(open));
    folder.write(privateFile, JSON.stringify(hidden));
    const { kept } = await saveCollection(folder.path, { ...nothing, ...collection });
    return { kept, open: JSON.parse(folder.read(file)), hidden: JSON.parse(folder.read(privateFile)) };
  }
  const imported = (name: string | null, ...values: (readonly [string, string])[]): Partial<Collection> => ({
    environments: [{ name, values, secrets: [] }],
  });

  test.each<[string, Given, Given, Partial<Collection>, number]>([
    ["an open value", { dev: { token: "mine" } }, {}, imported("dev", ["token", "theirs"]), 1],
    ["a private one", { dev: {} }, { dev: { host: "mine" } }, imported("dev", ["host", "theirs"]), 1],
    ["one that is the same", { dev: { token: "mine" } }, {}, imported("dev", ["token", "mine"]), 0],
    ["one that all share", { dev: {}, $shared: { token: "mine" } }, {}, imported("dev", ["token", "theirs"]), 1],
    ["one below what all share", { dev: { token: "mine" } }, {}, imported(null, ["token", "theirs"]), 1],
    ["one of all", { $shared: { token: "mine" } }, {}, imported(null, ["token", "theirs"]), 1],
    ["one for a collection's own", { dev: { token: "mine" } }, {}, { variables: [["token", "theirs"]] }, 1],
  ])("%s stays, whichever file the other would go into", async (_, open, hidden, collection, kept) => {
    expect(await added(open, hidden, collection)).toEqual({ kept, open, hidden });
  });

  test.each([
    [
      "tabs and CR LF",
      '\ufeff{\r\n\t"dev": {\r\n\t\t"user" : "me",\r\n\t\t"tls": {"a": [1]}, "pin": 1\r\n\t},\r\n\t"live": {}\r\n}',
      '\ufeff{\r\n\t"dev": {\r\n\t\t"user" : "me",\r\n\t\t"tls": {"a": [1]}, "pin": 1,\r\n\t\t"host": "a",\r\n\t\t"path": "b"\r\n\t},\r\n\t"live": {\r\n\t\t"host": "c"\r\n\t},\r\n\t"new": {\r\n\t\t"host": "d"\r\n\t},\r\n\t"empty": {}\r\n}',
    ],
    [
      "one line",
      '{"dev": {"user": "me", "tls": {}}, "live": {}}',
      '{"dev": {"user": "me", "tls": {}, "host": "a", "path": "b"}, "live": { "host": "c" }, "new": { "host": "d" }, "empty": {}}',
    ],
    [
      "members on one line, in lines of four spaces",
      '{\n    "live": { },\n\n    "dev": { "user": "me", "tls": 1 }\n}\n',
      '{\n    "live": {\n        "host": "c"\n    },\n\n    "dev": { "user": "me", "tls": 1, "host": "a", "path": "b" },\n    "new": {\n        "host": "d"\n    },\n    "empty": {}\n}\n',
    ],
    ["nothing", "{}", undefined],
  ])("what is there stays byte for byte: %s", async (_, before, after) => {
    folder.write(file, before);
    const environments = [
      imported("dev", ["user", "me"], ["host", "a"], ["tls", "theirs"], ["path", "b"]),
      imported("live", ["host", "c"]),
      imported("new", ["host", "d"]),
      imported("empty"),
    ].flatMap((one) => one.environments ?? []);
    await saveCollection(folder.path, { ...nothing, environments });
    const whole = { dev: { user: "me", host: "a", tls: "theirs", path: "b" }, live: { host: "c" }, new: { host: "d" } };
    expect(folder.read(file)).toBe(after ?? JSON.stringify({ ...whole, empty: {} }, null, 2));
  });

  test("a new environment has its own values, whatever all share; so has one for what only others have", async () => {
    const shared = { $shared: { host: "all", token: "all" }, dev: { pin: "1" } };
    expect(await added(shared, {}, imported("live", ["host", "live"], ["token", "live"]))).toEqual({
      kept: 0,
      open: { ...shared, live: { host: "live" } },
      hidden: { live: { token: "live" } },
    });
    expect(await added({ dev: { pin: "1" } }, {}, imported(null, ["pin", "2"]))).toMatchObject({
      kept: 0,
      open: { dev: { pin: "1" }, $shared: { pin: "2" } },
    });
  });
});

describe("a multipart body", () => {
  const json = (content: unknown): TextFile => ({ path: "a.json", text: JSON.stringify(content) });
  const header = { name: "content-type", value: "multipart/form-data" };
  const files: readonly (readonly [string, TextFile])[] = [
    [
      "Insomnia",
      json({
        _type: "export",
        __export_format: 4,
        resources: [
          {
            ...{ _id: "1", _type: "request", name: "a", method: "POST", url: "/", headers: [header] },
            body: { mimeType: "multipart/form-data", params: [{ name: "a", value: "b" }] },
          },
        ],
      }),
    ],
    [
      "Postman",
      json({
        info: { name: "x", schema: "https://schema.getpostman.com/json/collection/v2.1.0/" },
        item: [
          {
            name: "a",
            request: {
              ...{ method: "POST", url: "/", header: [{ key: header.name, value: header.value }] },
              body: { mode: "formdata", formdata: [{ key: "a", value: "b", type: "text" }] },
            },
          },
        ],
      }),
    ],
    [
      "Bruno",
      {
        path: "a.bru",
        text: `meta {
  name: a
}

post {
  url: /
  body: multipartForm
}

headers {
  ${header.name}: ${header.value}
}

body:multipart-form {
  a: b
}
`,
      },
    ],
  ];

  test.each(files)("of %s has its boundary in the Content-Type, though the request names a type", (_, file) => {
    const [request] = readCollection([file])?.requests ?? [];
    expect(request?.body).toMatch(/^------CgiWorkbenchImported\r\n/);
    expect(request?.headers).toEqual([["Content-Type", "multipart/form-data; boundary=----CgiWorkbenchImported"]]);
  });

  test("another body's type stays", () => {
    const sent = { method: "POST", url: "/", body: { mode: "graphql", graphql: { query: "", variables: "" } } };
    const item = [{ name: "a", request: { ...sent, header: [{ key: header.name, value: header.value }] } }];
    const info = { name: "x", schema: "https://schema.getpostman.com/json/collection/v2.1.0/" };
    const [request] = readCollection([json({ info, item })])?.requests ?? [];
    expect(request?.headers).toEqual([[header.name, header.value]]);
  });

  test("Postman leaves out what is empty: a query's variables, a sign-in's value", () => {
    const auth = { type: "basic", basic: [{ key: "username", value: "ada" }, { key: "password" }] };
    const request = { method: "POST", url: "/", auth, body: { mode: "graphql", graphql: { query: "{ a }" } } };
    const info = { name: "x", schema: "https://schema.getpostman.com/json/collection/v2.1.0/" };
    const [read] = readCollection([json({ info, item: [{ name: "a", request }] })])?.requests ?? [];
    expect(JSON.parse(String(read?.body))).toMatchObject({ query: "{ a }" });
  });
});

describe("Insomnia", () => {
  test("an export in JSON: folders, order, variables, environments", async () => {
    const { requests, saved, collection, variables } = await imported("shop.insomnia4.json");
    expect(saved).toMatchObject({ path: "shop-of-insomnia.http", requests: 3, kept: 0 });
    expect(requests.map(shown)).toEqual([
      {
        name: "Account / Log in",
        line: "POST {{base_url}}/echo.cgi/login",
        fields: ["Content-Type: application/x-www-form-urlencoded"],
        body: "user=ada+lovelace&pin={{pin}}",
      },
      {
        name: "Account / Page",
        line: "GET {{base_url}}/echo.cgi/page?q=a+b",
        fields: ["X-Trace: {{nested.id}}", "Authorization: Bearer {{token}}"],
        body: null,
      },
      {
        name: "With a tag",
        line: "POST {{base_url}}/echo.cgi/tag",
        fields: ["Content-Type: application/json"],
        body: `{"now": "{% now 'iso-8601' %}", "say": "{{greeting}}"}`,
      },
    ]);
    expect(notes(collection.requests)).toEqual([[], [], ["sign-in", "template"]]);
    expect(variables.map(({ name, value }) => [name.text, value.text])).toEqual([["greeting", "hi"]]);
    expect(JSON.parse(folder.read("http-client.env.json"))).toEqual({
      $shared: { base_url: "http://127.0.0.1:8080", "nested.id": "7" },
      dev: {},
      live: { pin: "9876" },
    });
    expect(JSON.parse(folder.read(privateFile))).toEqual({
      dev: { pin: "1234" },
      live: { token: "t-9" },
    });
  });

  test("an export in YAML: the same, with path parameters and a body that needs a file", async () => {
    const { requests, collection } = await imported("shop.insomnia5.yaml");
    expect(requests.map(shown)).toEqual([
      { name: "Plain", line: "GET {{base_url}}/echo.cgi/plain", fields: ["X-Key: {{apiKey}}"], body: null },
      {
        name: "Account / Who",
        line: "PUT {{base_url}}/echo.cgi/{{name}}",
        fields: ["Content-Type: text/plain", "Authorization: Basic ada:{{password}}"],
        body: { file: "./shop-in-yaml.2.http-body", hasVariables: false },
      },
    ]);
    expect(JSON.parse(folder.read(privateFile))).toEqual({ $shared: { apiKey: "k-5", password: "hunter2" } });
    expect(folder.read("shop-in-yaml.2.http-body")).toBe("first\n\n### third");
    expect(notes(collection.requests)).toEqual([[], ["script"]]);
    expect(JSON.parse(folder.read("http-client.env.json"))).toMatchObject({ dev: { name: "grace" } });
  });
});

describe("Bruno", () => {
  test.each(["bruno", "bruno/bruno.json"])("%s: files, folders' settings, assertions and captures", async (name) => {
    const { requests, collection, variables } = await imported(name);
    expect(collection.name).toBe("Shop of Bruno");
    expect(requests.map(shown)).toEqual([
      {
        name: "Account / Log in",
        line: "POST {{host}}/echo.cgi/login?lang=en",
        fields: ["Content-Type: application/json", "X-All: 1"],
        body: '{\n  "user": "ada",\n  "nested": {\n    "a": {"b": 1}\n  },\n  "token": "t-1"\n}',
      },
      {
        name: "Account / Page",
        line: "GET {{host}}/echo.cgi/{{shelf}}/page",
        fields: ["X-All: 1", "Authorization: Bearer {{token}}"],
        body: null,
      },
      {
        name: "Upload",
        line: "POST {{host}}/echo.cgi/upload",
        fields: [
          "X-All: 1",
          "Content-Type: multipart/form-data; boundary=----CgiWorkbenchImported",
          "Authorization: Basic ada:{{password}}",
        ],
        body: { file: "./shop-of-bruno.3.http-body", hasVariables: false },
      },
    ]);
    expect(requests[0]?.assertions.map(({ text }) => text)).toEqual([
      "status == 200",
      'field content-type contains "json"',
    ]);
    expect(requests[0]?.captures.map(({ capture }) => capture)).toMatchObject([
      { variable: "token", source: { kind: "body" } },
    ]);
    expect(notes(collection.requests)).toEqual([["test", "capture-escapes", "script"], [], ["file-part"]]);
    expect(variables.map(({ name: { text } }) => text)).toEqual(["shelf"]);
    expect(JSON.parse(folder.read("http-client.env.json"))).toEqual({ dev: { host: "http://127.0.0.1:8080" } });
  });

  test("one file alone is one request", async () => {
    const { requests } = await imported("bruno/Upload.bru");
    expect(requests.map(({ name }) => name)).toEqual(["Upload"]);
  });
});

describe("any collection", () => {
  const odd = fc.constantFrom(
    "\n",
    "\r\n",
    "###",
    "# @assert x",
    "< ./a",
    "> {% x %}",
    "{{a}}",
    "{{",
    "é",
    "\0",
    " ",
    ":",
  );
  const text = fc.array(fc.oneof(odd, fc.string({ maxLength: 5 })), { maxLength: 6 }).map((parts) => parts.join(""));
  const anyRequest: fc.Arbitrary<CollectedRequest> = fc.record({
    name: text,
    method: fc.oneof(fc.constantFrom("GET", "post", "X-Y"), text),
    url: text,
    headers: fc.array(fc.tuple(fc.oneof(fc.constant("X-A"), text), text), { maxLength: 3 }),
    body: fc.option(text, { nil: null }),
    assertions: fc.array(fc.oneof(fc.constant("status == 200"), text), { maxLength: 2 }),
    captures: fc.array(fc.oneof(fc.constant("a = body"), text), { maxLength: 2 }),
    notes: fc.constant([]),
  });

  test("is written so that it reads as the same requests", () => {
    fc.assert(
      fc.property(
        fc.array(anyRequest, { maxLength: 4 }),
        fc.array(fc.tuple(text, text), { maxLength: 3 }),
        text,
        (requests, variables, name) => {
          const written = writeCollection({ name, variables, requests }, (nth) => `b.${nth}.http-body`);
          const { requests: read, mistakes } = parseHttpFile(written.text);
          expect(mistakes).toEqual([]);
          expect(read).toHaveLength(requests.length);
          for (const [index, request] of requests.entries()) {
            const body = read[index]?.body ?? null;
            const file = written.bodies.find((one) => one.name === `b.${index + 1}.http-body`);
            const found = body === null ? "" : body.kind === "text" ? body.text : (file?.text ?? "missing");
            expect(found).toBe(request.body ?? "");
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("that was damaged is refused, or read", () => {
    const whole = ["shop.postman_collection.json", "shop.insomnia4.json", "shop.insomnia5.yaml"].map(
      (name): TextFile => ({ path: name, text: readFileSync(fixture(name), "utf8") }),
    );
    const bru = readdirSync(fixture("bruno/account")).map(
      (name): TextFile => ({ path: name, text: readFileSync(fixture(`bruno/account/${name}`), "utf8") }),
    );
    const put = fc.constantFrom("", "null", "-1", '"', "{", "}", "[]", "\n", "'''", "&a [*a]", "{{");
    fc.assert(
      fc.property(
        fc.constantFrom(...whole, ...bru),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(60),
        put,
        (file, at, cut, added) => {
          const from = Math.floor(at * file.text.length);
          const text = file.text.slice(0, from) + added + file.text.slice(from + cut);
          try {
            const collection = readCollection([{ ...file, text }]);
            if (collection) expect(parseHttpFile(writeCollection(collection, String).text).mistakes).toEqual([]);
          } catch (error) {
            expect(error).toBeInstanceOf(ProblemError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("that lies a hundred thousand levels deep is refused, in each form", () => {
    const info =
      '"info":{"name":"x","_postman_id":"1","schema":"https://schema.getpostman.com/json/collection/v2.1.0/"}';
    const nested = `${'[{"name":"a","item":'.repeat(100_000)}[]${"}]".repeat(100_000)}`;
    const values = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const files = [
      `{${info},"item":${nested}}`,
      `{"name":"x","_postman_variable_scope":"globals","values":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`,
      `{"_type":"export","__export_format":4,"resources":[{"_id":"1","_type":"environment","name":"insomnia","data":${values}}]}`,
      `type: collection.insomnia.rest/5.0\ncollection: ${"[".repeat(5000)}${"]".repeat(5000)}\n`,
    ];
    for (const text of files) expect(() => readCollection([{ path: "a.json", text }])).toThrow(ProblemError);
  });

  test("copies nothing into the folder from behind a link that came with it", async () => {
    using other = tempFolder();
    other.write("settings.json", '{"account":{"key":"theirs"}}');
    symlinkSync(other.file("settings.json"), folder.file("http-client.private.env.json"));
    await expect(imported("shop.postman_collection.json")).rejects.toThrow(ProblemError);
    expect(lstatSync(folder.file("http-client.private.env.json")).isSymbolicLink()).toBe(true);
    expect(other.read("settings.json")).toBe('{"account":{"key":"theirs"}}');
  });

  test("leaves a file of environments alone whose values lie too deep to be added to", async () => {
    const deep = `{"dev": {"tls": ${"[".repeat(100)}${"]".repeat(100)}}}`;
    folder.write("http-client.env.json", deep);
    await expect(imported("shop.postman_collection.json")).rejects.toThrow(/its values lie too deep/);
    expect(folder.read("http-client.env.json")).toBe(deep);
  });

  test("never replaces a file", async () => {
    folder.write("shop-api.http", "GET /mine\n");
    expect((await imported("shop.postman_collection.json")).saved.path).toBe("shop-api-2.http");
    expect((await imported("shop.postman_collection.json")).saved.path).toBe("shop-api-3.http");
    expect(folder.read("shop-api.http")).toBe("GET /mine\n");
  });

  test.each([
    ["a HAR file", "a.har", '{"log":{"entries":[]}}'],
    ["a capsule", "a.sh", "#!/bin/sh\n# CGI Workbench capsule 1\n"],
    ["another YAML file", "a.yaml", "type: something\ninsomnia: no\n"],
    ["a trace that names Postman", "a.json", '{"schema":1,"agent":"PostmanRuntime"}'],
  ])("%s is none", (_, path, text) => {
    expect(readCollection([{ path, text }])).toBeNull();
  });
});
