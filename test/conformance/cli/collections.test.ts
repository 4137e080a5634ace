// `cgi-workbench import` of collections of Postman, Insomnia and Bruno, and `cgi-workbench test` of what they became.
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestReport, testReport } from "../../../server/contract/command-output.js";
import { commandLine } from "../../support/command-line.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const fixture = (name: string): string => join(repositoryRoot, "test/fixtures/collections", name);
const patient = { timeout: 240_000 } as const;

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.write(
    "echo.cgi",
    `#!/bin/sh
printf 'Content-Type: application/json\\n\\n%s %s?%s %s\\n' "$REQUEST_METHOD" "$PATH_INFO" "$QUERY_STRING" "$HTTP_AUTHORIZATION"
cat
`,
  );
  folder.makeExecutable("echo.cgi");
  folder.write("cgi-workbench.json", '{ "scripts": { "echo.cgi": { "passAuthorization": true } } }');
});
afterEach(() => folder[Symbol.dispose]());

async function imports(name: string): Promise<readonly string[]> {
  const { stdout, exitCode, stderr } = await commandLine(["import", folder.path, fixture(name)]);
  expect([exitCode, exitCode === 0 ? "" : stderr]).toEqual([0, ""]);
  return stdout.toString().trim().split("\n");
}

async function tested(...args: string[]): Promise<TestReport> {
  const { stdout, stderr } = await commandLine(["test", folder.path, ...args, "--json"]);
  return testReport.strict().parse(JSON.parse(stdout.toString() || stderr));
}

const failuresOf = ({ requests }: TestReport) =>
  requests.flatMap(({ failures }) => failures.map(({ why }) => why.code));

test("Postman, with its environment: folders, sign-in, forms", patient, async () => {
  expect(await imports("dev.postman_environment.json")).toEqual([
    "http-client.env.json",
    "http-client.private.env.json",
  ]);
  expect(await imports("shop.postman_collection.json")).toEqual([
    "shop-api.http",
    "http-client.env.json",
    "http-client.private.env.json",
  ]);
  const text = folder.read("shop-api.http");
  // What it asserts of the script's output shows what was sent.
  folder.write(
    "shop-api.http",
    text
      .replace(
        "GET {{baseUrl}}/echo.cgi/ada",
        '# @assert body contains "GET /ada/orders?page=2&q=red%20shoes Basic YWRhOmh1bnRlcjI="\n$&',
      )
      .replace("POST {{baseUrl}}/echo.cgi/login", '# @assert body contains "user=ada&note=a+b%26c%3D%C3%A9"\n$&'),
  );
  const report = await tested("shop-api.http", "--env", "dev");
  expect(failuresOf(report)).toEqual([]);
  expect(report.requests.map(({ name, status, assertions }) => [name, status, assertions])).toEqual([
    ["Account / Log in", 200, 2],
    ["Account / Orders of a customer", 200, 1],
    ["Create an item", 200, 0],
    ["Upload", 200, 0],
  ]);
});

test("Bruno: what one response has, the next request sends", patient, async () => {
  expect(await imports("bruno")).toEqual(["shop-of-bruno.http", "http-client.env.json"]);
  const text = folder.read("shop-of-bruno.http");
  folder.write(
    "shop-of-bruno.http",
    text.replace("GET {{host}}/echo.cgi", '# @assert body contains "GET /top/page? Bearer t-1"\n$&'),
  );
  folder.write("http-client.private.env.json", '{"dev": {"password": "hunter2"}}');
  const report = await tested("--env", "dev");
  expect(failuresOf(report)).toEqual([]);
  expect(report.requests.map(({ captured }) => captured)).toEqual([["token"], [], []]);
});

test.each([
  ["shop.insomnia4.json", "shop-of-insomnia.http", 3],
  ["shop.insomnia5.yaml", "shop-in-yaml.http", 2],
])("Insomnia: %s", patient, async (name, file, count) => {
  const [first] = await imports(name);
  expect(first).toBe(file);
  const report = await tested(file, "--env", name.includes("4") ? "live" : "dev");
  expect(failuresOf(report)).toEqual([]);
  expect(report.passed).toBe(count);
});

test.each([
  ["a folder without a collection", "", null],
  ["a missing file", "missing.json", null],
  ["a collection that is not valid", "bad.json", '{"info":{"_postman_id":"x"},"item":1}'],
  ["YAML that is not valid", "bad.yaml", "type: collection.insomnia.rest/5.0\na: [\n"],
  ["a collection without requests", "none.json", '{"_type":"export","__export_format":4,"resources":[]}'],
])("%s is refused with a message", patient, async (_, name, text) => {
  if (text !== null) folder.write(name, text);
  const { exitCode, stdout, stderr } = await commandLine(["import", folder.path, folder.file(name)]);
  expect([exitCode, stdout.length]).toEqual([1, 0]);
  expect(stderr).toMatch(/^cgi-workbench: /);
  expect(stderr).not.toMatch(/\n {4}at /);
});

test.each(["opencollection.yml", "items/Log in.request.yaml"])(
  "a folder whose %s holds no request is refused by the name of that file",
  patient,
  async (name) => {
    folder.makeFolder("other/items");
    folder.write(`other/${name}`, "name: x\n");
    const { exitCode, stdout, stderr } = await commandLine(["import", folder.path, folder.file("other")]);
    expect([exitCode, stdout.length]).toEqual([1, 0]);
    expect(stderr).toContain(`cgi-workbench: ${name}`);
  },
);

test.each([
  ["a directive that is not known", "%FOO \x1b[31m\n---\ntype: collection.insomnia.rest/5.0\ncollection: []\n"],
  ["a tag that is not known", "type: collection.insomnia.rest/5.0\nname: !<tag:\x1b]0;PWNED\x07x> x\ncollection: []\n"],
])("%s in YAML does not control the terminal (C10)", patient, async (_, text) => {
  folder.write("hostile.yaml", text);
  const { exitCode, stderr } = await commandLine(["import", folder.path, folder.file("hostile.yaml")]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^cgi-workbench: /);
  expect(stderr).not.toMatch(/[\0-\x08\x0b-\x1f\x7f]|Warning/);
});
