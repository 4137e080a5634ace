// Redirects, RFC 3875 §6.2.2 to §6.2.4: which the server answers itself, and which the client follows.
import { describe, expect, test } from "vitest";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { coded } from "../../support/coded.js";
import { bodyOf, headOf, request, startGateway } from "../../support/gateway.js";
import { ask, seenScript, variableOf } from "../../support/seen.js";

const close = "Connection: close";

describe("C54: a path alone is served in the response's place", () => {
  test("C54: with GET, without the body, one trace for each run", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'cat >/dev/null; printf "Location: /b.sh/in?q=1\\n\\n"');
    gateway.script(
      "b.sh",
      'printf "Content-Type: text/plain\\n\\n$REQUEST_METHOD $PATH_INFO $QUERY_STRING $CONTENT_LENGTH- $CONTENT_TYPE- $HTTP_X_KEPT"',
    );
    const response = await gateway.ask(
      request("POST", "/a.sh", [close, "Content-Type: text/x", "X-Kept: yes", "Content-Length: 3"], "abc"),
    );
    expect(bodyOf(response)).toContain("GET /in q=1 - - yes");
    const [first, second] = await gateway.ended(2);
    expect(first).toMatchObject({
      outcome: "ok",
      parent: null,
      request: { method: "POST" },
      script: { kind: "local-redirect" },
      response: { status: 200 },
    });
    expect(second).toMatchObject({
      outcome: "ok",
      parent: { id: first?.id, kind: "local-redirect" },
      request: { method: "GET", target: "/b.sh/in?q=1" },
      script: { kind: "document" },
      response: null,
    });
    expect(second?.connection).toEqual(first?.connection);
  });

  test("C54: the next script gets the variables of the one before, after REDIRECT_", async () => {
    await using gateway = await startGateway({ config: { scripts: { "a.sh": { variables: { Mine: "1" } } } } });
    gateway.script("a.sh", 'cat >/dev/null; printf "Location: /b.sh?q=1\\n\\n"');
    gateway.script("b.sh", 'printf "Location: /c.sh?q=2\\n\\n"');
    gateway.script("c.sh", seenScript);
    const { seen } = await ask(
      gateway,
      request("POST", "/a.sh/in%20it?x=0", [close, "X-Kept: yes", "Content-Length: 3"], "abc"),
    );
    expect(seen.env).toMatchObject({
      QUERY_STRING: "q=2",
      REDIRECT_STATUS: "200",
      REDIRECT_URL: "/b.sh",
      REDIRECT_QUERY_STRING: "q=1",
      REDIRECT_REQUEST_METHOD: "GET",
      REDIRECT_HTTP_X_KEPT: "yes",
      REDIRECT_REDIRECT_STATUS: "200",
      REDIRECT_REDIRECT_URL: "/a.sh/in it",
      REDIRECT_REDIRECT_QUERY_STRING: "x=0",
      REDIRECT_REDIRECT_REQUEST_METHOD: "POST",
      REDIRECT_REDIRECT_CONTENT_LENGTH: "3",
      REDIRECT_REDIRECT_Mine: "1",
    });
    expect(seen.env).not.toHaveProperty("REDIRECT_REDIRECT_REDIRECT_STATUS");
    const [, second, third] = await gateway.ended(3);
    expect(second && variableOf(second, "REDIRECT_URL")?.source).toBe("server");
    expect(third && toTraceJson(third).env?.find(({ name }) => name === "REDIRECT_URL")?.standing).toBe("customary");
  });

  test("C54: the conditions of a method that changes something are not about the file that it leads to", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'cat >/dev/null; printf "Location: /saved.txt\\n\\n"');
    gateway.file("saved.txt", "saved");
    for (const [method, condition] of [
      ["PUT", 'If-Match: "other"'],
      ["POST", "If-None-Match: *"],
    ] as const) {
      const response = await gateway.ask(request(method, "/a.sh", [close, condition, "Content-Length: 1"], "x"));
      expect([response.split("\r\n")[0], bodyOf(response)]).toEqual(["HTTP/1.1 200 OK", "saved"]);
    }
    expect(await gateway.ask(request("GET", "/saved.txt", [close, "If-None-Match: *"]))).toMatch(/^HTTP\/1\.1 304 /);
  });

  test("C54: credentials stay with the script that may have them", async () => {
    const config = { scripts: { "a.sh": { passAuthorization: true } } };
    await using gateway = await startGateway({ config });
    gateway.script("a.sh", 'printf "Location: /b.sh\\n\\n"');
    gateway.script("b.sh", seenScript);
    const { seen } = await ask(gateway, request("GET", "/a.sh", [close, "Authorization: Basic YTpi"]));
    expect(seen.env["REDIRECT_URL"]).toBe("/a.sh");
    expect(Object.keys(seen.env).filter((name) => name.includes("AUTHORIZATION"))).toEqual([]);
    const [first] = await gateway.ended(2);
    expect(first && variableOf(first, "HTTP_AUTHORIZATION")?.value).toBe("Basic YTpi");
  });

  test("C54: to a static file, and to nothing", async () => {
    await using gateway = await startGateway();
    gateway.file("page.txt", "static");
    gateway.script("a.sh", 'printf "Location: /page.txt\\n\\n"');
    gateway.script("b.sh", 'printf "Location: /nowhere\\n\\n"');
    gateway.script("c.sh", 'printf "Location: /a%%2Fb\\n\\n"');
    expect(bodyOf(await gateway.get("/a.sh"))).toBe("static");
    // What asking for it would give.
    for (const target of ["/b.sh", "/c.sh"]) expect(await gateway.get(target)).toMatch(/^HTTP\/1\.1 404 /);
    const traces = await gateway.ended(3);
    expect(traces.map(({ route, response }) => [route.kind, response?.status])).toEqual([
      ["script", 200],
      ["script", 404],
      ["script", 404],
    ]);
  });

  test("C54: HEAD through it has no body", async () => {
    await using gateway = await startGateway();
    gateway.file("page.txt", "static");
    gateway.script("a.sh", 'printf "Location: /page.txt\\n\\n"');
    expect(await gateway.ask(request("HEAD", "/a.sh", [close]))).toMatch(
      /^HTTP\/1\.1 200 OK\r\n.*Content-Length: 6\r\n.*\r\n\r\n$/s,
    );
    expect((await gateway.trace()).response).toMatchObject({ framing: "none", body: { bytes: 0 } });
  });

  test("C54: a loop ends after ten", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'printf "Location: /a.sh\\n\\n"');
    expect(await gateway.get("/a.sh")).toMatch(/^HTTP\/1\.1 500 /);
    const traces = await gateway.ended(11);
    expect(traces).toHaveLength(11);
    expect(traces[0]).toMatchObject({
      outcome: "invalid-output",
      cause: coded("too-many-local-redirects", { limit: 10, location: "/a.sh" }),
      response: { status: 500 },
    });
    expect(new Set(traces.slice(1).map(({ parent }) => parent?.id))).toEqual(new Set([traces[0]?.id]));
  });

  test("C54: to a path that cannot be served, whatever that is called, is 404 and no loop", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'printf "Location: /loopback/a%%2Fb\\n\\n"');
    expect(await gateway.get("/a.sh")).toMatch(/^HTTP\/1\.1 404 /);
    expect(await gateway.trace()).toMatchObject({
      outcome: "invalid-output",
      cause: coded("local-redirect-target-refused", {
        location: "/loopback/a%2Fb",
        why: coded("target-encoded-slash"),
      }),
      findings: [{ rule: "redirect-target-missing" }],
    });
  });

  test("C54: the Content-Length of the last script is its own fault alone", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'printf "Location: /short.sh\\n\\n"');
    gateway.script("short.sh", 'printf "Content-Type: text/plain\\nContent-Length: 50\\n\\nab"');
    expect(bodyOf(await gateway.get("/a.sh"))).toBe("ab");
    const traces = await gateway.ended(2);
    expect(traces.map(({ outcome, cause, findings }) => [outcome, cause, findings.map(({ rule }) => rule)])).toEqual([
      ["ok", null, ["local-redirect-differs"]],
      ["invalid-output", coded("body-too-short", { missingBytes: 48 }), ["content-length-large"]],
    ]);
  });

  test.each([
    ["crashes", "exit 3", "crashed", 500],
    ["writes no header", "echo oops", "invalid-output", 500],
    ["cannot be started", "#!/no/such/interpreter\n", "spawn-error", 500],
    ["is silent", "exec sleep 60", "timeout", 504],
  ])(
    "C54: a last script that %s is to blame alone, and the page names its trace",
    async (_, script, outcome, status) => {
      await using gateway = await startGateway({ config: status === 504 ? { limits: { silenceMs: 1500 } } : {} });
      gateway.script("a.sh", 'printf "Location: /x.sh\\n\\n"');
      gateway.script("x.sh", script);
      const page = await gateway.get("/a.sh");
      const [first, last] = await gateway.ended(2);
      expect(first).toMatchObject({ outcome: "ok", cause: null, response: { status } });
      expect(last).toMatchObject({ outcome, parent: { id: first?.id }, response: null });
      expect([first, last].map((trace) => trace?.findings.some(({ severity }) => severity === "error"))).toEqual([
        false,
        true,
      ]);
      expect(page).toContain(`#${last?.seq} `);
    },
  );

  test("C54: what the script writes after it goes nowhere, and without an end it does not hold the answer up for ever", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.file("page.txt", "static");
    gateway.script("a.sh", 'printf "Location: /page.txt\\n\\nnever seen"');
    gateway.script("endless.sh", 'printf "Location: /page.txt\\n\\n"; exec cat /dev/zero');
    expect(bodyOf(await gateway.get("/a.sh"))).toBe("static");
    expect(await gateway.get("/endless.sh")).toMatch(/^HTTP\/1\.1 504 /);
    expect((await gateway.ended(2)).map(({ outcome }) => outcome)).toEqual(["ok", "timeout"]);
  });

  test("C54: beside another field, or where the policy says so, the client is sent there instead", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'printf "Location: /b\\nContent-Type: text/plain\\n\\nbody"');
    const response = await gateway.get("/a.sh");
    expect(headOf(response)).toMatch(/^HTTP\/1\.1 302 Found\r\nLocation: \/b\r\n/);
    expect(bodyOf(response)).toContain("body");
    expect((await gateway.trace()).script).toMatchObject({
      kind: "client-redirect-document",
      reasons: [coded("local-redirect-with-fields")],
    });

    await using sending = await startGateway({ config: { policy: { localRedirect: "send" } } });
    sending.script("a.sh", 'printf "Location: /b\\n\\n"');
    expect(headOf(await sending.get("/a.sh"))).toMatch(/^HTTP\/1\.1 302 Found\r\nLocation: \/b\r\n/);
    expect((await sending.trace()).script).toMatchObject({
      kind: "client-redirect",
      reasons: [coded("local-redirect-not-followed")],
    });
  });
});

