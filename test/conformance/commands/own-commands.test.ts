// Commands of the folder's own: what each gets, what becomes of its answer, and what does not run.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { commandsFolder } from "../../../server/contract/commands-folder.js";
import type { CommandSubject } from "../../../server/contract/own-commands-contract.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { doctorDomain } from "../../../server/rpc/doctor-domain.js";
import { ownCommandsDomain } from "../../../server/rpc/own-commands-domain.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
let workbench: Workbench;
beforeEach(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  workbench = await Workbench.create({});
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await workbench.dispose();
  folder[Symbol.dispose]();
});

const open = (isTrusted = true): Promise<unknown> =>
  workbench.folder.open(folder.path, { port: 0, ...(isTrusted && { run: { host: null } }) });
const client = () => createRouterClient(ownCommandsDomain(workbench), { context: { sendFrame: async () => {} } });
const nothing: CommandSubject = { kind: "nothing" };
const run = (file: string, subject: CommandSubject = nothing) => client().run({ root: folder.path, file, subject });

function add(file: string, text: string, description?: object): void {
  const path = `${commandsFolder}/${file}`;
  folder.makeFolder(commandsFolder);
  folder.write(path, text);
  folder.makeExecutable(path);
  if (description) folder.write(`${path}.command.json`, JSON.stringify(description));
}
const shell = (text: string): string => `#!/bin/sh\n${text}\n`;
const plain = "printf 'Content-Type: text/plain\\n\\n'";
const refusal = (code: string): unknown => expect.objectContaining({ data: expect.objectContaining({ code }) });

async function traced(): Promise<string> {
  folder.write("cgi-bin/a.sh", shell(`printf 'Content-Type: application/xml\\n\\n<a>\\303\\274</a>'`));
  folder.makeExecutable("cgi-bin/a.sh");
  const headers = [[utf8("Authorization"), utf8("Bearer top-secret-1234567890")]] as const;
  const sent = { method: utf8("GET"), target: utf8("/cgi-bin/a.sh"), headers, body: null };
  return (await workbench.sender.deliver(sent, { from: "cli" })).id;
}

test("a command gets a trace as JSON, masked unless it asks for secrets, and the bytes of a body or a file", async () => {
  await open();
  const id = await traced();
  add("all.sh", shell(`${plain}; cat`));
  add("secrets.sh", shell(`${plain}; cat`), { secrets: true });
  add("har.sh", shell(`${plain}; cat`), { trace: "har" });
  add("type.sh", shell(`${plain}; echo "$REQUEST_METHOD $CONTENT_TYPE $CONTENT_LENGTH $PATH_TRANSLATED"`));
  const textOf = async (file: string, subject: CommandSubject): Promise<string> => {
    const answer = await run(file, subject);
    return answer.kind === "text" ? answer.text : answer.kind;
  };
  const trace = await textOf("all.sh", { kind: "trace", id });
  expect(JSON.parse(trace)).toMatchObject({ schema: 1, id, request: { target: "/cgi-bin/a.sh" } });
  expect(trace).not.toContain("top-secret");
  expect(await textOf("secrets.sh", { kind: "trace", id })).toContain("top-secret");
  const har = await textOf("har.sh", { kind: "trace", id });
  expect(JSON.parse(har)).toMatchObject({ log: { version: "1.2" } });
  expect(har).not.toContain("top-secret");
  expect(await textOf("all.sh", { kind: "body", id, stream: "response-body" })).toBe("<a>ü</a>");
  expect(await textOf("type.sh", { kind: "body", id, stream: "response-body" })).toBe("POST application/xml 9 \n");
  const path = "cgi-bin/a.sh";
  expect(await textOf("all.sh", { kind: "file", path })).toBe(readFileSync(folder.file(path), "utf8"));
  expect(await textOf("type.sh", { kind: "file", path })).toContain(` ${folder.file(path)}\n`);
  expect(await textOf("all.sh", nothing)).toBe("");
});

