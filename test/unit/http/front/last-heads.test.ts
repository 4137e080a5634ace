// Which heads a connection takes as read before, and for how long they are remembered.
import { expect, test } from "vitest";
import { LastHeads, readRequest } from "../../../../server/http/front/read-request.js";
import { latin1 } from "../../../../server/protocol/byte-string.js";
import { defaultPolicy } from "../../../../server/protocol/policy.js";

const head = latin1("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");

function kept(connection: number) {
  const result = readRequest(head, defaultPolicy);
  if (!result.ok) throw new Error("it is well-formed");
  const heads = new LastHeads();
  heads.keep(connection, result.read);
  return { heads, read: result.read };
}

test("the same bytes are the same request, wherever they begin and whatever follows", () => {
  const { heads, read } = kept(1);
  expect(heads.again(1, Buffer.from(head), 0, defaultPolicy)).toBe(read);
  expect(heads.again(1, new Uint8Array(Buffer.from(`..${head}GET`)), 2, defaultPolicy)).toBe(read);
});

test("other bytes, a part, another connection and another policy are not", () => {
  const { heads } = kept(1);
  expect(heads.again(1, Buffer.from(head.replace("/x", "/y")), 0, defaultPolicy)).toBeNull();
  expect(heads.again(1, Buffer.from(`\r\n${head}`), 0, defaultPolicy)).toBeNull();
  expect(heads.again(1, Buffer.from(head.slice(0, -1)), 0, defaultPolicy)).toBeNull();
  expect(heads.again(65, Buffer.from(head), 0, defaultPolicy)).toBeNull();
  expect(heads.again(1, Buffer.from(head), 0, { ...defaultPolicy, bareLineFeed: "reject" })).toBeNull();
});

test("a connection's head is forgotten when it closes, or when another connection takes its place", () => {
  const { heads, read } = kept(1);
  heads.forget(65);
  expect(heads.again(1, Buffer.from(head), 0, defaultPolicy)).toBe(read);
  heads.forget(1);
  expect(heads.again(1, Buffer.from(head), 0, defaultPolicy)).toBeNull();
  heads.keep(1, read);
  heads.keep(65, read);
  expect(heads.again(1, Buffer.from(head), 0, defaultPolicy)).toBeNull();
});
