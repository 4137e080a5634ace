// Requests that only other tools know: each alone is not sent, with a remark, and the others of its file are.
import { expect, test } from "vitest";
import { parseHttpFile } from "../../../../server/formats/http-file/parse-http-file.js";

const withOther = (text: string) => parseHttpFile(`### other\n${text}\n\n### ordinary\nGET /ordinary\n`);

test.each([
  ["curl http://127.0.0.1:8080/a", "curl-command"],
  ["curl -X POST \\\n  -H 'A: b' \\\n  http://127.0.0.1:8080/a", "curl-command"],
  ["$ curl http://127.0.0.1:8080/a", "curl-command"],
  ["curl.exe http://127.0.0.1:8080/a", "curl-command"],
  ["GRAPHQL http://127.0.0.1:8080/a\n\nquery { a }", "graphql-request"],
  ["POST /a\nx-request-type: GraphQL\n\nquery { a }", "graphql-request"],
  ["GRPC 127.0.0.1:8080/shop.Cart/Add\n\n{}", "protocol-other"],
  ["WEBSOCKET ws://127.0.0.1:8080/a\n\nhello\n===\nbye", "protocol-other"],
  ["RSOCKET 127.0.0.1:8080/a", "protocol-other"],
  ["import ./other.http", "requests-elsewhere"],
  ["run #login", "requests-elsewhere"],
  ["run ./other.http (@a=1)", "requests-elsewhere"],
  ["GET /a\n?? status == 200", "foreign-check"],
  ["GET /a\n\n?? body includes ok", "foreign-check"],
  ["?? status == 200\nGET /a", "foreign-check"],
])("%j is not sent, and stops nothing", (text, code) => {
  const { requests, mistakes } = withOther(text);
  expect(mistakes).toEqual([]);
  expect(requests.map(({ unsupported }) => unsupported.map(({ why }) => why.code))).toEqual([[code], []]);
});

test.each([
  "run /a",
  "import http://127.0.0.1:8080/a",
  "run {{path}}",
  "POST /a\n\n??no check",
  "POST /curl\n\ncurl http://127.0.0.1:8080/a",
  "GET /a\nGRPC: b",
])("%j is an ordinary request", (text) => {
  const { requests, mistakes } = withOther(text);
  expect(mistakes).toEqual([]);
  expect(requests.map(({ unsupported }) => unsupported)).toEqual([[], []]);
});
