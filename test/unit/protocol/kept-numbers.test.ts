// Numbers of a file that is passed on: every digit as it stands, in JSON, YAML, environments and collections.
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromInsomnia4, fromInsomnia5, insomnia4, insomnia5 } from "../../../server/features/collections/insomnia.js";
import { readCollection } from "../../../server/features/collections/read-collection.js";
import { readEnvironments } from "../../../server/formats/http-file/environments.js";
import { keptText, parseKeepingNumbers, stringifyKept } from "../../../server/protocol/kept-numbers.js";

const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,30})$/);
const number = fc
  .tuple(fc.constantFrom("", "-"), digits, fc.constantFrom("", ".0", ".10", ".25"), fc.constantFrom("", "e5", "E+02"))
  .map((parts) => parts.join(""));
const text = fc.string({ unit: "binary" }).map((one) => JSON.stringify(one));
const json = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    number,
    text,
    fc.constantFrom("true", "null"),
    fc.array(tie("value")).map((values) => `[${values.join(",")}]`),
    fc
      .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z][a-z0-9.]*$/), tie("value")), { selector: ([name]) => name })
      .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join(",")}}`),
  ),
})).value;

test("JSON that is read and written again has every digit, and texts of digits stay texts", () => {
  const written = fc.property(json, (given) => {
    expect(stringifyKept(parseKeepingNumbers(given))).toBe(given);
  });
  fc.assert(written);
});

test("a long text is no trouble", () => {
  const given = JSON.stringify({ a: "\\n".repeat(5_000_000), b: '\\"'.repeat(1_000_000), c: 7 });
  expect(parseKeepingNumbers(given)).toEqual(JSON.parse(given));
});

test("what no number is, no file can pass off as one", () => {
  for (const forged of ["1; rm", "", "01", "1e", "--1"]) {
    const value: unknown = JSON.parse(`{"\\u0000number":${JSON.stringify(forged)}}`);
    expect(keptText(value)).toBeNull();
    expect(stringifyKept(value)).toBe(JSON.stringify(value));
  }
});

test("an environment's numbers are what stands in the file", () => {
  const file = '{"dev": {"id": 9007199254740993, "price": 1.50, "list": [1.0], "on": true, "name": "1.50"}}';
  const read = readEnvironments("http-client.env.json", file);
  const values = "environments" in read ? Object.fromEntries(read.environments.get("dev") ?? []) : read;
  expect(values).toEqual({ id: "9007199254740993", price: "1.50", on: "true", name: "1.50" });
});

const yaml = (value: string): string =>
  ["type: collection.insomnia.rest/5.0", "name: N", "environments:", "  name: Base", `  data: {x: ${value}}`].join(
    "\n",
  );

test.each([
  ["1.10", "1.10"],
  ["4634343214213523454", "4634343214213523454"],
  ["0042", "0042"],
  ["0x1F", "0x1F"],
  ["1e3", "1e3"],
  ["[9007199254740993, 2.0, {a: 1.50}]", '[9007199254740993,2.0,{"a":1.50}]'],
  ["7", "7"],
  ["yes", "yes"],
])("YAML's %s is passed on as %s", (given, expected) => {
  const collection = readCollection([{ path: "n.yaml", text: yaml(given) }]);
  expect(collection?.environments[0]?.values).toEqual([["x", expected]]);
});

test("a number in any place of a Postman collection keeps its digits", () => {
  const [large, price] = ["12345678901234567890", "2.50"];
  const request = (rest: string): string =>
    `{"name":"R","request":{"method":"POST","url":{"raw":"http://h/:id","host":["h"],"variable":[{"key":"id","value":${large}}]},${rest}}}`;
  const bodies = [
    `"header":[{"key":"X-Id","value":${large}}],"body":{"mode":"urlencoded","urlencoded":[{"key":"p","value":${price}}]}`,
    `"body":{"mode":"formdata","formdata":[{"key":"p","value":${price}}]}`,
    `"body":{"mode":"graphql","graphql":{"query":"{a}","variables":"{\\"p\\": ${price}}"}}`,
    `"body":{"mode":"graphql","graphql":{"query":"{a}","variables":{"p":${price}}}}`,
    `"auth":{"type":"basic","basic":[{"key":"username","value":${price}},{"key":"password","value":"{{p}}"}]}`,
  ];
  const schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
  const file = `{"info":{"name":"N","schema":"${schema}"},"variable":[{"key":"v","value":${price}}],"item":[${bodies.map(request).join(",")}]}`;
  const collection = readCollection([{ path: "n.json", text: file }]);
  expect(collection?.variables).toEqual([["v", price]]);
  expect(collection?.requests.map(({ url }) => url)).toEqual(bodies.map(() => `http://h/${large}`));
  expect(collection?.requests[0]?.headers[0]).toEqual(["X-Id", large]);
  expect(collection?.requests.slice(0, 4).map(({ body }) => body?.includes(price))).toEqual([true, true, true, true]);
  expect(collection?.requests[4]?.headers).toContainEqual(["Authorization", `Basic ${price}:{{p}}`]);
});

test("Insomnia's orders may have any number", () => {
  const four = parseKeepingNumbers(
    '{"_type":"export","resources":[{"_id":"a","_type":"request","name":"A","url":"http://h/","metaSortKey":-1.0},{"_id":"b","_type":"request","name":"B","url":"http://h/","metaSortKey":-92233720368547758080}]}',
  );
  expect(fromInsomnia4(insomnia4.parse(four)).requests.map(({ name }) => name)).toEqual(["B", "A"]);
  const five = parseKeepingNumbers(
    '{"type":"collection.insomnia.rest/5.0","collection":[{"name":"A","url":"http://h/","meta":{"sortKey":1.0}}]}',
  );
  expect(fromInsomnia5(insomnia5.parse(five)).requests).toHaveLength(1);
});
