// `serveLike`: scripts get the variables of another server, and clients what that server makes of their output.
import { describe, expect, test } from "vitest";
import { serverIds } from "../../../server/contract/server-ids.js";
import { bodyOf, request, startGateway } from "../../support/gateway.js";
import { get } from "../../support/raw-exchange.js";

const scripts: [name: string, source: string, statuses: (number | null)[]][] = [
  ["page", "printf 'Content-Type: text/plain\\n\\nhello\\n'", [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]],
  [
    "no blank line",
    "printf 'Content-Type: text/html\\n<p>an offer</p>\\n'",
    [500, 200, 502, 500, 200, 200, 503, 502, null, 502, 502],
  ],
  [
    "status line",
    "printf 'HTTP/1.1 404 Nope\\nContent-Type: text/plain\\n\\nx\\n'",
    [500, 404, 200, 200, 200, 404, 503, 502, null, 502, 502],
  ],
];
const close = ["Connection: close"];

describe.each(serverIds)("serveLike: %s", (serveLike) => {
  test.each(scripts)("%s", async (_name, source, statuses) => {
    await using gateway = await startGateway({ config: { serveLike } });
    gateway.script("cgi-bin/a.cgi", `#!/bin/sh\n${source}\n`);
    const response = await gateway.ask(request("GET", "/cgi-bin/a.cgi", close));
    const status = statuses[serverIds.indexOf(serveLike)] ?? null;
    expect(/^HTTP\/1\.1 (\d+)/.exec(response)?.[1] ?? null).toBe(status && String(status));
    const [trace] = await gateway.ended(1);
    expect(trace?.response?.status).toBe(status ?? 0);
  });
});

test("a script sees the variables of that server and those of the configuration", async () => {
  await using gateway = await startGateway({ config: { serveLike: "lighttpd", variables: { SHOP: "yes" } } });
  gateway.script("cgi-bin/env.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nenv\n");
  const fields = ["Authorization: Basic YTpi", "Cookie: a=1", "Cookie: b=2", ...close];
  const lines = bodyOf(await gateway.ask(request("GET", "/cgi-bin/env.cgi?q=1", fields))).split("\n");
  for (const line of [
    "CONTENT_LENGTH=0",
    "HTTP_AUTHORIZATION=Basic YTpi",
    "REDIRECT_STATUS=200",
    "SHOP=yes",
    "QUERY_STRING=q=1",
  ])
    expect(lines).toContain(line);
  const [trace] = await gateway.ended(1);
  expect(trace?.cause?.code).toBe("served-like");
});

test("mail is caught as usual", async () => {
  await using gateway = await startGateway({ config: { serveLike: "lighttpd" } });
  gateway.script(
    "cgi-bin/mail.cgi",
    "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nprintf 'To: a@b.test\\n\\nx\\n' | sendmail -t\n",
  );
  await gateway.get("/cgi-bin/mail.cgi");
  expect((await gateway.ended(1))[0]?.process?.mail?.messages).toHaveLength(1);
});

test("a long body, and a local redirect, are served as usual", async () => {
  await using gateway = await startGateway({ config: { serveLike: "apache" } });
  gateway.script("cgi-bin/long.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nhead -c 3000000 /dev/zero\n");
  gateway.script("cgi-bin/there.cgi", "#!/bin/sh\nprintf 'Location: /cgi-bin/here.cgi\\n\\n'\n");
  gateway.script("cgi-bin/here.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhere\\n'\n");
  expect((await get(gateway.port, "/cgi-bin/long.cgi")).body).toHaveLength(3_000_000);
  expect(bodyOf(await gateway.ask(request("GET", "/cgi-bin/there.cgi", close)))).toBe("here\n");
});

test("what the server would not start fails, although its handler runs it here", async () => {
  await using gateway = await startGateway({ config: { serveLike: "apache" } });
  gateway.file("cgi-bin/a.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n");
  expect(await gateway.ask(request("GET", "/cgi-bin/a.sh", close))).toMatch(/^HTTP\/1\.1 500 /);
});