test("what a command sends is caught, and the log names who would have got it", async () => {
  await open();
  add("mail.sh", shell(`echo a | sendmail a@example.org; ${plain}; echo sent`));
  const over =
    "import os, smtplib\nsmtplib.SMTP(os.environ['SMTP_HOST'], os.environ['SMTP_PORT']).sendmail('a', 'b@example.org', 'hi')";
  add("mail.py", `#!/usr/bin/env python3\n${over}\nprint("Content-Type: text/plain\\n\\nsent")\n`);
  add("real.sh", shell(`echo a | /usr/sbin/sendmail a; ${plain}`));
  expect(await run("mail.sh")).toEqual({ kind: "text", text: "sent\n" });
  expect(await run("mail.py")).toEqual({ kind: "text", text: "sent\n" });
  await expect(run("real.sh")).rejects.toEqual(refusal("command-not-started"));
  const { entries } = await workbench.log.next(0, AbortSignal.timeout(5000));
  const caught = entries.filter(({ code }) => code === "command-mail-caught").map(({ message }) => message);
  expect(caught).toEqual(["a@example.org", "b@example.org"].map((one) => expect.stringContaining(one)));
});

test("an answer is a page, a file or a failure, by its type and status", async () => {
  await open();
  add("page.sh", shell(`printf 'Content-Type: text/html; charset=iso-8859-1\\n\\n\\374'`));
  add("file.sh", shell(`printf 'Content-Type: text/csv\\n\\n1,2'`));
  const named = 'Content-Disposition: attachment; filename="../../a b.txt"';
  add("named.sh", shell(`printf 'Content-Type: text/plain\\n${named}\\n\\n1'`));
  add("failed.sh", shell("echo broken >&2; exit 3"));
  add("refused.sh", shell("printf 'Status: 500 No\\nContent-Type: text/plain\\n\\nno'"));
  add("elsewhere.sh", shell("printf 'Location: http://example.org/\\n\\n'"));
  expect(await run("page.sh")).toEqual({ kind: "page", html: "ü" });
  expect(await run("file.sh")).toEqual({ kind: "file", name: "answer", base64: "MSwy" });
  expect(await run("named.sh")).toEqual({ kind: "file", name: "a b.txt", base64: "MQ==" });
  for (const file of ["failed.sh", "refused.sh", "elsewhere.sh"])
    await expect(run(file)).rejects.toEqual(refusal("command-failed"));
  await expect(run("missing.sh")).rejects.toEqual(refusal("not-found"));
});

test("a diff is a change that is shown, made once, and undone", async () => {
  await open();
  folder.write("page.html", "one\r\ntwo\r\n");
  folder.write("latin1.txt", "");
  add(
    "diff.sh",
    shell(`printf 'Content-Type: text/x-diff\\n\\n'
cat <<'END'
--- a/page.html
+++ b/page.html
@@ -1,2 +1,2 @@
 one
-two
+2
--- /dev/null
+++ b/made/new.txt
@@ -0,0 +1 @@
+new
END`),
  );
  const answer = await run("diff.sh");
  if (answer.kind !== "change") throw new Error(answer.kind);
  const read = (path: string): string => readFileSync(folder.file(path), "utf8");
  expect(answer.changes.map(({ path }) => path)).toEqual(["page.html", "made/new.txt"]);
  expect(read("page.html")).toBe("one\r\ntwo\r\n");
  const expected = answer.changes.flatMap((one) => (one.kind === "text" ? { path: one.path, hash: one.hash } : []));
  const change = { root: folder.path, patch: answer.patch, expected };
  const { token } = await client().apply(change);
  expect([read("page.html"), read("made/new.txt")]).toEqual(["one\r\n2\r\n", "new\n"]);
  await expect(client().apply(change)).rejects.toEqual(refusal("patch-does-not-fit"));
  await createRouterClient(doctorDomain(workbench), { context: { sendFrame: async () => {} } }).undo({ token });
  expect([read("page.html"), existsSync(folder.file("made/new.txt"))]).toEqual(["one\r\ntwo\r\n", false]);
  folder.write("page.html", "zero\r\none\r\ntwo\r\n"); // it fits, and is not what was shown
  await expect(client().apply(change)).rejects.toEqual(refusal("changed"));
});

