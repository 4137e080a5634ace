// What is made of -F options is what the installed cURL sends for them.
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseCurl } from "../../../../server/formats/export/parse-curl.js";
import { quoted } from "../../../../server/formats/export/shell-word.js";
import { program } from "../../../support/temp-workspace.js";

const run = promisify(execFile);

let arrived = "";
const server = createServer((request, response) => {
  arrived = "";
  request.setEncoding("latin1");
  request.on("data", (text: string) => {
    arrived += text;
  });
  request.on("end", () => response.end());
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() satisfies AddressInfo | string | null;
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}/`;
});
afterAll(() => {
  server.close();
});

/** Two boundaries differ. */
const withoutBoundary = (body: string): string => body.replaceAll(/^--(.+?)(--)?\r$/gm, "BOUNDARY$2");

const parsed = (part: string) => {
  const result = parseCurl(`curl -F ${quoted(part)} http://h/`);
  if (!result.ok) throw new Error(result.why);
  return result.request;
};

describe.skipIf(!program("curl"))("a part of a form is as cURL sends it (needs curl)", () => {
  test.each([
    'colors="red; green; blue";type=text/x-myapp',
    "a=b;filename=x.txt",
    "a=b;filename=x.bin",
    "a=b;filename=X.HTM",
    "a=b;filename=.xml",
    "a=b;filename=xml",
    "a=b;filename=",
    'a=b;filename="q\\"; \\\\ü.png";type=image/png',
    "a=b;type=text/plain;charset=utf-8",
    'a=b;type=text/plain; charset="a;b" ;filename=z',
    "a=b;type=x/y;type=p/q",
    "a=b;filename=x.html;type=p/q;filename=y.pdf",
    "a=b; TYPE= x/y ",
    'a=b;headers="X-A: 1; q";headers=X-B: "2"',
    'a=b;headers="X: \\"q\\"";type=x/y',
    'a=b;headers="Content-Disposition: q"',
    'a=b;filename=x.txt;headers="Content-Type: x/y"',
    "a=b;foo=bar",
    "a=x; y",
    "a=b;;type=x/y",
    "a=\n b\n",
    "a= à ",
    'a=" b "  ',
    'a="b" c;type=x/y',
    'a="b;type=x/y',
    'a="x\\ny\\\\"',
    'a="";type=text/html',
    'a"\r\n=b',
    "a=",
    "=x",
  ])("%j", async (part) => {
    await run("curl", ["--silent", "--max-time", "10", "-F", part, url]);
    expect(withoutBoundary(parsed(part).body ?? "")).toBe(withoutBoundary(arrived));
  });
});

test("what is not taken over is named", () => {
  expect(parsed("a=b;encoder=base64;type=x/y;foo=bar;headers=@file;some words").notes).toEqual([
    "Of the form’s part a “;encoder=base64” is left out.",
    "Of the form’s part a “;headers=@file” is left out.",
    "Of the form’s part a “;some words” is left out.",
  ]);
  expect(parsed("a=b;type=text/plain").notes).toEqual([]);
  expect(parseCurl("curl -F 'a=(' -F b=c -F '=)' http://h/")).toMatchObject({ ok: false });
  const literal = parseCurl("curl --form-string 'a=\"b\";type=x/y' http://h/");
  expect(literal.ok && literal.request.body).toContain('name="a"\r\n\r\n"b";type=x/y\r\n');
});
