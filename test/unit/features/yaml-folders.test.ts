// Folders of YAML files: Bruno's (OpenCollection) and Postman's (format 3).
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import type { Collection } from "../../../server/features/collections/collection.js";
import { collectionFiles } from "../../../server/features/collections/collection-files.js";
import { groupsOf } from "../../../server/features/collections/file-groups.js";
import { readCollection } from "../../../server/features/collections/read-collection.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

type Files = Readonly<Record<string, string>>;

async function read(files: Files): Promise<Collection[]> {
  for (const [path, text] of Object.entries(files)) {
    if (path.includes("/")) folder.makeFolder(dirname(path));
    folder.write(path, text);
  }
  return (await collectionFiles(folder.path)).map(readCollection).filter((one) => one !== null);
}

const shown = (collection: Collection | undefined) =>
  collection?.requests.map(({ name, method, url, headers, body }) => ({
    name,
    line: `${method} ${url}`,
    fields: headers.map((pair) => pair.join(": ")),
    body,
  }));
const codes = (collection: Collection | undefined) =>
  collection?.requests.map(({ notes }) => notes.map(({ code }) => code));

const codeOf = async (files: Files): Promise<unknown> => {
  try {
    return (await read(files)).length;
  } catch (error) {
    return error instanceof ProblemError ? [error.problem.code, error.problem.data?.["line"]] : error;
  }
};

