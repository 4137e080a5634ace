// What scripts send with sendmail is in the trace of their request and nowhere else: ten form mailers, the bounds, and
// what a request leaves behind.
import { readdirSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { maxMails } from "../../../server/contract/mail.js";
import { formMailers } from "../../support/form-mailers.js";
import { request, startGateway } from "../../support/gateway.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

afterEach(() => vi.unstubAllEnvs());

const type = ["Connection: close", "Content-Type: application/x-www-form-urlencoded"];
const post = (path: string, body: string): string =>
  request("POST", path, [...type, `Content-Length: ${body.length}`], body);
const harmless = "email=a%40example.org&subject=Hello&realname=A&text=One%0D%0ABcc%3A+in+the+text";
const hostile = `${harmless.replace("&", "%0D%0ABcc%3A+many%40example.net&")}`;
const head = "printf 'Content-Type: text/plain; charset=utf-8\\n\\n'";

for (const { what, needs, name, text, injected } of formMailers)
  test.skipIf(!program(needs))(what, async () => {
    await using gateway = await startGateway();
    gateway.script(name, text);
    await gateway.ask(post(`/${name}`, harmless));
    await gateway.ask(post(`/${name}`, hostile));
    for (const [index, trace] of (await gateway.ended(2)).entries()) {
      const messages = trace.process?.mail?.messages ?? [];
      expect(messages).toHaveLength(1);
      expect(messages[0]?.recipients[0]).toBe("webmaster@example.org");
      expect(messages[0]?.parts[0]?.text).toContain("in");
      const found = trace.findings.map(({ rule }) => rule).includes("mail-header-injected");
      expect(found, JSON.stringify(messages)).toBe(injected && index === 1);
    }
  });

test("headers are decoded, and an attachment is named", async () => {
  await using gateway = await startGateway();
  const lines = [
    "To: =?utf-8?Q?J=C3=B6rg?= <joerg@example.org>, b@example.org",
    "Subject: =?iso-8859-1?Q?Gr=FC=DFe?=",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="x"',
    "",
    "--x",
    "Content-Type: text/plain; charset=iso-8859-1",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "Gr=FC=DFe",
    "--x",
    'Content-Type: image/png; name="a.png"',
    "Content-Disposition: attachment; filename=a.png",
    "Content-Transfer-Encoding: base64",
    "",
    "AAEC",
    "--x--",
  ];
  gateway.script("x.sh", `${head}\nsendmail -t -i <<'END'\n${lines.join("\n")}\nEND`);
  await gateway.get("/x.sh");
  const { process } = await gateway.trace();
  const [mail] = process?.mail?.messages ?? [];
  expect(mail?.args).toEqual(["-t", "-i"]);
  expect(mail?.recipients).toEqual(["joerg@example.org", "b@example.org"]);
  expect(mail?.headers).toContainEqual(["Subject", "Grüße"]);
  expect(mail?.parts).toEqual([
    { type: "text/plain", name: null, bytes: 8, text: "Grüße\n" },
    { type: "image/png", name: "a.png", bytes: 3, text: null },
  ]);
});

test("each message belongs to its own request, and more than the bound is counted", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", `${head}\nprintf 'Subject: %s\\n\\n' "$QUERY_STRING" | sendmail "$QUERY_STRING"`);
  gateway.script("many.sh", `${head}\nfor i in $(seq ${maxMails + 3}); do echo "N: $i" | sendmail a; done`);
  await Promise.all(["a", "b", "c", "d"].map((name) => gateway.get(`/x.sh?${name}`)));
  await gateway.get("/many.sh");
  const [many, ...others] = (await gateway.ended(5)).toReversed();
  for (const { request: asked, process } of others)
    expect(process?.mail?.messages.map(({ recipients }) => recipients)).toEqual([[asked.target.slice(-1)]]);
  expect(many?.process?.mail?.messages).toHaveLength(maxMails);
  expect(many?.process?.mail?.omitted).toBe(3);
}, 60_000);

test("a message with ten thousand header fields, and one of 26 MiB", async () => {
  await using gateway = await startGateway();
  gateway.script(
    "x.sh",
    `${head}\n{ seq 10000 | sed 's/^/X-/; s/$/: a/'; echo; echo b; } | sendmail a\nyes | head -c 27262976 | sendmail a`,
  );
  await gateway.get("/x.sh");
  const [fields, large] = (await gateway.trace()).process?.mail?.messages ?? [];
  expect(fields?.headers).toHaveLength(200);
  expect(large).toMatchObject({ isCut: true });
}, 60_000);

test("nothing is there without a message, and nothing is left behind", async () => {
  using own = tempFolder();
  vi.stubEnv("TMPDIR", own.path);
  const folders = () => readdirSync(own.path).filter((name) => name.startsWith("cgi-workbench-mail-"));
  {
    await using gateway = await startGateway();
    gateway.script("x.sh", head);
    await gateway.get("/x.sh");
    expect((await gateway.trace()).process).not.toHaveProperty("mail");
  }
  expect(folders()).toEqual([]);
});

test("where the configuration names a real one, PATH and PHP are left alone", async () => {
  await using gateway = await startGateway({ config: { mail: "real" } });
  gateway.script("x.sh", `${head}\necho "$PATH$PHP_INI_SCAN_DIR"`);
  expect(await gateway.get("/x.sh")).not.toContain("cgi-workbench-mail-");
});

const called = (path: string): string => `${head}\n# /usr/sbin/sendmail\n[ -n "$QUERY_STRING" ] || echo a | ${path} a`;

test.each(["/usr/sbin/sendmail", "/usr/lib/sendmail", "/opt/mail/bin/sendmail"])(
  "a script that calls %s is not started",
  async (path) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", called(path));
    expect(await gateway.get("/x.sh?a")).toMatch(/^HTTP\/1\.1 500 /);
    const { cause, process, findings } = await gateway.trace();
    expect(cause).toMatchObject({ code: "mail-not-caught", data: { path, line: 4 } });
    expect(process).toBeNull();
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([["mail-not-caught", 4]]);
  },
);

test.each(["$HOME/sendmail", "./lib/sendmail", "/usr/lib/sendmail.d/x", "http://a/lib/sendmail"])(
  "%s is something else",
  async (path) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", called(path));
    expect(await gateway.get("/x.sh?a")).toMatch(/^HTTP\/1\.1 200 /);
  },
);

test("where the configuration lets scripts send, the path may be there", async () => {
  await using gateway = await startGateway({ config: { mail: "real" } });
  gateway.script("x.sh", called("/usr/sbin/sendmail"));
  expect(await gateway.get("/x.sh?a")).toMatch(/^HTTP\/1\.1 200 /);
});
