// What of a collection's requests is sent as its tool sends it, what is remarked, and where secrets go.
import { expect, test } from "vitest";
import { readCollection } from "../../../server/features/collections/read-collection.js";
import { saveCollection } from "../../../server/features/collections/save-collection.js";
import { writeCollection } from "../../../server/features/collections/write-collection.js";
import { problem } from "../../support/coded.js";
import { tempFolder } from "../../support/temp-workspace.js";

const insomnia = (...resources: readonly object[]) =>
  readCollection([{ path: "insomnia.json", text: JSON.stringify({ _type: "export", resources }) }]);
/** One request of Insomnia, as it is imported. */
const fromInsomnia = (request: object) =>
  insomnia({ _id: "1", _type: "request", name: "a", method: "POST", url: "/", ...request })?.requests[0];
const fromBruno = (...blocks: readonly string[]) =>
  readCollection([{ path: "a.bru", text: blocks.join("\n\n") }])?.requests[0];
const codes = (notes: readonly { readonly code: string }[] | undefined) => notes?.map(({ code }) => code);

test("requests that are left out, beside a base environment without values, are nothing to import", () => {
  const request = { _id: "1", _type: "grpc_request", name: "a", url: "h:9000" };
  const base = (data: object) => ({ _id: "e", _type: "environment", parentId: null, data });
  expect(() => insomnia(request, base({}))).toThrow(problem("collection-empty"));
  expect(insomnia(request, base({ a: 1 }))?.environments).toHaveLength(1);
  expect(insomnia(request, base({}), { ...base({}), _id: "s", parentId: "e", name: "dev" })).not.toBeNull();
});

const tagged = { name: "at", value: "{% now 'iso-8601' %}" };
test.each([
  ["the query", { parameters: [tagged] }],
  ["the path", { url: "/:at", pathParameters: [tagged] }],
  ["a form", { body: { mimeType: "application/x-www-form-urlencoded", params: [tagged] } }],
  ["a sign-in", { authentication: { type: "basic", username: "ada", password: tagged.value } }],
])("a tag of Insomnia's in %s is remarked", (_, request) => {
  expect(codes(fromInsomnia(request)?.notes)).toEqual(["template"]);
});

test("a tag of Insomnia's in the sign-in of a folder is remarked, unless a request has its own", () => {
  const authentication = { type: "basic", username: "ada", password: tagged.value };
  const request = { _type: "request", parentId: "f", name: "a", url: "/" };
  const collection = insomnia(
    { _id: "f", _type: "request_group", name: "f", authentication },
    { ...request, _id: "1", metaSortKey: 1 },
    { ...request, _id: "2", metaSortKey: 2, authentication: { type: "none" } },
  );
  expect(collection?.requests.map(({ notes }) => codes(notes))).toEqual([["template"], []]);
});

test("an API key of Insomnia's is a cookie where it says so, beside others", () => {
  const authentication = { type: "apikey", key: "sid", value: "abc", addTo: "cookie" };
  expect(fromInsomnia({ authentication })?.headers).toEqual([["Cookie", "sid=abc"]]);
  const headers = [{ name: "cookie", value: "a=b" }];
  expect(fromInsomnia({ authentication, headers })?.headers).toEqual([["Cookie", "a=b; sid=abc"]]);
});

test.each([
  ["NO_PREFIX", "t-1"],
  ["Token", "Token t-1"],
  ["", "Bearer t-1"],
])("a bearer token of Insomnia's with the prefix “%s” is sent as %s", (prefix, value) => {
  const authentication = { type: "bearer", token: "t-1", prefix };
  expect(fromInsomnia({ authentication })?.headers).toEqual([["Authorization", value]]);
});