describe("Bruno's YAML", () => {
  const collection = `opencollection: 1.0.0
info: {name: Shop}
request:
  headers: [{name: X-Shop, value: 1.10}]
  auth: {type: basic, username: ada, password: "{{pass}}"}
  variables: [{name: base, value: {type: string, data: "/a.cgi"}}]
`;

  test("a folder has its order, its sign-in and the headers of the folders above", async () => {
    const [one] = await read({
      "opencollection.yml": collection,
      "b/folder.yml": "info: {name: Second, type: folder, seq: 2}\nrequest: {auth: {type: bearer, token: t}}\n",
      "b/a.yml": 'info: {name: A, type: http, seq: 1}\nhttp: {method: GET, url: "{{base}}", auth: inherit}\n',
      "a/folder.yml": "info: {name: First, type: folder, seq: 1}\nrequest: {auth: inherit}\n",
      "a/z.yml": 'info: {name: Z, type: http, seq: 1}\nhttp: {method: GET, url: "{{base}}", auth: inherit}\n',
      "a/y.yml": 'info: {name: Y, type: http, seq: 2}\nhttp: {method: delete, url: "{{base}}"}\r\n',
      "docker-compose.yml": "services: {a: [}\n",
    });
    expect(one?.name).toBe("Shop");
    expect(shown(one)).toEqual([
      {
        name: "First / Z",
        line: "GET {{base}}",
        fields: ["X-Shop: 1.10", "Authorization: Basic ada:{{pass}}"],
        body: null,
      },
      { name: "First / Y", line: "delete {{base}}", fields: ["X-Shop: 1.10"], body: null },
      { name: "Second / A", line: "GET {{base}}", fields: ["X-Shop: 1.10", "Authorization: Bearer t"], body: null },
    ]);
    expect(one?.variables).toEqual([["base", "/a.cgi"]]);
    expect(one?.damaged).toEqual([]);
  });

  test("one file that has all requests in it, with its environments", async () => {
    const [one] = await read({
      "opencollection.yml": `opencollection: 1.0.0
info: {name: All}
bundled: true
config:
  environments:
    - {name: dev, variables: [{name: id, value: 4634343214213523454}, {name: key, secret: true}]}
items:
  - info: {name: In, type: folder}
    request: {auth: {type: apikey, key: X-Key, value: k, placement: header}}
    items:
      - info: {name: GraphQL, type: graphql}
        graphql: {url: /g.cgi, body: {query: "{ a }", variables: '{"n": 1.0}'}, auth: inherit}
  - info: {name: Chat, type: websocket}
    websocket: {url: "ws://x/"}
`,
    });
    expect(shown(one)).toEqual([
      {
        name: "In / GraphQL",
        line: "POST /g.cgi",
        fields: ["Content-Type: application/json", "X-Key: k"],
        body: '{"query": "{ a }", "variables": {"n": 1.0}}',
      },
    ]);
    expect(one?.notes?.map(({ code }) => code)).toEqual(["scheme"]);
    expect(one?.environments).toEqual([{ name: "dev", values: [["id", "4634343214213523454"]], secrets: [] }]);
  });

  test("the bodies, checks and captures that other versions write", async () => {
    const [one] = await read({
      "opencollection.yml": "opencollection: 1.0.0\ninfo: {name: B}\n",
      "chosen.yml": `info: {name: Chosen, type: http, seq: 1}
http:
  method: POST
  url: /a.cgi/:id
  params: [{name: id, value: 0042, type: path}, {name: q, value: x, type: query}]
  body:
    - {title: one, body: {type: text, data: no}}
    - {title: two, selected: true, body: {type: xml, data: <a/>}}
  auth: {type: bearer, bearer: {token: inner}}
runtime:
  assertions: [{expression: res.headers.location, operator: contains, value: /b}, {expression: res.body.a, operator: isJson}]
  actions:
    - {type: set-variable, phase: after-response, selector: {expression: res.headers.location}, variable: {name: to}}
  scripts: [{type: tests, code: "test()"}]
`,
      "upload.yml": `info: {name: Upload, type: http, seq: 2}
http:
  method: POST
  url: /a.cgi
  body: {type: file, data: [{filePath: a.bin, contentType: image/gif, selected: true}]}
`,
      "form.yml": `info: {name: Form, type: http, seq: 3}
http: {method: POST, url: /a.cgi, body: {type: form-urlencoded, data: [{name: a, value: true}, {name: b, value: no, disabled: true}]}}
`,
    });
    expect(shown(one)).toEqual([
      {
        name: "Chosen",
        line: "POST /a.cgi/0042",
        fields: ["Content-Type: application/xml", "Authorization: Bearer inner"],
        body: "<a/>",
      },
      { name: "Upload", line: "POST /a.cgi", fields: [], body: null },
      {
        name: "Form",
        line: "POST /a.cgi",
        fields: ["Content-Type: application/x-www-form-urlencoded"],
        body: "a=true",
      },
    ]);
    expect(one?.requests[0]?.assertions).toEqual(['field location contains "/b"']);
    expect(one?.requests[0]?.captures).toEqual(["to = field location"]);
    expect(codes(one)).toEqual([["test", "script"], ["body-file"], []]);
  });

  test("damaged files are named with their lines; the others are read", async () => {
    const [one] = await read({
      "opencollection.yml": collection,
      "good.yml": "info: {name: Good, type: http}\nhttp: {method: GET, url: /a.cgi}\n",
      "quotes.yml": "info:\n  name: Q\n  type: http\nhttp:\n  method: GET\n  url: {{base}}\n",
      "in/tab.yml": "info:\n  name: T\nhttp:\n\turl: /\n",
      "in/list.yml": "info:\n  name: L\nhttp:\n  url: /\n  headers:\n    - X-A\n",
      "empty.yml": "",
    });
    expect(shown(one)?.map(({ name }) => name)).toEqual(["Good"]);
    expect(one?.damaged?.map(({ place }) => place)).toEqual([
      "empty.yml",
      "in/list.yml:6",
      "in/tab.yml:4",
      "quotes.yml:6",
    ]);
    expect(one?.notes?.map(({ code }) => code)).toEqual(["damaged", "damaged", "damaged", "damaged"]);
  });

  test("a file by itself is read, or named with its line", () => {
    const group = (text: string) => groupsOf([{ path: "a.yml", text }]).map(readCollection);
    expect(shown(group("info: {name: A}\nhttp: {url: /a.cgi}\n")[0] ?? undefined)).toMatchObject([
      { line: "GET /a.cgi" },
    ]);
    expect(() => group("info: {name: A}\nhttp:\n  url: {{base}}\n")).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: "collection-invalid", data: expect.objectContaining({ line: 3 }) }),
      }),
    );
  });

  test("a folder of several collections gives each its own", async () => {
    const all = await read({
      "one/opencollection.yml": "opencollection: 1.0.0\ninfo: {name: One}\n",
      "one/in/a.yml": "info: {name: A}\nhttp: {url: /a.cgi}\n",
      "two/opencollection.yml": "opencollection: 1.0.0\ninfo: {name: Two}\n",
      "two/b.yml": "info: {name: B}\nhttp: {url: /b.cgi}\n",
    });
    expect(all.map(({ name, requests }) => [name, requests.map((one) => one.name)])).toEqual([
      ["One", ["in / A"]],
      ["Two", ["B"]],
    ]);
  });
});

