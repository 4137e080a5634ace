// What a request of Postman becomes whose address is in parts, and what its tests check.
import { expect, test } from "vitest";
import { readCollection } from "../../../server/features/collections/read-collection.js";

/** A collection of one request. */
const postman = (request: unknown, event: unknown = [], ofItem: object = {}, ofAll: object = {}) => {
  const info = { name: "x", schema: "https://schema.getpostman.com/json/collection/v2.1.0/" };
  const text = JSON.stringify({ info, item: [{ name: "a", request, event, ...ofItem }], ...ofAll });
  const [read] = readCollection([{ path: "a.json", text }])?.requests ?? [];
  return read;
};

test.each([
  [
    { host: ["{{baseUrl}}"], path: ["cgi-bin", "echo.sh"], query: [{ key: "a", value: "1" }] },
    "{{baseUrl}}/cgi-bin/echo.sh?a=1",
  ],
  [
    { protocol: "https", host: ["api", "example", "com"], port: "8443", path: "/v1/", hash: "x" },
    "https://api.example.com:8443/v1/#x",
  ],
  [
    { host: "localhost", path: [":id", { type: "string", value: "b" }], variable: [{ key: "id", value: "7" }] },
    "localhost/7/b",
  ],
  [
    {
      path: ["a"],
      query: [
        { key: "b", value: "1", disabled: true },
        { key: "c=d", value: "&{{e&f}}" },
      ],
    },
    "/a?c%3Dd=%26{{e&f}}",
  ],
  [{ host: ["{{h}}"], query: [{ key: "a", value: null }] }, "{{h}}?a="],
  [{ raw: "/whole", host: 7, path: [null] }, "/whole"],
])("an address in parts: %j", (url, whole) => {
  expect(postman({ url })).toMatchObject({ url: whole, notes: [] });
});

test.each([{}, { protocol: "http" }, { raw: "" }, ""])("no address at all is remarked: %j", (url) => {
  expect(postman({ url })?.notes.map(({ code }) => code)).toEqual(["url"]);
});

test("the type that Postman notes at a part is the part's Content-Type", () => {
  const formdata = [
    { key: "meta", value: "{}", type: "text", contentType: "application/json" },
    { key: "plain", value: "a", type: "text", contentType: "" },
    { key: "odd", value: "b", type: "text", contentType: "a/b\r\nX-C: d" },
  ];
  const { body } = postman({ method: "POST", url: "/", body: { mode: "formdata", formdata } }) ?? {};
  expect(body).toContain('name="meta"\r\nContent-Type: application/json\r\n\r\n{}\r\n');
  expect(body).toContain('name="plain"\r\n\r\na\r\n');
  expect(body).toContain('name="odd"\r\n\r\nb\r\n');
});

test("a type that is no text is none", () => {
  const header = [{ key: "X-A", value: "b", type: 7 }];
  expect(postman({ url: "/", header })?.headers).toEqual([["X-A", "b"]]);
});

test("a check that is commented out is none", () => {
  const exec = [
    'const at = "http://a"; pm.response.to.have.status(200); // pm.response.to.have.status(404)',
    "/* pm.response.to.have.status(500)",
    "*/ pm.response.to.have.status(201)",
  ];
  const read = postman({ url: "/" }, [{ listen: "test", script: { exec } }]);
  expect(read?.assertions).toEqual(["status == 200", "status == 201"]);
});

const pruning = (isDisabled: boolean) => ({ protocolProfileBehavior: { disableBodyPruning: isDisabled } });
test.each([
  ["GET", {}, {}, false],
  ["purge", pruning(false), pruning(true), false],
  [undefined, {}, {}, false],
  ["POST", {}, {}, true],
  ["GET", pruning(true), {}, true],
  ["HEAD", {}, pruning(true), true],
  ["GET", { protocolProfileBehavior: "odd" }, {}, false],
])("the body of a request with the method %s and the settings %j and %j", (method, ofItem, ofAll, isSent) => {
  const body = { mode: "raw", raw: "{}", options: { raw: { language: "json" } } };
  const read = postman({ method, url: "/", body }, [], ofItem, ofAll);
  expect([read?.body, read?.headers]).toEqual(isSent ? ["{}", [["Content-Type", "application/json"]]] : [null, []]);
});

test("a query in GraphQL names the operation that is chosen, if one is", () => {
  const sent = (operationName?: string) => {
    const graphql = { query: "query A {a} query B {b}", operationName };
    return JSON.parse(String(postman({ method: "POST", url: "/", body: { mode: "graphql", graphql } })?.body));
  };
  expect([sent("B").operationName, "operationName" in sent(""), "operationName" in sent()]).toEqual([
    "B",
    false,
    false,
  ]);
});
