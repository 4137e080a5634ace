// What scripts send with sendmail is in the trace of their request and nowhere else: ten form mailers, the bounds, and
// what a request leaves behind.
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { maxMails } from "../../../server/contract/mail.js";
import { SmtpReceiver } from "../../../server/runners/mail/smtp-receiver.js";
import { serverByVariables } from "../../../server/runners/mail/uncaught-mail.js";
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

test.skipIf(!program("php-cgi"))(
  "a PHP page without a first line, whose process stays, sends into each trace",
  async () => {
    await using gateway = await startGateway();
    const smtp = `$s = fsockopen(getenv('SMTP_HOST'), getenv('SMTP_PORT'));
foreach (['HELO a', 'MAIL FROM:<a@x.test>', "RCPT TO:<$to>", 'DATA', "Subject: s\\r\\n\\r\\n\\r\\n.", 'QUIT'] as $line) {
  fgets($s);
  fwrite($s, "$line\\r\\n");
}
fgets($s);`;
    const command = "$m = popen('sendmail -t', 'w'); fwrite($m, \"To: $to\\n\\n\"); pclose($m);";
    gateway.file("form.php", `<?php $to = $_GET['to']; mail($to, 's', 't');\n${command}\n${smtp}`);
    gateway.file(
      "path.php",
      "<?php mail('a@x.test', 's', 't'); // not /usr/sbin/sendmail\nexec('/usr/sbin/sendmail -t');",
    );
    for (const to of ["one@x.test", "two@x.test"]) await gateway.get(`/form.php?to=${to}`);
    await gateway.get("/path.php");
    const [one, two, path] = await gateway.ended(3);
    const recipients = [one, two].map((trace) => trace?.process?.mail?.messages.flatMap((each) => each.recipients));
    expect(recipients).toEqual([Array(3).fill("one@x.test"), Array(3).fill("two@x.test")]);
    expect(one).toMatchObject({ route: { mode: "php-cgi" }, process: { pid: two?.process?.pid } });
    expect(path?.cause).toMatchObject({ code: "mail-not-caught" });
  },
);

test.each([
  ["mail -s 'A subject' a@x.test b@x.test", ["a@x.test", "b@x.test"], "A subject"],
  ["mail -vns 'A subject' -- a@x.test b@x.test", ["a@x.test", "b@x.test"], "A subject"],
  ["mailx a@x.test -s'A subject' -a 'X-Form: 1' -- -f c@x.test", ["a@x.test"], "A subject"],
  [
    `mail -s "$(printf 'Hi\nBcc: b@x.test')" -r c@x.test -c d@x.test a@x.test`,
    ["b@x.test", "d@x.test", "a@x.test"],
    "Hi",
  ],
])("%s sends into the trace", async (call, recipients, subject) => {
  await using gateway = await startGateway();
  gateway.script("x.sh", `${head}\nprintf 'Some text.\n.\nMore.\n' | ${call} && echo sent`);
  expect(await gateway.get("/x.sh")).toContain("sent\n");
  const [message, ...others] = (await gateway.trace()).process?.mail?.messages ?? [];
  expect(others).toEqual([]);
  expect(message?.recipients.toSorted()).toEqual(recipients.toSorted());
  expect(message?.headers).toContainEqual(["Subject", subject]);
  expect(message?.parts[0]?.text).toBe("Some text.\n.\nMore.\n");
});

