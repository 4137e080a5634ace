// A script calls a command that this machine does not have: the doctor names it with its arguments, and a transcript in
// the folder answers it. Every use is in the trace; a real command goes before.
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { answersFolder } from "../../../server/contract/recorded-answers.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";
import { askTouched } from "../../support/touched-scripts.js";

const head = "Content-Type: text/plain";
const command = "workbenchuci get network.lan.ipaddr";
const scripts = {
  sh: `#!/bin/sh\nprintf '${head}\\n\\n'\n${command}\necho "code $?"\n`,
  perl: `#!/usr/bin/perl -w\nprint "${head}\\n\\n"; $| = 1;\nsystem("workbenchuci", "get", "network.lan.ipaddr");\nprint "code ", $? >> 8, "\\n";\n`,
  python3: `#!/usr/bin/env python3\nimport subprocess\nprint("${head}\\n", flush=True)\ncode = subprocess.run("${command}".split()).returncode\nprint("code", code)\n`,
  ruby: `#!/usr/bin/env ruby\n$stdout.sync = true\nprint "${head}\\n\\n"\nprint \`workbenchuci get network.lan.ipaddr\`\nputs "code #{$?.exitstatus}"\n`,
  node: `#!/usr/bin/env node\nconst { execFileSync } = require("node:child_process");\nconsole.log("${head}\\n");\nconst said = execFileSync("workbenchuci", ["get", "network.lan.ipaddr"]).toString();\nconsole.log(said + "code 0");\n`,
  "php-cgi": `#!/usr/bin/env php-cgi\n<?php header("${head}"); passthru("${command}", $code); echo "code $code\\n";\n`,
};

const transcript = (gateway: TestGateway, name: string, text: string): void =>
  gateway.file(`${answersFolder}/${name}`, text);
const commandOf = (findings: readonly { evidence: readonly unknown[] }[]) =>
  findings.flatMap(({ evidence }) => evidence).find((one) => JSON.stringify(one).includes('"of":"command"'));
const pageOf = (trace: Pick<TraceRecord, "stdout"> | undefined): string =>
  Buffer.from(trace?.stdout?.read(0, 1 << 20) ?? [])
    .toString()
    .replace(/^.*?\r?\n\r?\n/s, "");
const openFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("cgi-workbench-commands-"));

for (const [language, text] of Object.entries(scripts))
  test.skipIf(!program(language))(`a missing command in ${language}`, async () => {
    await using gateway = await startGateway();
    gateway.script("x.cgi", text);
    await gateway.get("/x.cgi");
    transcript(gateway, "workbenchuci", "$ workbenchuci get *\n192.168.1.1\n");
    await gateway.get("/x.cgi");
    const [missing, used] = await gateway.ended(2);
    expect(pageOf(used)).toBe("192.168.1.1\ncode 0\n");
    const found = missing?.findings.find(({ rule }) => rule === "command-not-found");
    const line = ["sh", "python3", "ruby"].includes(language) ? command : "workbenchuci *";
    expect(found?.evidence).toContainEqual({ kind: "quote", of: "command", text: line });
    expect(missing?.process).not.toHaveProperty("answers");
    expect(used?.process?.answers).toEqual([{ command, found: true }]);
    expect(used?.findings.map(({ rule, severity }) => [rule, severity])).toContainEqual(["recorded-answer", "hint"]);
    expect(used?.findings.map(({ rule }) => rule)).not.toContain("command-not-found");
  });

test("answers fit by arguments, in order, with a code, stdin and lines that look like the format", async () => {
  await using gateway = await startGateway();
  const forms = [
    "before the first line nothing counts",
    "$ device",
    "no arguments",
    "$ device show @ap[0].name",
    "a name with brackets\r",
    "$ device send *",
    "[reads stdin]",
    "sent",
    "[exit 3]",
    "$ device print",
    "\\$ device",
    "\\[exit 9]",
    "",
    "[exit 1]",
  ];
  transcript(gateway, "device", forms.join("\n"));
  const calls = ["", "show @ap[0].name", "send a mail", "print", "other 'a b'"];
  const run = (call: string) =>
    `${call.startsWith("send") ? "yes | head -c 200000 | " : ""}device ${call}; echo "= $?"`;
  gateway.script("x.cgi", `printf '${head}\\n\\n'\n${calls.map(run).join("\n")}\nls -d .answers* 2>/dev/null`);
  await gateway.get("/x.cgi");
  const trace = await gateway.trace();
  expect(pageOf(trace)).toBe(
    "no arguments\n= 0\na name with brackets\n= 0\nsent\n= 3\n$ device\n[exit 9]\n\n= 1\n= 127\n",
  );
  const { process, findings } = trace;
  expect(process?.answers).toEqual([
    ...["device", "device show @ap[0].name", "device send a mail", "device print"].map((each) => ({
      command: each,
      found: true,
    })),
    { command: "device other a b", found: false },
  ]);
  expect(commandOf(findings)).toEqual({ kind: "quote", of: "command", text: "device other a b" });
});

test("a real command goes before, and nothing is left behind", async () => {
  await using gateway = await startGateway();
  transcript(gateway, "sh", "$ sh *\nrecorded\n");
  transcript(gateway, "workbenchuci", "$ workbenchuci\nrecorded\n");
  transcript(gateway, ".hidden", "$ .hidden\nrecorded\n");
  const before = openFolders();
  gateway.script("x.cgi", `printf '${head}\\n\\n'; sh -c 'echo real'; workbenchuci; .hidden; echo "$PATH"`);
  await gateway.get("/x.cgi");
  const { env, ...trace } = await gateway.trace();
  const body = pageOf(trace);
  expect(body).toMatch(/^real\nrecorded\n\/.*\/cgi-workbench-commands-\w+\n$/);
  expect(body).toContain(env?.find(({ name }) => name === "PATH")?.value);
  expect(openFolders()).toEqual(before);
});

test.skipIf(!program("strace"))("what Perl does not report is in the list of what the script touched", async () => {
  await using gateway = await startGateway();
  gateway.script("x.cgi", `#!/usr/bin/perl\nprint "${head}\\n\\n";\nsystem("workbenchuci", "get", "a");\n`);
  await askTouched(gateway);
  const { findings } = await gateway.trace();
  expect(commandOf(findings)).toEqual({ kind: "quote", of: "command", text: "workbenchuci get a" });
});
