// The profiles of other servers beside the real ones: status, headers and body of the known cases and of 400 made from
// a grammar agree in 99 of 100; and the environments that scripts get.
import { chmodSync, mkdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type ServerId, serverIds } from "../../server/contract/server-ids.js";
import { latin1 } from "../../server/protocol/byte-string.js";
import { profiles } from "../../server/servers/profiles.js";
import { agreementOf } from "../support/servers/agreement.js";
import { runOf } from "../support/servers/compare.js";
import { generatedCase, knownCases, plainCase, type ServerCase } from "../support/servers/corpus.js";
import { missingOf, type RealServer, startReal } from "../support/servers/real-servers.js";
import { tempFolder } from "../support/temp-workspace.js";

const cases = [...knownCases, ...Array.from({ length: 400 }, (_, n) => generatedCase(n))];

const requests: readonly Partial<ServerCase>[] = [
  {
    extra: "/a%20b/c?x=1&y=%20z",
    headers: [
      ...["Cookie: a=1", "Cookie: b=2", "X-Foo: 1", "X-Foo: 2", "X.Dot: d", "Proxy: evil", "X_Under: u", "X-Under: h"],
      ...["Authorization: Basic YTpi", "Accept: text/html", "Accept: */*", "User-Agent: ua", "Referer: http://r/"],
    ],
  },
  { method: "POST", body: "abc", headers: ["Content-Type: text/plain"] },
  { extra: "?a+b" },
];
/** Of the servers' own environments, and of the shell that tells. */
const own = /^(?:PATH|HOME|PWD|OLDPWD|SHLVL|_|LC_CTYPE|_?PYENV\w*|H2O_ROOT|UWSGI_\w+)$/;

describe.each(serverIds)("%s", (id) => {
  const missing = missingOf(id);
  const needs = missing.map((name) => ` (needs ${name})`).join("");
  test.skipIf(missing.length > 0)(`answers as predicted${needs}`, async () => {
    const { different, predicted, byChance } = await agreementOf(id, cases);
    const rest = cases.length - predicted;
    process.stdout.write(
      `${id}: ${predicted} predicted, ${different.length} differ, ${byChance} by chance, ${rest} not known\n`,
    );
    expect(different.length, different.join("\n")).toBeLessThanOrEqual(predicted / 100);
    expect(predicted).toBeGreaterThan(0.9 * cases.length);
  });

  test.skipIf(missing.length > 0)(`makes the environment as predicted${needs}`, async () => {
    using folder = tempFolder();
    mkdirSync(folder.file("cgi-bin"));
    chmodSync(folder.file("cgi-bin"), 0o755);
    folder.write(
      "cgi-bin/s.cgi",
      "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\ncat /proc/$$/environ\nprintf 'CWD=%s' \"$(pwd)\"\n",
    );
    folder.makeExecutable("cgi-bin/s.cgi");
    await using server = await startReal(id, folder.path);
    for (const request of requests)
      expect(await environmentDifferences(id, { ...plainCase, ...request }, folder.path, server)).toEqual([]);
  });
});

async function environmentDifferences(
  id: ServerId,
  asked: ServerCase,
  root: string,
  server: RealServer,
): Promise<string[]> {
  const headers = ["Host: localhost:9999", "Connection: close", ...asked.headers];
  if (asked.body !== null) headers.push(`Content-Length: ${asked.body.length}`);
  const run = runOf({ ...asked, headers }, root);
  const wire = `${asked.method} ${run.target} HTTP/1.0\r\n${headers.join("\r\n")}\r\n\r\n${asked.body ?? ""}`;
  const text = await server.exchange(wire);
  const real = new Map<string, string>();
  for (const pair of text
    .slice(text.search(/\r?\n\r?\n/))
    .trimStart()
    .split("\0")) {
    const [, name = "", value = ""] = /^(\w[^=]*)=(.*)$/s.exec(pair) ?? [];
    if (name !== "" && !real.has(name) && !own.test(name)) real.set(name, value);
  }
  const profile = profiles.find((one) => one.id === id);
  expect(real.get("CWD") === `${root}/cgi-bin`).toBe(profile?.runs.inScriptFolder);
  expect(/(?:^|[\0\n])PATH=/.test(text)).toBe(profile?.runs.hasPath);
  real.delete("CWD");
  const environment = profile?.environment({
    ...run,
    httpVersion: "1.0",
    pathInfo: latin1(decodeURIComponent(asked.extra.replace(/\?.*/, ""))),
    client: { address: "127.0.0.1", port: Number(real.get("REMOTE_PORT")) },
    serverPort: server.knowsClient ? String(server.port) : "80",
  });
  const names = new Set([...real.keys(), ...(environment?.keys() ?? [])]);
  if (!real.has("REMOTE_PORT")) names.delete("REMOTE_PORT");
  if (!server.knowsClient) for (const name of ["REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT"]) names.delete(name);
  // Of two fields with one variable Go takes either: the order of its map is another one each time.
  if ((id === "go" || id === "caddy") && ["u", "h"].includes(real.get("HTTP_X_UNDER") ?? ""))
    names.delete("HTTP_X_UNDER");
  return [...names].flatMap((name) =>
    real.get(name) === environment?.get(name) ? [] : [`${name}: ${environment?.get(name)}, real ${real.get(name)}`],
  );
}