const entry = (id: string, url: string): string => `  - { name: ${id}, url: "${url}", meta: { id: ${id}_1 } }`;
const fifth = ["req", "ws-req", "greq"].map((id) => entry(id, id === "ws-req" ? "ws://h/chat" : "h:9000"));
const ofFourth = (_type: string, url: string) => ({ _id: _type, _type, name: _type, url });
test.each([
  ["Insomnia 5", "a.yaml", ["type: collection.insomnia.rest/5.0", "name: x", "collection:", ...fifth].join("\n")],
  [
    "Insomnia 4",
    "a.json",
    JSON.stringify({
      _type: "export",
      resources: [
        ofFourth("request", "h:9000"),
        ofFourth("websocket_request", "{{ _.base }}/chat"),
        ofFourth("grpc_request", "h:9000"),
      ],
    }),
  ],
])("requests of %s over WebSocket and gRPC are left out with a comment", (_, path, text) => {
  const collection = readCollection([{ path, text }]);
  if (collection === null) throw new Error("a collection");
  expect(collection.requests.map(({ url }) => url)).toEqual(["h:9000"]);
  expect(collection.notes?.map(({ data }) => data)).toMatchObject([{ scheme: "ws" }, { scheme: "grpc" }]);
  const written = writeCollection(collection, String);
  expect(written.leftOut).toBe(2);
  expect(written.text.match(/^# Left out: /gm)).toHaveLength(2);
});

test("requests of Bruno over gRPC are left out with a comment", () => {
  const files = [
    { path: "a.bru", text: "get {\n  url: /\n}" },
    { path: "b.bru", text: "grpc {\n  url: h:9000\n}" },
  ];
  const collection = readCollection(files);
  expect(collection?.requests).toHaveLength(1);
  expect(collection?.notes?.map(({ data }) => data)).toEqual([{ name: "b", scheme: "grpc" }]);
});

test("the type that Bruno notes at a part is the part's Content-Type", () => {
  const parts = `body:multipart-form {
  a: {"a":1} @contentType(application/json)
  b: '''
    x
    y
  ''' @contentType(text/csv)
  c: plain
}`;
  const { body = "" } = fromBruno("post {\n  url: /\n  body: multipartForm\n}", parts) ?? {};
  const part = (name: string, type: string, value: string): string =>
    `Content-Disposition: form-data; name="${name}"\r\n${type}\r\n${value}\r\n`;
  expect(body).toContain(part("a", "Content-Type: application/json\r\n", '{"a":1}'));
  expect(body).toContain(part("b", "Content-Type: text/csv\r\n", "x\ny"));
  expect(body).toContain(part("c", "", "plain"));
});

test("a variable that Bruno takes from JSON is remarked: its escapes stay", () => {
  const request = fromBruno("get {\n  url: /\n}", "vars:post-response {\n  next: res.body.next\n}");
  expect(request?.captures).toHaveLength(1);
  expect(request?.notes.map(({ code, data }) => [code, data])).toEqual([["capture-escapes", { name: "next" }]]);
});

test("a variable that Bruno takes has any name that a file can ask for; another one is remarked", () => {
  const taken = "vars:post-response {\n  auth.token: res.body.token\n  a b: res.body.a\n  1c: res.headers.c\n}";
  const request = fromBruno("get {\n  url: /\n}", taken);
  expect(request?.notes.map(({ code, data }) => [code, data])).toEqual([
    ["capture-escapes", { name: "auth.token" }],
    ["test", { text: "a b: res.body.a" }],
    ["test", { text: "1c: res.headers.c" }],
  ]);
  const requests = request ? [request] : [];
  const { text, leftOut } = writeCollection({ name: "a", variables: [], requests }, String);
  expect([leftOut, text.match(/^# @capture .*? = body/gm)]).toEqual([3, ["# @capture auth.token = body"]]);
});

test("checks that a file cannot hold are remarked", () => {
  const checks = { assertions: ["status == 200", "status is fine", 'body == "a\nb"'], captures: ["a b = body"] };
  const request = { name: "a", method: "GET", url: "/", headers: [], body: null, notes: [], ...checks };
  const { text, leftOut } = writeCollection({ name: "a", variables: [], requests: [request] }, String);
  expect([leftOut, text.match(/^# Left out: /gm)?.length, text.match(/^# @.*$/gm)]).toEqual([
    3,
    3,
    ["# @assert status == 200"],
  ]);
});

/** Puts a collection of Postman's with the name "shop" into a folder. */
async function savePostman(root: string, item: unknown, variable: readonly object[] = []) {
  const info = { name: "shop", schema: "https://schema.getpostman.com/json/collection/v2.1.0/" };
  const collection = readCollection([{ path: "a.json", text: JSON.stringify({ info, item, variable }) }]);
  if (collection === null) throw new Error("a collection");
  return saveCollection(root, collection);
}

test("variables of a collection's file that come before an environment imported later are named", async () => {
  using folder = tempFolder();
  const values = [
    { key: "base", value: "/a" },
    { key: "user", value: "ada" },
  ];
  await savePostman(folder.path, [{ name: "a", request: "{{base}}" }], values);
  const staging = [{ key: "base", value: "/staging", type: "secret" }, ...values.slice(1)];
  const environment = { name: "staging", _postman_variable_scope: "environment", values: staging };
  const collection = readCollection([{ path: "staging.json", text: JSON.stringify(environment) }]);
  if (collection === null) throw new Error("an environment");
  const saved = await saveCollection(folder.path, collection);
  expect(saved).toMatchObject({ path: null, kept: 0, comeFirst: [{ path: "shop.http", names: ["base"] }] });
});

test("variables of the collection whose names, or Postman, call them secret go into the private file", async () => {
  using folder = tempFolder();
  const variable = Object.entries({ base: "/a", token: "t-1", authHeader: "Bearer {{token}}", apiKey: "" });
  const ofType = { type: "secret" };
  const saved = await savePostman(
    folder.path,
    [{ name: "a", request: "{{base}}?t={{token}}" }],
    [
      ...variable.map(([key, value]) => ({ key, value })),
      { key: "user", value: "u-1", ...ofType },
      { key: "made", value: "{{user}}", ...ofType },
    ],
  );
  expect(saved).toMatchObject({ path: "shop.http", environments: ["http-client.private.env.json"] });
  // What is made of other variables has its value in the file alone, and an empty value is none yet.
  expect(folder.read("shop.http").match(/^@.*$/gm)).toEqual([
    ...["@base = /a", "@authHeader = Bearer {{token}}", "@apiKey = ", "@made = {{user}}"],
  ]);
  const values = { user: "u-1", token: "t-1" };
  expect(JSON.parse(folder.read("http-client.private.env.json"))).toEqual({ $shared: values });
});

test("what signs a request in becomes a variable with its value in the private file; one that is there stays", async () => {
  using folder = tempFolder();
  folder.write("http-client.private.env.json", '{"dev": {"token": "mine"}}');
  const bearer = (token: string) => ({ type: "bearer", bearer: [{ key: "token", value: token }] });
  const basic = (username: string, password: string) => ({ type: "basic", basic: { username, password } });
  const key = { key: "key", value: "a key&", in: "query" };
  const auths = [
    ...[bearer("t-1"), bearer("t-2"), bearer("t-1"), bearer("{{own}}"), { type: "apikey", apikey: key }],
    ...[basic("ada", "p:1"), basic("a b", "p-2"), basic("{{user}}", "p-3"), basic("ada", "")],
  ];
  const item = auths.map((auth) => ({ name: "a", request: { method: "GET", url: "/{{token_2}}#x", auth } }));
  await savePostman(folder.path, item);
  await savePostman(folder.path, item);
  const lines = [
    ...["Bearer {{token_3}}", "Bearer {{token_4}}", "Bearer {{token_3}}", "Bearer {{own}}"],
    ...["Basic ada:{{password}}", "Basic {{credentials}}", "Basic {{user}}:{{password_2}}", "Basic ada:"],
  ];
  for (const path of ["shop.http", "shop-2.http"]) {
    const text = folder.read(path);
    expect(text.match(/(?<=^Authorization: ).*$/gm)).toEqual(lines);
    expect(text).toContain("GET /{{token_2}}?key={{apiKey}}#x");
  }
  const signIns = { token_3: "t-1", token_4: "t-2", apiKey: "a+key%26", password: "p:1", password_2: "p-3" };
  const $shared = { ...signIns, credentials: btoa("a b:p-2") };
  expect(JSON.parse(folder.read("http-client.private.env.json"))).toEqual({ dev: { token: "mine" }, $shared });
});

const ofEnvironments = '{"dev": {"token": "t-1"}, "live": {}}';
test("a token gets no name whose value only some environments have", async () => {
  using folder = tempFolder();
  folder.write("http-client.private.env.json", ofEnvironments);
  const auth = { type: "bearer", bearer: [{ key: "token", value: "t-1" }] };
  await savePostman(folder.path, [{ name: "a", request: { method: "GET", url: "/", auth } }]);
  expect(folder.read("shop.http")).toContain("Bearer {{token_2}}");
  expect(JSON.parse(folder.read("http-client.private.env.json"))).toEqual({
    ...JSON.parse(ofEnvironments),
    $shared: { token_2: "t-1" },
  });
});

test("a token gets no name that a request captures", async () => {
  using folder = tempFolder();
  folder.write("http-client.private.env.json", '{"$shared": {"token": "t-1"}}');
  const files = [
    { path: "a.bru", text: "get {\n  url: /\n}\n\nvars:post-response {\n  token: res.body.token\n}" },
    { path: "b.bru", text: "get {\n  url: /\n  auth: bearer\n}\n\nauth:bearer {\n  token: t-1\n}" },
  ];
  const collection = readCollection(files);
  if (collection === null) throw new Error("a collection");
  const { path } = await saveCollection(folder.path, collection);
  expect(folder.read(path ?? "")).toContain("Bearer {{token_2}}");
});

test("a token is taken without the white space around it; one with a line end is remarked, and is no variable", async () => {
  using folder = tempFolder();
  const auths = [
    { type: "bearer", bearer: [{ key: "token", value: "t-1\n" }] },
    { type: "bearer", bearer: [{ key: "token", value: "t\n2" }] },
    { type: "apikey", apikey: { key: "X-Key", value: " k-1 " } },
    { type: "apikey", apikey: { key: "key", value: "k\n2", in: "query" } },
  ];
  const item = auths.map((auth) => ({ name: "a", request: { method: "GET", url: "/", auth } }));
  expect(await savePostman(folder.path, item)).toMatchObject({ leftOut: 1 });
  const $shared = { token: "t-1", apiKey: "k-1", apiKey_2: "k%0A2" };
  expect(JSON.parse(folder.read("http-client.private.env.json"))).toEqual({ $shared });
});

test("a body that no editor would open lies in a file of its own", () => {
  const lists = { headers: [], assertions: [], captures: [], notes: [] };
  const request = { name: "a", method: "POST", url: "/", body: "é".repeat(40_000), ...lists };
  const written = writeCollection({ name: "a", variables: [], requests: [request] }, (nth) => `${nth}.http-body`);
  expect(written.bodies).toEqual([{ name: "1.http-body", text: request.body }]);
});

test("a form whose lines would be joined when it is sent lies in a file of its own", () => {
  const body = "a=1\n&b=2";
  const headers = [["content-type", "application/x-www-form-urlencoded"]] as const;
  const lists = { assertions: [], captures: [], notes: [] };
  const request = { name: "a", method: "POST", url: "/", headers, body, ...lists };
  const written = writeCollection({ name: "a", variables: [], requests: [request] }, (nth) => `${nth}.http-body`);
  expect(written.bodies).toEqual([{ name: "1.http-body", text: body }]);
});
