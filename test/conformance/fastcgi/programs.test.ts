// Real FastCGI programs behind the gateway: what every one of them must do right, with connections kept and not.
import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../server/routing/fastcgi-address.js";
import { getValues } from "../../../server/runners/fastcgi/get-values.js";
import { plain } from "../../support/fastcgi-gateway.js";
import { type Program, programs, RunningProgram } from "../../support/fastcgi-programs.js";
import { bodyOf, headOf, request, startGateway } from "../../support/gateway.js";

async function behind(program: Program, keeps: boolean) {
  const running = await RunningProgram.start(program);
  const route = {
    path: "/app/",
    address: running.address,
    variables: program.variables,
    ...(keeps ? { connections: program.workers } : {}),
  };
  const gateway = await startGateway({ config: { routes: [route] }, captureBytes: 1 << 16 });
  return {
    gateway,
    address: running.address,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await running[Symbol.asyncDispose]();
    },
  };
}
const body = randomBytes(5 << 20).toString("latin1");

for (const program of programs) {
  const name = program.missing === null ? program.name : `${program.name} (needs ${program.missing})`;
  describe.skipIf(program.missing !== null).each([false, true])(`${name}, connections kept: %s`, (keeps) => {
    test("GET, HEAD, stderr, large headers, binary output", async () => {
      await using t = await behind(program, keeps);
      expect(bodyOf(await t.gateway.ask(plain("GET", "/app/x")))).toBe("GET 0");
      const head = await t.gateway.ask(plain("HEAD", "/app/x"));
      expect(headOf(head)).toContain("200 OK");
      expect(bodyOf(head)).toBe("");
      expect(
        bodyOf(await t.gateway.ask(plain("GET", "/app/x", [`X-Big: ${"b".repeat(program.maxHeaderBytes)}`]))),
      ).toBe(`GET ${program.maxHeaderBytes}`);
      const binary = bodyOf(await t.gateway.ask(plain("GET", "/app/binary")));
      expect(
        Buffer.from(binary, "latin1").equals(Buffer.from(Uint8Array.from({ length: 65_536 }, (_, i) => i & 255))),
      ).toBe(true);
      const traces = await t.gateway.ended(4);
      expect(traces.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok", "ok"]);
      expect(Buffer.from(traces[0]?.stderr?.read(0, 1000) ?? []).toString()).toContain("served /x");
    });

    test("F13: 5 MB posted, with a length and chunked, come back byte for byte", async () => {
      await using t = await behind(program, keeps);
      const post = await t.gateway.ask(
        plain("POST", "/app/echo", [`Content-Length: ${body.length}`, "Content-Type: application/octet-stream"], body),
      );
      expect(bodyOf(post) === body).toBe(true);
      const chunks = [body.slice(0, 1), body.slice(1, 3_000_000), body.slice(3_000_000)]
        .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
        .join("");
      const chunked = await t.gateway.ask(
        request(
          "POST",
          "/app/echo",
          ["Connection: close", "Transfer-Encoding: chunked", "Content-Type: application/octet-stream"],
          `${chunks}0\r\n\r\n`,
        ),
      );
      expect(headOf(chunked)).toContain(`X-Length: ${body.length}`);
      const [, second] = await t.gateway.ended(2);
      expect(second).toMatchObject({ outcome: "ok", stdin: { bytes: body.length } });
      expect(second?.response?.body.bytes).toBe(body.length);
    });

    test("F19: a client that leaves an endless response; the next request is served", async () => {
      await using t = await behind(program, keeps);
      const client = await t.gateway.connect();
      client.send(request("GET", "/app/endless"));
      await client.until("more\nmore\n".slice(0, 5));
      client.socket.destroy();
      expect(await t.gateway.trace()).toMatchObject({ outcome: "client-gone" });
      expect(bodyOf(await t.gateway.ask(plain("GET", "/app/x")))).toBe("GET 0");
    });
  });

  test.skipIf(program.missing !== null)(
    `F08, F09: what ${name} says of its limits, or that it says nothing, in the time given`,
    async () => {
      await using running = await RunningProgram.start(program);
      const address = parseAddress(running.address, "/");
      const values = address && (await getValues(address, 2000, ["FCGI_MPXS_CONNS", "FCGI_MAX_REQS", "NO_SUCH_THING"]));
      if (values === null || values === "other-record") return;
      expect(values.get("FCGI_MPXS_CONNS")).toBe("0");
      expect(values.has("NO_SUCH_THING")).toBe(false);
    },
  );
}