const hunk = "@@ -0,0 +1 @@\\n+x\\n";
const git = `diff --git a/new.txt b/new.txt\\nnew file mode 100644\\n--- /dev/null\\n+++ b/new.txt\\n${hunk}`;
test.each([
  ["leaves the folder", `--- /dev/null\\n+++ ../outside.txt\\n${hunk}`, "patch-malformed"],
  ["is absolute", `--- /dev/null\\n+++ /tmp/outside.txt\\n${hunk}`, "patch-malformed"],
  ["is hidden", `--- /dev/null\\n+++ .git/hooks/post-commit\\n${hunk}`, "hidden"],
  ["goes through a link", `--- /dev/null\\n+++ link/new.txt\\n${hunk}`, "outside"],
  ["is there already", `--- /dev/null\\n+++ b/page.html\\n${hunk}`, "patch-does-not-fit"],
  ["is removed", "--- a/page.html\\n+++ /dev/null\\n@@ -1 +0,0 @@\\n-one\\n", "patch-removes"],
  ["is named in no diff", "hello", "patch-malformed"],
  ["is renamed beside another change", `diff --git a/o b/n\\nrename from o\\nrename to n\\n${git}`, "patch-removes"],
  ["is binary", `diff --git a/i b/i\\nindex 1..2 100644\\nBinary files a/i and b/i differ\\n${git}`, "patch-malformed"],
  [
    "is binary, as GNU diff says it beside another change",
    `Binary files a/i and b/i differ\\n${git}`,
    "patch-malformed",
  ],
  ["is in one of two folders alone", `Only in b: i\\n${git}`, "patch-malformed"],
])("no change of a file that %s", async (_what, diff, code) => {
  using outside = tempFolder();
  await open();
  folder.write("page.html", "one\n");
  symlinkSync(outside.path, folder.file("link"));
  add("diff.sh", shell(`printf 'Content-Type: text/x-diff\\n\\n${diff}'`));
  const ask = async () => {
    const answer = await run("diff.sh");
    if (answer.kind !== "change") return answer;
    const expected = answer.changes.flatMap((one) => (one.kind === "text" ? { path: one.path, hash: one.hash } : []));
    return client().apply({ root: folder.path, patch: answer.patch, expected });
  };
  await expect(ask()).rejects.toEqual(refusal(code));
  expect(existsSync(outside.file("new.txt"))).toBe(false);
});

test("a command and its child processes end at its limits, and when its caller goes away", {
  timeout: 30_000,
}, async () => {
  await open();
  add("slow.sh", shell(`(trap '' TERM; exec sleep 61.5) & echo $! > child; sleep 60`));
  add("large.sh", shell(`${plain}; head -c 17000000 /dev/zero`));
  const child = folder.file(`${commandsFolder}/child`);
  const isGone = (): boolean => {
    try {
      process.kill(Number(readFileSync(child, "utf8")), 0);
      return false;
    } catch {
      return true;
    }
  };
  await expect(run("large.sh")).rejects.toEqual(refusal("command-answer-large"));
  await expect(run("slow.sh")).rejects.toEqual(refusal("command-slow"));
  await waitFor("the child is gone", isGone);
  const stop = new AbortController();
  const asked = client().run({ root: folder.path, file: "slow.sh", subject: nothing }, { signal: stop.signal });
  asked.catch(() => undefined);
  await waitFor("the child runs", () => existsSync(child) && !isGone());
  stop.abort();
  await expect(asked).rejects.toEqual(refusal("command-stopped"));
  await waitFor("the child is gone", isGone);
});

test("nothing runs before trust", async () => {
  using data = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", data.path); // nothing is trusted yet
  await open(false);
  add("a.sh", shell(`touch '${folder.file("ran")}'; ${plain}`));
  expect(await client().list()).toEqual([]);
  await expect(run("a.sh")).rejects.toEqual(refusal("commands-not-trusted"));
  expect(existsSync(folder.file("ran"))).toBe(false);
});

