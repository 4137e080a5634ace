// The front reads a request the same however its bytes come over a socket: malformed ones in two pieces, and a whole
// connection of two requests a byte at a time.
import { expect, test } from "vitest";
import { request, startGateway } from "../../support/gateway.js";
import { malformedRequests } from "../../support/requests/cases.js";
import { sendAlone } from "../../support/send-alone.js";

const places = 8;
const some = malformedRequests.filter(([, bytes], n) => bytes.length < 1000 && n % 3 === 0);

test.each(some)("in two pieces: %s", async (_name, text, status, code) => {
  await using gateway = await startGateway();
  const bytes = Buffer.from(text, "latin1");
  for (let n = 1; n <= places; n++) {
    const at = Math.ceil((n * bytes.length) / (places + 1));
    const client = await gateway.connect();
    await sendAlone(client, bytes.subarray(0, at));
    client.send(bytes.subarray(at));
    expect(await client.rest(), `cut at ${at}`).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  }
  const codes = (await gateway.ended(places)).map(({ cause }) => cause?.code);
  expect(codes).toEqual(Array(places).fill(code));
});

test("two requests, a byte at a time", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\n<%s>" "$(cat)"');
  const client = await gateway.connect();
  const both =
    request("POST", "/x.sh", ["Transfer-Encoding: chunked"], "3;a=b\r\nabc\r\n02\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n") +
    request("POST", "/x.sh", ["Content-Length: 5", "Connection: close"], "fghij");
  for (const byte of both) await sendAlone(client, byte);
  expect((await client.rest()).match(/<\w+>/g)).toEqual(["<abcde>", "<fghij>"]);
});