describe("Postman's format 3", () => {
  test("names and values as pairs of a mapping, path variables, sign-in from the folders", async () => {
    const [one] = await read({
      ".resources/definition.yaml": `$kind: collection
name: Shop
variables: {base: /a.cgi}
auth: {type: basic, credentials: {username: ada, password: 0042}}
scripts: [{type: "http:beforeRequest", code: "a()"}]
`,
      "In/.resources/definition.yaml": "$kind: collection\nname: Inside\norder: 500\n",
      "In/Two.request.yaml": `$kind: http-request
order: 20
method: PUT
url: "{{base}}/:id?page=1"
pathVariables: {id: 4634343214213523454}
queryParams: [{key: page, value: 1}, {key: q, value: a&b}]
headers: {X-A: "1", Accept: text/html}
auth: {type: inherit}
`,
      "In/One.request.yaml": "$kind: http-request\norder: 10\nurl: /b.cgi\nauth: {type: noauth}\n",
    });
    expect(one?.name).toBe("Shop");
    expect(shown(one)).toEqual([
      { name: "Inside / One", line: "GET /b.cgi", fields: [], body: null },
      {
        name: "Inside / Two",
        line: "PUT {{base}}/4634343214213523454?page=1&q=a%26b",
        fields: ["X-A: 1", "Accept: text/html", "Authorization: Basic ada:0042"],
        body: null,
      },
    ]);
    expect(one?.variables).toEqual([["base", "/a.cgi"]]);
    expect(codes(one)).toEqual([["script"], ["script"]]);
  });

  test("all bodies, and requests that are not sent over HTTP", async () => {
    const request = (rest: string): string => `$kind: http-request\nmethod: POST\nurl: /a.cgi\n${rest}`;
    const [one] = await read({
      "a.request.yaml": request("body: {type: urlencoded, content: {a: fish & chips, n: 1.10}}"),
      "b.request.yml": request("body: {type: urlencoded, content: [{key: a, value: x}, {key: b, disabled: true}]}"),
      "c.request.yaml": request("body:\n  type: formdata\n  content:\n    - {key: f, type: file, src: [a.gif]}\n"),
      "d.request.yaml": request("body: {type: file, content: {src: ./a.bin}}"),
      "e.request.yaml": request("body: {type: text, content: plain}"),
      "f.request.yaml": '$kind: graphql-request\nurl: /g.cgi\nquery: "{ a }"\nvariables: \'{"n": 1.0}\'\n',
      "g.request.yaml": "$kind: grpc-request\nurl: x\n",
      "h.request.json": '{"$kind": "http-request", "url": "/json.cgi", "body": {"type": "none"}}',
    });
    expect(shown(one)).toMatchObject([
      { name: "a", fields: ["Content-Type: application/x-www-form-urlencoded"], body: "a=fish+%26+chips&n=1.10" },
      { name: "b", body: "a=x" },
      { name: "c", body: expect.stringContaining("--") },
      { name: "d", body: null },
      { name: "e", fields: ["Content-Type: text/plain"], body: "plain" },
      { name: "f", line: "POST /g.cgi", body: '{"query":"{ a }","variables":{"n":1.0}}' },
      { name: "h", line: "GET /json.cgi", body: null },
    ]);
    expect(codes(one)).toEqual([[], [], ["file-part"], ["body-file"], [], [], []]);
    expect(one?.notes?.map(({ code }) => code)).toEqual(["scheme"]);
  });

  test("several collections beside environments and globals", async () => {
    const all = await read({
      "postman/collections/One/a.request.yaml": "$kind: http-request\nname: A\nurl: /a.cgi\n",
      "postman/collections/Two/In/b.request.yaml": "$kind: http-request\nname: B\nurl: /b.cgi\n",
      "postman/environments/dev.environment.yaml":
        "name: Dev\nvalues:\n  - {key: id, value: 0042, enabled: true}\n  - {key: off, value: x, enabled: false}\n  - {key: pass, value: p, secret: true, type: default}\n",
      "postman/globals/workspace.globals.yaml": "name: Globals\nvalues: [{key: g, value: '1'}]\n",
    });
    expect(all.map(({ name, requests }) => [name, requests.map((one) => one.name)])).toEqual([
      ["One", ["A"]],
      ["Two", ["In / B"]],
    ]);
    expect(all[0]?.environments).toEqual([
      { name: "Dev", values: [["id", "0042"]], secrets: [["pass", "p"]] },
      { name: null, values: [["g", "1"]], secrets: [] },
    ]);
  });

  test("damaged files are named with their lines; the others are read", async () => {
    const [one] = await read({
      "good.request.yaml": "$kind: http-request\nurl: /a.cgi\n",
      "head.request.yaml": "$kind: http-request\nurl: /\nheaders:\n  X-A: 1\n  X-B: {{base}}\n",
      "in/body.request.yaml": "$kind: http-request\nurl: /\nbody:\n  mode: raw\n",
      "in/no-kind.request.yaml": "url: /\n",
    });
    expect(one?.damaged?.map(({ place }) => place)).toEqual([
      "head.request.yaml:4",
      "in/body.request.yaml:4",
      "in/no-kind.request.yaml",
    ]);
  });
});

test("a folder without a collection says so, and one that is all damaged names its first file", async () => {
  expect(await codeOf({ "docker-compose.yml": "services: {}\n" })).toEqual(["collection-empty", undefined]);
  expect(await codeOf({ "a.request.yaml": "url: {{base}}/x\n" })).toEqual(["collection-invalid", 1]);
});