test("mail without an address sends nothing, and says so", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", `${head}\nmail -s a </dev/null || echo "exit $?"`);
  expect(await gateway.get("/x.sh")).toContain("exit 1\n");
  const { process, stderr } = await gateway.trace();
  expect(process?.mail ?? null).toBeNull();
  expect(stderr?.bytes).toBeGreaterThan(0);
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

test("a PATH with letters outside of ASCII keeps its bytes", async () => {
  await using gateway = await startGateway({ config: { variables: { PATH: "/opt/jörg/bin:/usr/bin:/bin" } } });
  gateway.script("x.sh", `${head}\necho "$PATH"`);
  expect(await gateway.get("/x.sh")).toContain(Buffer.from(":/opt/jörg/bin:").toString("latin1"));
});

test("where the configuration names a real one, PATH and PHP are left alone", async () => {
  await using gateway = await startGateway({ config: { mail: "real" } });
  gateway.script("x.sh", `${head}\necho "$PATH$PHP_INI_SCAN_DIR"`);
  expect(await gateway.get("/x.sh")).not.toContain("cgi-workbench-mail-");
});

const loop = "import os, smtplib, sys\ns = smtplib.SMTP(os.environ['SMTP_HOST'], int(os.environ['SMTP_PORT']))\n";
const python = (text: string): string =>
  `#!/usr/bin/env python3\n${loop}${text}\nprint("Content-Type: text/plain\\n")\n`;

test("over SMTP, too, a message belongs to its own request, and more than the bounds is counted or cut", async () => {
  await using gateway = await startGateway();
  gateway.script("x.py", python("s.sendmail('a', [os.environ['QUERY_STRING']], 'Subject: a\\r\\n\\r\\nb')"));
  gateway.script("many.py", python(`for n in range(${maxMails + 3}): s.sendmail('a', ['b'], f'N: {n}')`));
  gateway.script("large.py", python("s.sendmail('a', ['b'], 'A: b\\r\\n\\r\\n' + ('y' * 998 + '\\r\\n') * 27000)"));
  await Promise.all(["a", "b", "c", "d"].map((name) => gateway.get(`/x.py?${name}`)));
  for (const name of ["many.py", "large.py"]) {
    const client = await gateway.connect(); // a busy machine takes long for so much
    client.send(request("GET", `/${name}`, ["Connection: close"]));
    await client.rest(60_000);
  }
  const [large, many, ...others] = (await gateway.ended(6)).toReversed();
  for (const { request: asked, process } of others)
    expect(process?.mail?.messages.map(({ recipients }) => recipients)).toEqual([[asked.target.slice(-1)]]);
  expect(many?.process?.mail).toMatchObject({ messages: { length: maxMails }, omitted: 3 });
  expect(large?.process?.mail?.messages).toMatchObject([{ isCut: true }]);
  const ports = others.map(({ env }) => env?.find(({ name }) => name === "SMTP_PORT")?.value);
  expect(new Set(ports).size).toBe(4);
  for (const port of ports) await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
}, 150_000);

test("a client that leaves in the middle has sent nothing, and one that mixes up the order is told so", async () => {
  await using gateway = await startGateway();
  const order = "print(s.docmd('DATA')[0], s.docmd('RCPT TO:<a>')[0], s.docmd('WHAT')[0], file=sys.stderr)";
  gateway.script(
    "x.py",
    python(`${order}\ns.mail('a'); s.rcpt('b'); s.docmd('DATA'); s.send('A: b\\r\\n'); s.sock.close()`),
  );
  await gateway.get("/x.py");
  const { process, stderr } = await gateway.trace();
  expect(process).not.toHaveProperty("mail");
  expect(Buffer.from(stderr?.read(0, 99) ?? []).toString()).toBe("503 503 500\n");
});

test("a script that speaks no SMTP gets no port", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", head);
  await gateway.get("/x.sh");
  expect((await gateway.trace()).env?.map(({ name }) => name)).not.toContain("SMTP_PORT");
});

const called = (path: string): string => `${head}\n# /usr/sbin/sendmail\n[ -n "$QUERY_STRING" ] || echo a | ${path} a`;

