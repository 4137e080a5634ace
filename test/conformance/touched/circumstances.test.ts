// Where strace cannot watch, the request is served without it and a sentence says so; what it watches is bounded.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { maxTouched } from "../../../server/contract/touched.js";
import { maskSecrets, SecretNames } from "../../../server/trace/formats/secrets.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { plain } from "../../support/fastcgi-gateway.js";
import { bodyOf, startGateway, type TestGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";
import { askTouched } from "../../support/touched-scripts.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const hello = "printf 'Content-Type: text/plain\\n\\nhello'";

async function whyOf(gateway: TestGateway): Promise<string | undefined> {
  return (await gateway.trace()).process?.touched?.why?.code;
}

describe.skipIf(process.platform !== "linux")("served without strace", () => {
  test("it is not installed", async () => {
    await using gateway = await startGateway();
    gateway.script("x.cgi", hello);
    vi.stubEnv("PATH", "/nowhere");
    expect(bodyOf(await askTouched(gateway))).toBe("hello");
    expect(await whyOf(gateway)).toBe("touched-no-strace");
  });

  test("the system forbids it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "no-strace-"));
    try {
      writeFileSync(join(folder, "strace"), "#!/bin/sh\necho 'strace: ptrace: not permitted' >&2; exit 1\n", {
        mode: 0o755,
      });
      await using gateway = await startGateway();
      gateway.script("x.cgi", hello);
      vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
      expect(bodyOf(await askTouched(gateway))).toBe("hello");
      const { why } = (await gateway.trace()).process?.touched ?? {};
      expect(why).toMatchObject({ code: "touched-refused", data: { systemText: "strace: ptrace: not permitted." } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe.skipIf(!program("strace"))("with strace", () => {
  test("a script that cannot start fails as without it", async () => {
    await using gateway = await startGateway();
    gateway.script("x.cgi", "#!/no/such/interpreter\n");
    for (const isTouched of [false, true]) await askTouched(gateway, isTouched);
    const [first, second] = await gateway.ended(2);
    expect(second).toMatchObject({ outcome: "spawn-error", cause: first?.cause, process: first?.process });
  });

  test.skipIf(!program("python3"))("a process of other requests is not watched", async () => {
    await using gateway = await startGateway();
    gateway.script("x.cgi", "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n\\nhello', end='')");
    expect(bodyOf(await askTouched(gateway, true, "prefork"))).toBe("hello");
    const trace = await gateway.trace();
    expect(trace.cause?.code).toBe("touched-mode");
    expect(trace.process?.touched).toBeUndefined();
  });

  test("a script without an end is ended, and what it touched is kept", async () => {
    await using gateway = await startGateway();
    gateway.script("x.cgi", `${hello}\n[ -e /nowhere/at/all ]\nexec sleep 1000`);
    const client = await askBegun(gateway);
    await client.until("hello");
    client.socket.destroy();
    const { process: ended } = await gateway.trace();
    expect(ended?.signal).toBe("SIGTERM");
    expect(ended?.touched?.touches).toContainEqual(
      expect.objectContaining({ name: "/nowhere/at/all", errno: "ENOENT" }),
    );
  });

  test("what a script leaves behind delays nothing", async () => {
    await using gateway = await startGateway();
    gateway.script("x.cgi", `${hello}\nsleep 1000 >/dev/null 2>&1 &`);
    await askTouched(gateway);
    const { process: ended, timing, notes } = await gateway.trace();
    expect(ended).toMatchObject({ exitCode: 0, touched: { why: null } });
    expect(notes.heldBy).toBeNull();
    expect((timing.doneAt ?? 0) - (timing.lastByteAt ?? 0)).toBeLessThan(1900);
  });

  test.skipIf(!program("cc"))("a program that calls ptrace itself", async () => {
    await using gateway = await startGateway();
    gateway.file(
      "x.c",
      '#include <sys/ptrace.h>\n#include <stdio.h>\nint main(void) { ptrace(PTRACE_TRACEME, 0, 0, 0); printf("Content-Type: text/plain\\n\\nhello"); return 0; }\n',
    );
    execFileSync("cc", ["-o", gateway.folder.file("x.cgi"), gateway.folder.file("x.c")]);
    expect(bodyOf(await askTouched(gateway))).toBe("hello");
    expect(await whyOf(gateway)).toBe("touched-ptrace");
  });

  test.skipIf(!program("perl"))("a script that touches too much", async () => {
    await using gateway = await startGateway();
    gateway.script(
      "x.cgi",
      "#!/usr/bin/perl\nprint qq(Content-Type: text/plain\\n\\n); -e \"/none/$_\" for 1..60000; print 'hello';",
    );
    expect(bodyOf(await askTouched(gateway))).toBe("hello");
    const { touched } = (await gateway.trace()).process ?? {};
    expect(touched?.why?.code).toBe("touched-cut");
    expect(touched?.touches).toHaveLength(maxTouched);
    expect(touched?.omitted).toBeGreaterThan(10_000);
  });

  test("a secret in a path is masked where the trace is exported", async () => {
    await using gateway = await startGateway();
    gateway.script("x.cgi", `${hello}\n[ -e "/sessions/$HTTP_X_API_TOKEN" ]`);
    const client = await askBegun(gateway, ["X-Api-Token: s3cret-w0rd"]);
    await client.rest();
    const json = toTraceJson(await gateway.trace());
    expect(JSON.stringify(json.process)).toContain("/sessions/s3cret-w0rd");
    const masked = JSON.stringify(maskSecrets(json, new SecretNames()));
    expect(masked).toContain("/sessions/***********");
    expect(masked).not.toContain("s3cret-w0rd");
  });
});

async function askBegun(gateway: TestGateway, headers: readonly string[] = []) {
  const client = await gateway.connect();
  const override = { from: "composer", mode: null, variables: new Map(), parent: null, onTrace: () => {} } as const;
  gateway.overrides.register(client.socket, { ...override, isTouched: true });
  client.send(plain("GET", "/x.cgi", headers));
  return client;
}