test("C55: an absolute Location alone becomes 302 Found, its fragment kept", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Location: http://example.org/a?b#c\\n\\n"');
  const response = await gateway.get("/x.sh");
  expect(headOf(response)).toMatch(/^HTTP\/1\.1 302 Found\r\nLocation: http:\/\/example\.org\/a\?b#c\r\n/);
  expect(bodyOf(response)).toBe("0\r\n\r\n");
  expect(await gateway.trace()).toMatchObject({
    outcome: "ok",
    script: { kind: "client-redirect", status: 302, reasons: [] },
  });
});

test("C56: Location with Status and a document goes to the client as it is, a path too", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Status: 301 Moved\\nLocation: $QUERY_STRING\\nContent-Type: text/plain\\n\\nthere"');
  for (const location of ["/y", "http://example.org/"]) {
    const response = await gateway.get(`/x.sh?${location}`);
    expect(headOf(response)).toContain(`HTTP/1.1 301 Moved\r\nLocation: ${location}\r\n`);
    expect(bodyOf(response)).toContain("there");
  }
  const traces = await gateway.ended(2);
  expect(traces.map(({ outcome, script }) => [outcome, script?.kind])).toEqual(
    Array(2).fill(["ok", "client-redirect-document"]),
  );
});

test("C56: a relative Location is sent unchanged and reported, or refused", async () => {
  const script = 'printf "Location: exit1\\n\\n"';
  await using gateway = await startGateway();
  gateway.script("x.sh", script);
  expect(headOf(await gateway.get("/x.sh"))).toMatch(/^HTTP\/1\.1 302 Found\r\nLocation: exit1\r\n/);
  expect((await gateway.trace()).script).toMatchObject({
    kind: "client-redirect",
    reasons: [coded("relative-location", { isTolerated: true })],
  });
  await using strict = await startGateway({ config: { policy: { relativeLocation: "reject" } } });
  strict.script("x.sh", script);
  expect(await strict.get("/x.sh")).toMatch(/^HTTP\/1\.1 500 /);
});
