// A stored request again, to its script as it was: what the earlier version sees, what
// differs from today's, and what cannot be run.
import { existsSync, readdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { replayReport, versionsReport } from "../../../server/contract/command-output.js";
import { type TraceJson, trace as traceSchema } from "../../../server/contract/trace.js";
import { commandLine } from "../../support/command-line.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

/** Each command is a process of its own, which takes seconds on a busy machine. */
const patient = { timeout: 240_000 };

let folder: TempFolder;
let data: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  data = tempFolder();
  folder.makeFolder("cgi-bin");
});
afterEach(() => {
  folder[Symbol.dispose]();
  data[Symbol.dispose]();
});

const run = (...args: string[]) => commandLine(args, { env: { ...process.env, XDG_DATA_HOME: data.path } });

function script(name: string, text: string): void {
  folder.write(`cgi-bin/${name}`, text);
  folder.makeExecutable(`cgi-bin/${name}`);
}

async function recorded(name: string, ...more: string[]): Promise<TraceJson> {
  const { stdout, stderr } = await run("request", folder.path, `/cgi-bin/${name}?q=1`, "--json", "--store", ...more);
  return traceSchema.parse(JSON.parse(stdout.toString() || stderr));
}

async function replayed(id: string, version: "then" | "now") {
  const { stdout, exitCode, stderr } = await run("replay", folder.path, id, "--json", "--version", version);
  return { exitCode, report: replayReport.strict().parse(JSON.parse(stdout.toString() || stderr)) };
}

async function both(id: string) {
  const { stdout, exitCode, stderr } = await run("replay", folder.path, id, "--json", "--version", "both");
  return { exitCode, report: versionsReport.strict().parse(JSON.parse(stdout.toString() || stderr)) };
}

const copies = (): string[] => {
  const path = data.file("cgi-workbench/earlier-versions");
  return existsSync(path) ? readdirSync(path) : [];
};

const says = (word: string): string =>
  `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n${word} '; printf '%s ' "$SCRIPT_FILENAME" "$PWD" "$QUERY_STRING"; cat\n`;

describe.skipIf(process.platform === "win32")("an earlier version", patient, () => {
  test("has the same environment, folder and body; today's is beside it", async () => {
    script("say.sh", says("old"));
    const { id, route } = await recorded("say.sh", "--data-binary", "a body");
    script("say.sh", says("young"));
    expect(await replayed(id, "then")).toMatchObject({ exitCode: 0, report: { alike: true, differences: [] } });
    expect(await replayed(id, "now")).toMatchObject({ exitCode: 1, report: { alike: false } });
    const { exitCode, report } = await both(id);
    expect([exitCode, report.earlier.alike, report.today.alike]).toEqual([1, true, false]);
    expect(report.hashes.earlier).toBe(route.scriptHash);
    expect(report.hashes.today).not.toBe(route.scriptHash);
    expect(report.between.differences).toMatchObject([{ part: "body", offset: 0 }]);
    expect(copies()).toEqual([]);

    script("say.sh", says("old"));
    expect(await both(id)).toMatchObject({ exitCode: 0, report: { between: { alike: true } } });
    expect((await run("replay", folder.path, id, "--version", "both")).stdout.toString()).toContain(
      (route.scriptHash ?? "no hash").slice(0, 12),
    );
  });

  test("finds what lies beside it and above it, as the user has it today", async () => {
    folder.makeFolder("lib");
    folder.write("lib/part.sh", "part=above\n");
    folder.write("cgi-bin/near.sh", "near=beside\n");
    const text = (word: string): string =>
      `#!/bin/sh\nhere=$(dirname "$0")\n. "$here/../lib/part.sh"; . "$here/near.sh"\nprintf 'Content-Type: text/plain\\n\\n'; echo ${word} $part $near; echo written > here.txt\n`;
    script("loads.sh", text("old"));
    const { id, response } = await recorded("loads.sh");
    expect(Buffer.from(response?.body.base64 ?? "", "base64").toString()).toBe("old above beside\n");
    script("loads.sh", text("new"));
    folder.write("lib/part.sh", "part=changed\n");
    expect((await replayed(id, "then")).report.differences).toMatchObject([
      { part: "body", was: "above beside\n", now: "changed beside\n" },
    ]);
    expect(readdirSync(folder.file("cgi-bin")).sort()).toEqual(["here.txt", "loads.sh", "near.sh"]);
    expect(copies()).toEqual([]);
  });

  test.skipIf(program("python3") === null)("of Python imports the module beside it", async () => {
    folder.write("cgi-bin/words.py", "word = 'imported'\n");
    const text = (word: string): string =>
      `#!/usr/bin/env python3\nimport words\nprint('Content-Type: text/plain\\n')\nprint('${word}', words.word)\n`;
    script("a.py", text("old"));
    const { id } = await recorded("a.py");
    script("a.py", text("new"));
    expect(await replayed(id, "then")).toMatchObject({ exitCode: 0 });
    expect(await replayed(id, "now")).toMatchObject({ exitCode: 1 });
  });

  test.skipIf(program("php-cgi") === null)("of PHP is the one that php-cgi runs", async () => {
    folder.write("page.php", "<?php echo 'old ', basename(__FILE__);");
    const { stdout, stderr } = await run("request", folder.path, "/page.php", "--json", "--store");
    const { id, route } = traceSchema.parse(JSON.parse(stdout.toString() || stderr));
    expect(route.mode).toBe("php-cgi");
    folder.write("page.php", "<?php echo 'new ', basename(__FILE__);");
    expect((await replayed(id, "then")).report.differences.filter(({ part }) => part === "body")).toEqual([]);
    expect((await replayed(id, "now")).report.differences).toContainEqual(expect.objectContaining({ part: "body" }));
  });

  test("is not run in place of another script, nor without its file", async () => {
    script("say.sh", says("old"));
    const { id } = await recorded("say.sh");
    folder.remove("cgi-bin/say.sh");
    expect((await replayed(id, "then")).report.repeated).toMatchObject({ status: 404 });
    expect(await both(id)).toMatchObject({ exitCode: 1, report: { hashes: { earlier: null, today: null } } });
    script("other.sh", says("other"));
    folder.write(
      "cgi-workbench.json",
      JSON.stringify({ routes: [{ path: "/cgi-bin/say.sh", file: "cgi-bin/other.sh" }] }),
    );
    const { report } = await replayed(id, "then");
    expect(report.repeated.status).toBe(404);
  });

  test("that is too large was never kept; nor was one of a trace that was not stored with it", async () => {
    script("large.sh", `${says("old")}exit\n${"#".repeat(2 << 20)}\n`);
    const { id } = await recorded("large.sh");
    script("large.sh", says("new"));
    const { exitCode, stderr, stdout } = await run("replay", folder.path, id, "--version", "then");
    expect([exitCode, stdout.length]).toEqual([1, 0]);
    expect(stderr).not.toBe("");
    expect((await run("replay", folder.path, id, "--version", "both")).exitCode).toBe(1);
  });

  test("a word that is no version is wrong use", async () => {
    expect((await run("replay", folder.path, "x", "--version", "tomorrow")).exitCode).toBe(2);
  });

  test("of traces of one version are found by its hash", async () => {
    script("say.sh", says("old"));
    const { route } = await recorded("say.sh");
    script("say.sh", says("new"));
    await recorded("say.sh");
    const digits = (route.scriptHash ?? "").slice(0, 10);
    const { stdout } = await run("traces", folder.path, `version:${digits}`, "--json");
    expect(JSON.parse(stdout.toString())).toMatchObject({ total: 1 });
  });
});