test.each(["/usr/sbin/sendmail", "/usr/lib/sendmail", "/opt/mail/bin/sendmail", "/usr/bin/mail", "/bin/mailx"])(
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

/** Each, and what the offered edit makes of it. */
const direct = [
  ["smtplib.SMTP('localhost')", `SMTP(os.environ.get("SMTP_HOST", 'localhost'), int(os.environ.get("SMTP_PORT", 25)))`],
  ["smtplib.SMTP('mail.a:25')", `SMTP(os.environ.get("SMTP_HOST", 'mail.a'), int(os.environ.get("SMTP_PORT", 25)))`],
  ['smtplib.SMTP(host="mail.a", port=25, timeout=5)', 'os.environ.get("SMTP_PORT", 25)), timeout=5)'],
  ['import socket; s.connect(("mail.a", 25))', 's.connect((os.environ.get("SMTP_HOST", "mail.a"), int('],
  [
    "Net::SMTP->new('mail.a', Timeout => 9)",
    "new($ENV{SMTP_HOST} || 'mail.a', Port => $ENV{SMTP_PORT} || 25, Timeout => 9)",
  ],
  ["smtplib.SMTP(conf.host, 25)", 'SMTP(os.environ.get("SMTP_HOST", conf.host), int(os.environ.get("SMTP_PORT", 25)))'],
  ["s = smtplib.SMTP(); s.connect('mail.a')", `s.connect(os.environ.get("SMTP_HOST", 'mail.a'), int(`],
  ["s = SMTP() # smtplib\ns.connect()", 's.connect(os.environ.get("SMTP_HOST", "localhost"), int('],
  ["import socket; s.connect((HOST, 25))", 's.connect((os.environ.get("SMTP_HOST", HOST), int('],
  ["Net::SMTP->new(Host => 'mail.a')", "new(Host => $ENV{SMTP_HOST} || 'mail.a', Port => $ENV{SMTP_PORT} || 25)"],
  ['smtplib.SMTP(cfg["host"], 25)', `SMTP(os.environ.get("SMTP_HOST", cfg["host"]), int(`],
  ["Net::SMTP->new($host, Port => 25)", "new($ENV{SMTP_HOST} || $host, Port => $ENV{SMTP_PORT} || 25)"],
  ["Net::SMTP.start(HOST, 25)", 'start(ENV.fetch("SMTP_HOST", HOST), ENV.fetch("SMTP_PORT", 25).to_i)'],
  ['nc -w 5 "$HOST" 25', `nc -w 5 "$\{SMTP_HOST:-$HOST}" "$\{SMTP_PORT:-25}"`],
  ["exec 3<>/dev/tcp/$HOST/25", `/dev/tcp/$\{SMTP_HOST:-$HOST}/$\{SMTP_PORT:-25}`],
  ["fsockopen($this->host, 25)", "fsockopen(getenv('SMTP_HOST') ?: $this->host, getenv('SMTP_PORT') ?: 25)"],
  ["fsockopen($server, 25)", "fsockopen(getenv('SMTP_HOST') ?: $server, getenv('SMTP_PORT') ?: 25)"],
  ["Net::SMTP->new('mail.a', Port => 25)", "new($ENV{SMTP_HOST} || 'mail.a', Port => $ENV{SMTP_PORT} || 25)"],
  ["new(PeerAddr => 'mail.a',\n PeerPort => 'smtp(25)')", "|| 'mail.a',\n PeerPort => $ENV{SMTP_PORT} || 25)"],
  ['fsockopen("mail.a", 25, $no)', `fsockopen(getenv('SMTP_HOST') ?: "mail.a", getenv('SMTP_PORT') ?: 25, $no)`],
  ['stream_socket_client("tcp://mail.a:25")', "(getenv('SMTP_HOST') ?: 'mail.a') . ':' . (getenv('SMTP_PORT') ?: 25))"],
  ['Net::SMTP.start("mail.a", 25)', 'start(ENV.fetch("SMTP_HOST", "mail.a"), ENV.fetch("SMTP_PORT", 25).to_i)'],
  ['require("nodemailer"); ({ host: "mail.a", port: 25 })', 'host: process.env.SMTP_HOST ?? "mail.a", port: Number('],
  ["nc -w 5 mail.a 25", `nc -w 5 "$\{SMTP_HOST:-mail.a}" "$\{SMTP_PORT:-25}"`],
  ["exec 3<>/dev/tcp/mail.a/25", `/dev/tcp/$\{SMTP_HOST:-mail.a}/$\{SMTP_PORT:-25}`],
] as const;

test.each(direct)("a script with %s is not started, and the edit lets it run", async (call, edited) => {
  await using gateway = await startGateway();
  const text = `${head}\nexit 0\n# nc mail.a 25\n${call}\n`;
  gateway.script("x.sh", text);
  expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 500 /);
  const { cause, findings } = await gateway.trace();
  expect(cause).toMatchObject({ code: "mail-not-caught", data: { line: call.startsWith("s = SMTP()") ? 6 : 5 } });
  expect(findings.map(({ rule, fixes }) => [rule, fixes])).toEqual([
    ["mail-not-caught", ["take-smtp-from-environment"]],
  ]);
  const after = serverByVariables(text);
  expect(after).toContain(edited);
  expect(after).toContain("# nc mail.a 25");
  gateway.script("y.sh", after);
  expect(await gateway.get("/y.sh")).toMatch(/^HTTP\/1\.1 200 /);
});

test("the timeout of a database is no port", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", `${head}\nexit 0\nimport smtplib\nsqlite3.connect(DB, 25)\n`);
  expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  ["from __future__ import annotations\nimport smtplib\n", "annotations\nimport os\nimport smtplib\n"],
  ['"""Takes the fields\nfrom the form."""\nimport sys, smtplib\n', '"""\nimport os\nimport sys, smtplib\n'],
  ["import os.path as p\nimport smtplib\n", "p\nimport os\nimport smtplib\n"],
  ["import sys, os\nimport smtplib\n", "import sys, os\nimport smtplib\n"],
])("the edit imports os where Python allows it: %j", (before, after) => {
  expect(serverByVariables(`${before}smtplib.SMTP("mail.a")\n`)).toContain(after);
});

test("what a script has sent over SMTP when it ends is read before the port is closed", async () => {
  const receiver = await SmtpReceiver.open();
  const port = Number(receiver.before([]).find(({ name }) => name === "SMTP_PORT")?.value);
  const client = connect(port, "127.0.0.1").resume();
  await once(client, "connect");
  client.end("HELO a\r\nMAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\nA: b\r\n\r\nc\r\n.\r\nQUIT\r\n");
  const { messages, omitted } = await receiver.close();
  expect(messages.map(({ args, bytes }) => [args, Buffer.from(bytes).toString()])).toEqual([
    [["-f", "a", "b"], "A: b\r\n\r\nc\r\n"],
  ]);
  expect(omitted).toBe(0);
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
});

test.each([
  'smtplib.SMTP("mail.a:587")',
  "s = smtplib.SMTP(); s.connect('mail.a:587')",
  `echo '<form method=post action="/bin/mail">'`,
  "nc mail.a 80",
  "smtplib.SMTP(host)",
  "fsockopen('mail.a', 2525)",
  "Net::SMTP->new('a', Port => 2500)",
])("%s is something else, too", async (call) => {
  await using gateway = await startGateway();
  gateway.script("x.sh", `${head}\nexit 0\n${call}\n`);
  expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 200 /);
});

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
