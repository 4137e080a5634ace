// The two roles beside the responder: an authorizer decides who comes in, a filter works on a file's bytes.
import { expect, test } from "vitest";
import { sendFastcgi } from "../../../server/client/send-fastcgi.js";
import { policy } from "../../../server/contract/policy.js";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { authorization, authorizerParams } from "../../../server/protocol/fastcgi/authorizer.js";
import type { NameValue } from "../../../server/protocol/fastcgi/name-values.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { RequestParams } from "../../../server/protocol/fastcgi/request-params.js";
import { ScriptHeadParser } from "../../../server/protocol/script-head.js";
import { interpretScriptHead } from "../../../server/protocol/script-response.js";
import { parseAddress } from "../../../server/routing/fastcgi-address.js";
import type { FastcgiRequest } from "../../../server/runners/fastcgi/request.js";
import { TestApplication, text } from "../../support/fastcgi-application.js";

async function run(at: string, request: Omit<FastcgiRequest, "body">, body = "") {
  const address = parseAddress(at, "/");
  if (!address) throw new Error(`no address: ${at}`);
  const quiet = { captureBytes: 1 << 20, silenceMs: null, into: null, onStdout: () => {}, onStderr: () => {} };
  const sent = await sendFastcgi(address, request, toBytes(byteString(body)), quiet);
  return { ...sent, said: text(sent.stdout.read(0, sent.stdout.bytes)) };
}
const pairs = (variables: Record<string, string>): NameValue[] =>
  Object.entries(variables).map(([name, value]) => [byteString(name), byteString(value)]);
const responder = pairs({
  REQUEST_METHOD: "POST",
  SCRIPT_NAME: "/app",
  PATH_INFO: "/x",
  PATH_TRANSLATED: "/srv/x",
  CONTENT_LENGTH: "5",
  HTTP_COOKIE: "id=7",
});

function interpreted(stdout: string) {
  const parser = new ScriptHeadParser();
  parser.push(toBytes(byteString(stdout)));
  const { status, headers } = interpretScriptHead(parser.end(), policy.parse({}));
  return authorization(status, headers);
}

test("F22: an authorizer gets neither the resource's variables nor a body; 200 with Variable- fields lets in", async () => {
  await using application = await TestApplication.listen(
    (r) =>
      void r.answer(
        "Status: 200 OK\r\nContent-Type: text/html\r\nVariable-REMOTE_USER: ann\r\nvariable-Group: a: b\r\nX-Other: no\r\n\r\nignored",
      ),
  );
  const { said, fastcgi, failure } = await run(application.address, {
    role: "authorizer",
    params: new RequestParams(authorizerParams(responder)),
  });
  expect(failure).toBeNull();
  expect(fastcgi.role).toBe("authorizer");
  expect(application.requests[0]).toMatchObject({ role: 2 });
  expect(Object.fromEntries(application.requests[0]?.params ?? [])).toEqual({
    REQUEST_METHOD: "POST",
    HTTP_COOKIE: "id=7",
  });
  expect(application.connections[0]?.records.some(({ header }) => header.type === recordType.stdin)).toBe(false);
  expect(interpreted(said)).toEqual({
    isAllowed: true,
    variables: new Map([
      ["REMOTE_USER", "ann"],
      ["Group", "a: b"],
    ]),
  });
});

test("F22: any other status is the client's answer", () => {
  expect(interpreted("Status: 403 Forbidden\r\nContent-Type: text/plain\r\nVariable-A: b\r\n\r\nno")).toEqual({
    isAllowed: false,
  });
  expect(interpreted("Content-Type: text/plain\r\n\r\nno status is 200")).toEqual({
    isAllowed: true,
    variables: new Map(),
  });
});

test("F23: a filter gets STDIN, then the file as DATA, with its length and time", async () => {
  await using application = await TestApplication.listen(async (r) => {
    const body = text(await r.body);
    r.answer(`Content-Type: text/plain\r\n\r\n${body} ${text(await r.data).toUpperCase()}`);
  });
  const bytes = toBytes(byteString(`file ${"x".repeat(70_000)}`));
  const params = new RequestParams(pairs({ REQUEST_METHOD: "POST", CONTENT_LENGTH: "4" }));
  const { said } = await run(
    application.address,
    { role: "filter", params, data: { bytes, lastModified: 1_700_000_000 } },
    "body",
  );
  expect(said).toBe(`Content-Type: text/plain\r\n\r\nbody FILE ${"X".repeat(70_000)}`);
  expect(application.requests[0]).toMatchObject({ role: 3 });
  expect(Object.fromEntries(application.requests[0]?.params ?? [])).toMatchObject({
    FCGI_DATA_LAST_MOD: "1700000000",
    FCGI_DATA_LENGTH: "70005",
  });
  const types = application.connections[0]?.records.map(({ header }) => [header.type, header.contentLength]);
  expect(types?.slice(-6)).toEqual([
    [recordType.stdin, 4],
    [recordType.stdin, 0],
    [recordType.data, 32_768],
    [recordType.data, 32_768],
    [recordType.data, 4469],
    [recordType.data, 0],
  ]);
});