test("a link, a pipe, a name from outside and a mistaken description are no command", async () => {
  await open();
  using outside = tempFolder();
  outside.write("b.sh", shell(plain));
  outside.makeExecutable("b.sh");
  add("a.sh", shell(plain), { title: "A" });
  add("large.sh", shell(plain));
  folder.write(`${commandsFolder}/large.command.json`, " ".repeat(70_000));
  add("unknown.sh", shell(plain), { menus: ["nowhere"] });
  add("piped.sh", shell(plain));
  execFileSync("mkfifo", [
    folder.file(`${commandsFolder}/pipe.sh`),
    folder.file(`${commandsFolder}/piped.command.json`),
  ]);
  symlinkSync(outside.file("b.sh"), folder.file(`${commandsFolder}/b.sh`));
  symlinkSync(folder.file(`${commandsFolder}/a.sh`), folder.file(`${commandsFolder}/c.sh`));
  folder.write(`${commandsFolder}/text.txt`, "hello");
  const list = await client().list();
  expect(list.map(({ file, problem }) => [file, problem === null])).toEqual([
    ["a.sh", true],
    ["large.sh", false],
    ["piped.sh", true],
    ["unknown.sh", false],
  ]);
  for (const file of ["b.sh", "c.sh", "pipe.sh", "text.txt", "../../cgi-bin/a.sh", "../commands/a.sh", ".."])
    await expect(run(file)).rejects.toEqual(refusal("not-found"));
});

test("the folder of commands, as a link, has none, and gets no examples", async () => {
  await open();
  using outside = tempFolder();
  outside.makeFolder("commands");
  outside.write("commands/b.sh", shell(plain));
  outside.makeExecutable("commands/b.sh");
  symlinkSync(outside.path, folder.file(".cgi-workbench"));
  expect(await client().list()).toEqual([]);
  await expect(client().addExamples({ root: folder.path })).rejects.toEqual(refusal("commands-behind-link"));
});

test("the examples come once, over no other file, and each answers", async () => {
  await open();
  add("pretty-xml.py", "mine");
  const added = await client().addExamples({ root: folder.path });
  expect(added).toHaveLength(5);
  expect(readFileSync(folder.file(`${commandsFolder}/pretty-xml.py`), "utf8")).toBe("mine");
  expect(await client().addExamples({ root: folder.path })).toEqual([]);
  const id = await traced();
  expect(await run("hex-dump.sh", { kind: "body", id, stream: "response-body" })).toMatchObject({
    kind: "text",
    text: expect.stringMatching(/^0+ +3c +61 +3e +c3 +bc/),
  });
  if (program("perl") === null) return;
  const har = await run("har-filter.pl", { kind: "trace", id });
  if (har.kind !== "file") throw new Error(har.kind);
  expect(har.name).toBe("without-bodies.har");
  const { log } = JSON.parse(Buffer.from(har.base64, "base64").toString());
  expect(log.entries[0].response).toMatchObject({ status: 200, content: { size: 9 } });
  expect(log.entries[0].response.content.text).toBeUndefined();
});

test.skipIf(program("python3") === null)(
  "the example for XML indents it, and says what is not well formed",
  async () => {
    await open();
    await client().addExamples({ root: folder.path });
    folder.write("a.xml", "<?xml version='1.0' encoding='iso-8859-1'?><a><b>1 &lt; 2</b>\n <c/></a>");
    folder.write("b.xml", "<a>");
    const pretty = await run("pretty-xml.py", { kind: "file", path: "a.xml" });
    expect(pretty).toMatchObject({
      kind: "page",
      html: expect.stringContaining("\n  &lt;b&gt;1 &amp;lt; 2&lt;/b&gt;\n  "),
    });
    expect(await run("pretty-xml.py", { kind: "file", path: "b.xml" })).toMatchObject({ kind: "text" });
  },
);
