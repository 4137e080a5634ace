// The same requests to real applications here and under Apache's mod_cgi: cgit, gitweb, git's own
// backend, a program over CGI.pm, PHP as plain CGI and a C program. What a client sees must be the same
// but for dates, ports and the server's name.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Apache, hasApache, startApache } from "../support/apache.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { rawExchange } from "../support/raw-exchange.js";
import {
  addPrograms,
  applicationConfig,
  gitEnvironment,
  makeRepository,
  present,
  requests,
} from "../support/real-applications.js";
import { readResponses, type WireResponse } from "../support/strict-http.js";
import { program, tempFolder } from "../support/temp-workspace.js";

describe.skipIf(!hasApache || !program("git"))("beside Apache (needs Apache with mod_cgi, and git)", () => {
  let gateway: TestGateway;
  let apache: Apache;
  const repositories = tempFolder();
  const { routes, variables } = applicationConfig(repositories);

  beforeAll(async () => {
    makeRepository(repositories);
    gateway = await startGateway({ config: { routes, variables } });
    addPrograms(gateway);
    apache = await startApache(gateway.folder.path, routes, variables);
  }, 60_000);
  afterAll(async () => {
    await apache?.[Symbol.asyncDispose]();
    await gateway?.[Symbol.asyncDispose]();
    repositories[Symbol.dispose]();
  });

  test.for(requests)("%s: %j", async ([needs, bytes], { skip }) => {
    skip(!present[needs], `needs ${needs}`);
    const method = bytes.slice(0, bytes.indexOf(" "));
    const ports = [gateway.port, apache.port];
    const [ours, theirs] = await Promise.all(ports.map((port) => answer(port, bytes, method, ports)));
    expect(ours).toEqual(theirs);
  });

  test("git clones from both, over the same protocol", async () => {
    const heads: string[] = [];
    for (const { port } of [gateway, apache]) {
      using clone = tempFolder();
      const run = promisify(execFile); // not the synchronous form: one of the servers runs here
      await run("git", ["clone", "-q", `http://127.0.0.1:${port}/git/demo.git`, clone.file("demo")], {
        env: gitEnvironment,
      });
      heads.push(
        (await run("git", ["-C", clone.file("demo"), "log", "--format=%H %s"], { env: gitEnvironment })).stdout,
      );
    }
    expect(heads[0]).toBe(heads[1]);
    expect(heads[0]).toContain("first");
  });
});

/**
 * What a client makes of it, without what may differ: the server's name, dates, ports, framing;
 * and pages that servers write themselves.
 */
async function answer(port: number, bytes: string, method: string, ports: readonly number[]): Promise<unknown> {
  const wire = (await rawExchange(port, Buffer.from(bytes, "latin1"))).toString("latin1");
  const [response] = readResponses(wire, [method]);
  if (!response) throw new Error("no response");
  const { status, headers } = response;
  const own = new Set([
    "date",
    "server",
    "connection",
    "transfer-encoding",
    "content-length",
    "keep-alive",
    "vary",
    "accept-ranges",
  ]);
  const isServersPage = /<address>Apache|This page comes from CGI Workbench|<title>404 Not Found/.test(response.body);
  // A field said twice is the same as its values joined (RFC 9110 §5.3): Apache joins some.
  const joined = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (own.has(key)) continue;
    const before = joined.get(key);
    joined.set(key, before === undefined ? neutral(value, ports) : `${before}, ${neutral(value, ports)}`);
  }
  return {
    status,
    headers: isServersPage ? [] : [...joined].sort(),
    body: isServersPage ? "" : neutral(bodyText(response), ports),
  };
}

function bodyText({ body }: WireResponse): string {
  return body.startsWith("\x1f\x8b") ? `gzip ${body.length > 100}` : body;
}

/** Ports, dates and ages, and the times of a run. */
const neutral = (text: string, ports: readonly number[]): string =>
  text
    .replace(new RegExp(`\\b(?:${ports.join("|")})\\b`, "g"), "PORT") // not within a colour or an id of a commit
    .replace(/\w{3}, \d\d?[ -]\w{3}[ -]\d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})/g, "DATE")
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}/g, "DATE")
    .replace(/Modified: [^\r\n]*/g, "")
    .replace(/\d+ (?:sec|min|hours?|seconds?|minutes?) ago|right now/g, "AGE");
