// What Send does, over real sockets with real scripts: cookies kept and sent, redirects followed as linked traces,
// variables beside the request, and bytes as they are.
import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { type ComposedRequest, composedRequest, rawRequest } from "../../../server/contract/requests-contract.js";
import { toBytes, utf8 } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { coded } from "../../support/coded.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let workbench: Workbench;

const script = (name: string, text: string): void => {
  folder.write(name, `#!/bin/sh\n${text}\n`);
  folder.makeExecutable(name);
};

beforeAll(async () => {
  folder = tempFolder();
  script(
    "login.cgi",
    "printf 'Set-Cookie: session=voil\\303\\240; Path=/\\nStatus: 303\\nLocation: http://%s/who.cgi?a#part\\n\\n' \"$HTTP_HOST\"",
  );
  script(
    "who.cgi",
    'printf \'Content-Type: text/plain\\n\\n%s %s %s %s\' "$REQUEST_METHOD" "$HTTP_COOKIE" "$CONTENT_TYPE" "$REMOTE_USER"',
  );
  script(
    "to-localhost.cgi",
    "printf 'Set-Cookie: session=1; Path=/\\nStatus: 307\\nLocation: http://localhost:%s/cat.cgi\\n\\n' \"$SERVER_PORT\"",
  );
  script("away.cgi", "printf 'Status: 302\\nLocation: http://example.com/\\n\\n'");
  script("loop.cgi", "printf 'Status: 302\\nLocation: /loop.cgi\\n\\n'");
  script("keep.cgi", "printf 'Status: 307\\nLocation: /cat.cgi\\n\\n'");
  script("cat.cgi", "printf 'Content-Type: text/plain\\n\\n'; cat");
  script("after.cgi", "body=$(cat); printf 'Content-Type: text/plain\\n\\n%s' \"$body\"");
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
});
afterAll(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

type Given = Partial<ComposedRequest> & { readonly target: string };
const begin = (request: Given, signal = AbortSignal.timeout(20_000)) =>
  workbench.sender.send(
    composedRequest.parse({ method: "GET", headers: [], body: null, mode: null, ...request }),
    "composer",
    { signal },
  );
const send = async (request: Given) => (await begin(request)).done;
const raw = async (text: string, halfClose = true, signal = AbortSignal.timeout(20_000)) => {
  const request = rawRequest.parse({ base64: Buffer.from(text, "latin1").toString("base64"), halfClose });
  return (await workbench.sender.sendRaw(request, { signal })).done;
};

function trace(id: string | undefined): TraceRecord {
  const found = workbench.traces.get(id ?? "");
  if (!found) throw new Error(`there is no trace ${id}`);
  return found;
}
const said = (id: string | undefined): string =>
  Buffer.from(trace(id).response?.body.read(0, 4096) ?? []).toString("latin1");

describe("a composed request", () => {
  test("a redirect is followed with the cookie it set, as a linked trace", async () => {
    workbench.cookies.clear();
    const form: Omit<Given, "target"> = {
      method: "POST",
      headers: [["Content-Type", "application/x-www-form-urlencoded"]],
      body: { text: "a=1" },
    };
    const sent = await send({ ...form, target: "/login.cgi", followRedirects: true, cookies: true });
    expect(sent.hops).toMatchObject([
      { id: sent.id, method: "POST", target: "/login.cgi", status: 303 },
      { method: "GET", target: "/who.cgi?a", status: 200 },
    ]);
    expect(sent.notFollowed).toBeNull();
    const last = sent.hops[1]?.id;
    expect(trace(last).parent).toEqual({ id: sent.id, kind: "follow" });
    expect(trace(last).client.from).toBe("composer");
    expect(said(last)).toBe("GET session=voil\xc3\xa0  ");
    expect(said((await send({ target: "/who.cgi", cookies: true })).id)).toContain("session=");
    expect(said((await send({ target: "/who.cgi" })).id)).not.toContain("session=");
    expect(said((await send({ target: "/who.cgi", cookies: true, headers: [["cookie", "mine=1"]] })).id)).toContain(
      "GET mine=1 ",
    );
  });

  test("a redirect to another name of the server takes along neither the host nor what signs in at it", async () => {
    workbench.cookies.clear();
    const headers: [string, string][] = [
      ["Host", workbench.server.servingAddress().host],
      ["Authorization", "Basic YTpi"],
      ["X-A", "b"],
    ];
    const { hops } = await send({ target: "/to-localhost.cgi", headers, followRedirects: true, cookies: true });
    const sent = trace(hops[1]?.id).request.headers;
    expect(sent.filter(([name]) => name === "Host")).toEqual([
      ["Host", `localhost:${workbench.server.servingAddress().port}`],
    ]);
    expect(sent.map(([name]) => name)).toContain("X-A");
    expect(sent.map(([name]) => name)).not.toContain("Cookie");
    expect(sent.map(([name]) => name)).not.toContain("Authorization");
  });

  test("307 repeats method and body", async () => {
    const { hops } = await send({
      method: "PUT",
      target: "/keep.cgi",
      body: { base64: "/wA=" },
      followRedirects: true,
    });
    expect(said(hops[1]?.id)).toBe("\xff\0");
  });

  test("by default no redirect is followed", async () => {
    expect(await send({ target: "/loop.cgi" })).toMatchObject({ hops: [{ status: 302 }], notFollowed: null });
  });

  test("redirects to another server, and more than 20 of them, are not followed; the reason is reported", async () => {
    expect(await send({ target: "/away.cgi", followRedirects: true })).toMatchObject({
      notFollowed: coded("leads-to-other-server", { origin: expect.stringContaining("example.com") }),
    });
    const { hops, notFollowed } = await send({ target: "/loop.cgi", followRedirects: true });
    expect(hops).toHaveLength(21);
    expect(notFollowed).toEqual(coded("too-many-redirects", { limit: 20 }));
  });

  test("variables reach the script beside the request, parents the trace", async () => {
    const { id } = await send({
      target: "/who.cgi",
      variables: [["REMOTE_USER", "ädä"]],
      parent: { id: "t-1", kind: "replay" },
    });
    expect(said(id)).toBe("GET   \xc3\xa4d\xc3\xa4");
    expect(trace(id).env?.find(({ name }) => name === "REMOTE_USER")?.source).toBe("composer");
    expect(trace(id).request.head).not.toContain("REMOTE_USER");
    expect(trace(id).parent).toEqual({ id: "t-1", kind: "replay" });
  });

  test.each([
    ["without a body", {}],
    ["with a body", { method: "POST", body: { text: "a=1" } }],
  ])("its own Connection header does not hold it up: nothing more is sent (%s)", async (_name, more) => {
    const from = performance.now();
    const { id } = await send({ target: "/after.cgi", headers: [["Connection", "keep-alive"]], ...more });
    expect(trace(id)).toMatchObject({ outcome: "ok", response: { status: 200 } });
    expect(said(id)).toBe("body" in more ? "a=1" : "");
    expect(performance.now() - from).toBeLessThan(10_000);
  });

  test("cookies that the jar refuses are reported", async () => {
    script("foreign.cgi", "printf 'Set-Cookie: a=1; Domain=example.org\\nContent-Type: text/plain\\n\\n'");
    expect((await send({ target: "/foreign.cgi", cookies: true })).cookiesRefused).toEqual([
      { line: "a=1; Domain=example.org", why: coded("cookie-other-host") },
    ]);
  });
});

describe("raw bytes", () => {
  test("a malformed request becomes a trace with its 400", async () => {
    const text = "GET /who.cgi HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n";
    const [id] = await raw(text);
    expect(trace(id)).toMatchObject({
      outcome: "bad-request",
      client: { from: "composer" },
      response: { status: 400 },
    });
    expect(Buffer.from(toBytes(trace(id).request.head)).toString("latin1")).toBe(text);
  });

  test("two on one connection become two", async () => {
    const one = "GET /who.cgi HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const idle = connect(workbench.server.address()?.port ?? 0).resume();
    idle.write(one);
    await once(idle, "data");
    const ids = await raw(one + one);
    expect(idle.readableEnded, "the server waited for a third one").toBe(false);
    idle.destroy();
    expect(ids.map((id) => trace(id).response?.status)).toEqual([200, 200]);
  });

  test("a request that is cut short is answered when our side closes", async () => {
    const [id] = await raw("POST /after.cgi HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
    expect(trace(id)).toMatchObject({ outcome: "bad-request", response: { status: 400 } });
  });

  test("a connection that is left open ends when the server closes it", async () => {
    const [id] = await raw("GET /who.cgi HTTP/1.0\r\n\r\n", false);
    expect(trace(id).response?.status).toBe(200);
  });

  test("aborting closes a connection that waits", async () => {
    const [id] = await raw("GET /who.cgi HTTP/1.1\r\nHo", false, AbortSignal.timeout(1500));
    expect(trace(id)).toMatchObject({ outcome: "bad-request", cause: coded("head-incomplete") });
  });

  test("nothing at all is no request", async () => {
    await expect(raw("")).rejects.toMatchObject({ problem: { code: "no-request" } });
  });
});

test("a body that ends before its length ends the request: the server does not wait for the rest", async () => {
  const body = { stream: Readable.from([Buffer.from("abc")]), sizeBytes: 5 };
  const request = { method: utf8("POST"), target: utf8("/after.cgi"), headers: [], body };
  const signal = AbortSignal.timeout(20_000);
  const trace = await workbench.sender.deliver(request, { from: "cli" }, { signal });
  expect(trace).toMatchObject({ outcome: "bad-request", response: { status: 400 } });
});
