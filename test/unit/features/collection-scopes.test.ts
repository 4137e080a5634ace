// What folders and single requests of a collection define for themselves, and what a captured JSON value is.
import { describe, expect, test } from "vitest";
import { wordsOf } from "../../../server/contract/message.js";
import type { TextFile } from "../../../server/features/collections/collection.js";
import { readCollection } from "../../../server/features/collections/read-collection.js";
import { saveCollection } from "../../../server/features/collections/save-collection.js";
import { captureFrom, type Search } from "../../../server/formats/http-file/check.js";
import { parseCapture } from "../../../server/formats/http-file/conditions.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { tempFolder } from "../../support/temp-workspace.js";

describe("what a folder defines", () => {
  const insomnia = (...resources: readonly object[]) => {
    const text = JSON.stringify({ _type: "export", resources });
    return readCollection([{ path: "insomnia.json", text }]);
  };
  const folderOf = (id: string, parentId: string | null, others: object) => ({
    ...{ _id: id, _type: "request_group", name: id, parentId },
    ...others,
  });
  const requestIn = (parentId: string | null, url: string, others: object = {}) => ({
    ...{ _id: `${parentId}${url}`, _type: "request", name: "r", method: "POST", parentId, url },
    ...others,
  });

  test("in Insomnia with different values is each request's own; with one value, the file's", () => {
    const collection = insomnia(
      folderOf("a", null, { environment: { base: "{{ _.host }}/1", both: "x", one: "1" } }),
      folderOf("b", null, { environment: { base: "{{ _.host }}/2", both: "x", part: "{{ _.base }}-{{ _.part }}" } }),
      folderOf("c", "b", { environment: { base: "/3", part: "of c" } }),
      requestIn("a", "{{ _.base }}/a", { body: { text: '{"both": "{{ _.both }}", "base": "{{ base }}"}' } }),
      requestIn("b", "{{ _.base }}/{{ _.part }}"),
      requestIn("c", "{{ _.base }}", { headers: [{ name: "X", value: "{{ part }} {{ one }} {{ none }}" }] }),
      requestIn(null, "/{{ _.base }}"),
    );
    expect(collection?.variables).toEqual([
      ["both", "x"],
      ["one", "1"],
    ]);
    expect(collection?.requests).toMatchObject([
      { url: "{{host}}/1/a", body: '{"both": "{{both}}", "base": "{{host}}/1"}' },
      { url: "/3", headers: [["X", "of c {{one}} {{none}}"]] },
      { url: "{{host}}/2/{{host}}/2-{{part}}" },
      { url: "/{{base}}" },
    ]);
  });

  test("in Insomnia comes over an environment, in its requests alone; secrets stay variables", async () => {
    using folder = tempFolder();
    const collection = insomnia(
      { _id: "e", _type: "environment", parentId: null, data: { base: "http://h/a", token: "of all" } },
      folderOf("f", null, { environment: { base: "{{ _.base }}/b", token: "of f", shop: "{{ _.base }}/shop" } }),
      requestIn("f", "{{ _.shop }}/pay?{{ _.token }}"),
      requestIn(null, "{{ _.base }}/cart"),
    );
    if (collection === null) throw new Error("a collection");
    expect(collection.variables).toEqual([]);
    const { path, kept } = await saveCollection(folder.path, collection);
    const lines = folder.read(path ?? "").match(/^POST .*(?= HTTP)/gm);
    expect(lines).toEqual(["POST {{base}}/b/shop/pay?{{token_2}}", "POST {{base}}/cart"]);
    expect(kept).toBe(0);
    const secrets = { token: "of all", token_2: "of f" };
    expect(JSON.parse(folder.read("http-client.private.env.json"))).toEqual({ $shared: secrets });
  });

  test("in Insomnia is not what signs a request in, though both have one name", async () => {
    using folder = tempFolder();
    const collection = insomnia(
      { _id: "e", _type: "environment", parentId: null, data: { password: "p2" } },
      folderOf("f", null, { environment: { password: "p1" } }),
      requestIn("f", "/", {
        authentication: { type: "basic", username: "user", password: "p2" },
        body: { text: "{{ _.password }}" },
      }),
    );
    if (collection === null) throw new Error("a collection");
    const { path } = await saveCollection(folder.path, collection);
    const text = folder.read(path ?? "");
    expect(text).toMatch(/^Authorization: Basic user:\{\{password\}\}\n\n\{\{password_2\}\}$/m);
    const secrets = { password: "p2", password_2: "p1" };
    expect(JSON.parse(folder.read("http-client.private.env.json"))).toEqual({ $shared: secrets });
  });

  test("and needs itself many times over is left for the run to refuse", () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 60 }, (_, nth) => [`v${nth}`, `{{v${nth + 1}}}`.repeat(2)]),
    );
    const other = Object.fromEntries(Object.keys(doubling).map((name) => [name, "x"]));
    const collection = insomnia(
      folderOf("a", null, { environment: doubling }),
      folderOf("b", null, { environment: other }),
      requestIn("a", "/{{v0}}"),
      requestIn("b", "/{{v0}}"),
    );
    expect(collection?.requests[0]?.url).toMatch(/^\/\{\{v/);
    expect(collection?.requests[1]?.url).toBe("/x");
  });

  test("in Insomnia are headers, too; their scripts are remarked", () => {
    const collection = insomnia(
      folderOf("a", null, {
        headers: [
          { name: "X-A", value: "outer" },
          { name: "X-B", value: "{{ _.b }}" },
          { name: "X-C", value: "off", disabled: true },
        ],
        preRequestScript: "x()",
      }),
      folderOf("b", "a", { headers: [{ name: "x-a", value: "inner" }], scripts: { afterResponse: "y()" } }),
      requestIn("b", "/", { headers: [{ name: "X-D", value: "own" }] }),
      requestIn("a", "/2", { headers: [{ name: "x-b", value: "own" }] }),
    );
    const inA = [
      ["x-b", "own"],
      ["X-A", "outer"],
    ];
    expect(collection?.requests.map(({ headers }) => headers)).toEqual(
      expect.arrayContaining([
        [
          ["X-D", "own"],
          ["x-a", "inner"],
          ["X-B", "{{b}}"],
        ],
        inA,
      ]),
    );
    const remarks = collection?.requests.map((one) => one.notes.map(({ data }) => data));
    expect(remarks).toEqual([[{ part: "pre-request" }, { part: "after-response" }], [{ part: "pre-request" }]]);
  });

  const bru = (path: string, url: string, ...blocks: readonly string[]): TextFile => ({
    path,
    text: [`get {\n  url: ${url}\n}`, ...blocks].join("\n\n"),
  });
  const block = (name: string, ...lines: readonly string[]): string =>
    `${name} {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`;

  test("in Bruno, or requests, with different values is each request's own, but the collection's", () => {
    const collection = readCollection([
      { path: "collection.bru", text: block("vars:pre-request", "id: 0", "all: 1") },
      { path: "f/folder.bru", text: block("vars:pre-request", "id: 1", "mine: f") },
      bru("a.bru", "/{{id}}/{{all}}"),
      bru("f/b.bru", "/{{id}}/{{mine}}"),
      bru("f/c.bru", "/{{id}}", block("vars:pre-request", 'id: "2"'), block("assert", "res.body: eq {{id}}")),
    ]);
    expect(collection?.variables).toEqual([
      ["id", "0"],
      ["all", "1"],
      ["mine", "f"],
    ]);
    expect(collection?.requests).toMatchObject([
      { url: "/{{id}}/{{all}}" },
      { url: "/1/{{mine}}" },
      { url: '/"2"', assertions: ['body == "\\"2\\""'] },
    ]);
  });

  test("in Bruno, or a request, comes over an environment; what the collection defines does not", () => {
    const collection = readCollection([
      { path: "collection.bru", text: block("vars:pre-request", "all: of the collection") },
      { path: "environments/dev.bru", text: block("vars", "base: http://h/env", "id: 0", "all: of dev") },
      { path: "f/folder.bru", text: block("vars:pre-request", "base: http://h/folder") },
      bru("f/a.bru", "{{base}}/{{id}}/{{all}}", block("vars:pre-request", "id: 1")),
      bru("b.bru", "{{base}}/{{id}}"),
    ]);
    expect(collection?.variables).toEqual([["all", "of the collection"]]);
    expect(collection?.requests.map(({ url }) => url).toSorted()).toEqual([
      "http://h/folder/1/{{all}}",
      "{{base}}/{{id}}",
    ]);
  });

  test("in Bruno gives way to what a request captures", () => {
    const collection = readCollection([
      { path: "environments/dev.bru", text: block("vars", "id: 0") },
      { path: "f/folder.bru", text: block("vars:pre-request", "id: 1", "url: /items/{{id}}", "all: f") },
      { path: "g/folder.bru", text: block("vars:pre-request", "id: 2", "url: /others/{{id}}", "all: g") },
      bru("f/a.bru", "/{{all}}", block("vars:post-response", "id: res.body.id")),
      bru("f/b.bru", "{{url}}?{{id}}"),
      bru("g/c.bru", "{{url}}"),
    ]);
    expect(collection?.variables).toEqual([["id", "1"]]);
    expect(collection?.requests.map(({ url }) => url)).toEqual(["/f", "/items/{{id}}?{{id}}", "/others/{{id}}"]);
  });

  test("in Bruno runs nothing: scripts of a folder and of the collection are remarked", () => {
    const collection = readCollection([
      { path: "collection.bru", text: block("script:pre-request", "x();") },
      { path: "f/folder.bru", text: [block("tests", "y();"), block("script:post-response", "")].join("\n") },
      bru("a.bru", "/a"),
      bru("f/b.bru", "/b", block("tests", "z();")),
    ]);
    expect(collection?.requests.map((one) => one.notes.map(({ data }) => data))).toEqual([
      [{ part: "pre-request" }],
      [{ part: "pre-request" }, { part: "tests" }, { part: "tests" }],
    ]);
  });

  test.each([
    ['{"user": {"name": "Ada, Lovelace \\"x\\""}, "a": 1}', 'Ada, Lovelace \\"x\\"'],
    ['{"user": {"name":""}}', ""],
    ['{"user": {"name" : -1.5e3}}', "-1.5e3"],
    ['{"user": {"name": true, "b": "c"}}', "true"],
    ['{"user": {"name": [1]}}', null],
  ])("a variable that Bruno takes from %s is %j", (body, value) => {
    const file = bru("a.bru", "/", block("vars:post-response", "who: res.body.user.name"));
    const [text = ""] = readCollection([file])?.requests[0]?.captures ?? [];
    const capture = parseCapture(text);
    if ("mistake" in capture) throw new Error(wordsOf(capture.mistake.why.text));
    const observed = {
      status: 200,
      headers: [],
      body: utf8(body),
      tookMs: 1,
      findings: [],
      env: null,
      stderr: utf8(""),
      stderrBytes: 0,
    };
    const search: Search = ({ pattern, flags }, given) => {
      const found = new RegExp(pattern, flags).exec(given);
      return found && [...found].map((group) => group ?? null);
    };
    expect(captureFrom(capture.value, observed, search)).toBe(value);
  });
});
