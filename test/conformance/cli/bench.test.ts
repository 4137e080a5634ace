// `bench` and `agent` as a user calls them: the built program, a real script, a process of its own for the load.
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { benchReport } from "../../../server/contract/command-output.js";
import { commandLine, startCommand } from "../../support/command-line.js";
import { canListProcesses, descendants, isAlive } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  const scripts = {
    "x.py": '#!/usr/bin/env python3\nimport json\nprint("Content-Type: text/plain\\n\\nhello")\n',
    "x.sh": "#!/bin/sh\necho 'Content-Type: text/plain'; echo; echo hello\n",
    "other.sh": "#!/bin/sh\necho 'Content-Type: text/plain'; echo; echo other\n",
    "fails.sh": "#!/bin/sh\nexit 3\n",
  };
  for (const [name, text] of Object.entries(scripts)) {
    folder.write(`cgi-bin/${name}`, text);
    folder.makeExecutable(`cgi-bin/${name}`);
  }
});
afterAll(() => folder[Symbol.dispose]());

/** Of the processes beside it, the one that sends the load. */
const readsEnvironments = `#!/bin/sh
for status in $(grep -ls "^PPid:[[:space:]]*$PPID$" /proc/[0-9]*/status); do
  process=\${status%/status}
  if grep -qs load-driver $process/cmdline; then tr '\\0' '\\n' < $process/environ >> seen; fi
done
printf 'Content-Type: text/plain\\n\\nhello'
`;

describe("bench", () => {
  test.skipIf(program("python3") === null)(
    "measures each mode that can run the script, in rounds (needs python3)",
    async () => {
      const args = [
        "bench",
        folder.path,
        "/cgi-bin/x.py?a=b",
        "--seconds",
        "1.2",
        "--rounds",
        "2",
        "--connections",
        "2",
      ];
      const { exitCode, stdout, stderr } = await commandLine([...args, "--json"]);
      expect(exitCode, stderr).toBe(0);
      const report = benchReport.parse(JSON.parse(stdout.toString()));
      expect(report).toMatchObject({ target: "/cgi-bin/x.py?a=b", connections: 2, rate: null });
      expect(report.modes.map(({ mode }) => mode)).toEqual(["cgi", "prefork", "persistent"]);
      for (const { rounds, requests, errors, p50, p90, p99, max } of report.modes) {
        expect([rounds.length, errors]).toEqual([2, 0]);
        expect(requests).toBeGreaterThanOrEqual(2);
        expect([p50, p90, p99, max].toSorted((a, b) => a - b)).toEqual([p50, p90, p99, max]);
      }
      const [cgi, , persistent] = report.modes;
      expect(persistent?.perSecond).toBeGreaterThan(cgi?.perSecond ?? Number.POSITIVE_INFINITY);
      expect(report.verdict).not.toBeNull();
      expect(stderr.split("\n").filter((line) => line.startsWith("Round ")).length).toBe(6);
    },
  );

  test("an open loop sends no more than its rate; the table as Markdown", async () => {
    const args = ["bench", folder.path, "/cgi-bin/x.sh", "--rate", "5", "--seconds", "2", "--rounds", "1"];
    const { exitCode, stdout, stderr } = await commandLine([...args, "--markdown"]);
    expect(exitCode, stderr).toBe(0);
    const cells = stdout
      .toString()
      .split("\n")[2]
      ?.split("|")
      .map((cell) => cell.trim());
    expect([cells?.[1], cells?.[8], cells?.[9]]).toEqual(["cgi", "10", "0"]);
  });

  test.skipIf(!canListProcesses)(
    "a measured script finds nothing in the environment of the load's process",
    async () => {
      using other = tempFolder();
      other.makeFolder("cgi-bin");
      other.write("cgi-bin/reads.sh", readsEnvironments);
      other.makeExecutable("cgi-bin/reads.sh");
      const args = ["bench", other.path, "/cgi-bin/reads.sh", "--modes", "cgi", "--seconds", "1", "--rounds", "1"];
      const env = { ...process.env, DATABASE_PASSWORD: "secret" };
      const { exitCode, stderr } = await commandLine(args, { env });
      expect(exitCode, stderr).toBe(0);
      const seen = other.read("cgi-bin/seen");
      expect(seen).toContain("PATH=");
      expect(seen).not.toContain("DATABASE_PASSWORD");
    },
  );

  test("each request runs the script, whatever characters its name has", async () => {
    using other = tempFolder();
    other.makeFolder("cgi-bin");
    other.write("cgi-bin/größe.sh", "#!/bin/sh\necho >> runs\necho 'Content-Type: text/plain'; echo\n");
    other.makeExecutable("cgi-bin/größe.sh");
    const args = ["bench", other.path, "/cgi-bin/größe.sh", "--modes", "cgi", "--seconds", "1", "--rounds", "1"];
    const { exitCode, stdout, stderr } = await commandLine([...args, "--json"]);
    expect(exitCode, stderr).toBe(0);
    const [cgi] = benchReport.parse(JSON.parse(stdout.toString())).modes;
    expect(other.read("cgi-bin/runs").length).toBeGreaterThanOrEqual(cgi?.requests ?? Number.POSITIVE_INFINITY);
  });

  test("a mode that is named twice is measured once, and compared with nothing", async () => {
    const args = ["bench", folder.path, "/cgi-bin/x.sh", "--modes", "cgi,cgi", "--seconds", "0.5", "--rounds", "1"];
    const { stdout } = await commandLine([...args, "--json"]);
    const { modes, verdict } = benchReport.parse(JSON.parse(stdout.toString()));
    expect([modes.map(({ mode }) => mode), verdict]).toEqual([["cgi"], null]);
  });

  test("two scripts side by side, in the modes that can run both", { timeout: 180_000 }, async () => {
    const targets = ["/cgi-bin/x.sh", "--against", "/cgi-bin/other.sh"];
    const args = ["bench", folder.path, ...targets, "--seconds", "1", "--rounds", "2"];
    const { exitCode, stdout, stderr } = await commandLine([...args, "--json"]);
    expect(exitCode, stderr).toBe(0);
    const report = benchReport.parse(JSON.parse(stdout.toString()));
    expect(report).toMatchObject({ target: "/cgi-bin/x.sh", against: "/cgi-bin/other.sh" });
    expect(report.modes.map(({ mode, target, errors }) => [mode, target, errors])).toEqual([
      ["cgi", "/cgi-bin/x.sh", 0],
      ["cgi", "/cgi-bin/other.sh", 0],
    ]);
    expect(report.verdict?.mode).toBe("cgi");
    for (const { startupShare, p99Sent } of report.modes) expect([startupShare, p99Sent]).toEqual([null, null]);
  });

  test.skipIf(program("python3") === null)(
    "a script beside an application: no mode can run both, so each runs in its own (needs python3)",
    { timeout: 180_000 },
    async () => {
      using other = tempFolder();
      other.makeFolder("cgi-bin");
      other.write("cgi-bin/x.sh", folder.read("cgi-bin/x.sh"));
      other.makeExecutable("cgi-bin/x.sh");
      other.write(
        "cgi-bin/app.py",
        "def application(environ, start_response):\n    start_response('200 OK', [])\n    return [b'x']\n",
      );
      other.write("cgi-workbench.json", '{ "scripts": { "cgi-bin/app.py": { "mode": "wsgi" } } }');
      const targets = ["/cgi-bin/x.sh", "--against", "/cgi-bin/app.py"];
      const args = ["bench", other.path, ...targets, "--seconds", "1", "--rounds", "3"];
      const { exitCode, stdout, stderr } = await commandLine([...args, "--json"]);
      expect(exitCode, stderr).toBe(0);
      const report = benchReport.parse(JSON.parse(stdout.toString()));
      expect(report).toMatchObject({ target: "/cgi-bin/x.sh", against: "/cgi-bin/app.py" });
      expect(report.modes.map(({ mode, target, errors }) => [mode, target, errors])).toEqual([
        ["cgi", "/cgi-bin/x.sh", 0],
        ["wsgi", "/cgi-bin/app.py", 0],
      ]);
      expect(report.verdict).not.toBeNull();
    },
  );

  test.skipIf(program("python3") === null || !existsSync("/proc/self/smaps_rollup"))(
    "what a request takes, and how much of it its start (needs python3 and Linux)",
    { timeout: 180_000 }, // some twenty cold starts
    async () => {
      const args = ["bench", folder.path, "/cgi-bin/x.py", "--seconds", "2", "--rounds", "2", "--rate", "20"];
      const { exitCode, stdout, stderr } = await commandLine([...args, "--json"]);
      expect(exitCode, stderr).toBe(0);
      const [cgi, prefork, persistent] = benchReport.parse(JSON.parse(stdout.toString())).modes;
      expect(cgi?.cpuMs).toBeGreaterThan(1);
      expect(cgi?.startupShare).toBeGreaterThan(0);
      expect(cgi?.startupShare).toBeLessThanOrEqual(1);
      expect(persistent?.startupShare).toBe(0);
      // A process that lives for some milliseconds may have gone before its memory was read.
      expect(cgi?.memoryBytes ?? 2 << 20).toBeGreaterThan(1 << 20);
      for (const figures of [prefork, persistent]) expect(figures?.memoryBytes).toBeGreaterThan(1 << 20);
      for (const figures of [cgi, prefork, persistent]) {
        expect(figures?.p99Sent).toBeLessThanOrEqual(figures?.max ?? 0);
      }
    },
  );

  test.each([
    [["/cgi-bin/fails.sh"], 1, /A request in the mode cgi failed with the status 500/],
    [
      ["/cgi-bin/x.sh", "--modes", "cgi,prefork"],
      1,
      /in the mode prefork failed with the status 501.*Python, Perl and Ruby/,
    ],
    [["/no-such.sh"], 1, /leads to no script/],
    [["/cgi-bin/%zz\n"], 1, /leads to no script/],
    [["/cgi-bin/x.sh", "--modes", "slow"], 2, /--modes takes names of cgi/],
    [["/cgi-bin/x.sh", "--seconds", "0"], 2, /--seconds takes a number/],
    [["/cgi-bin/x.sh", "--rounds", "0x5"], 2, /--rounds takes a number/],
    [["/cgi-bin/x.sh", "--json", "--csv"], 2, /only one of --json, --csv/],
    [["/cgi-bin/x.sh", "--against", "other.sh"], 2, /--against takes another TARGET/],
    [["/cgi-bin/x.sh", "--against", "/no-such.sh"], 1, /leads to no script/],
    [["/a.sh", "/b.sh"], 2, /bench takes \[DIR\] TARGET/],
  ])("what cannot be measured is refused: %j", async (args, code, why) => {
    const { exitCode, stdout, stderr } = await commandLine(["bench", folder.path, ...args]);
    expect([exitCode, stdout.toString(), stderr]).toEqual([code, "", expect.stringMatching(why)]);
  });

  test("SIGINT ends it cleanly in the middle of a round", async () => {
    const child = startCommand(["bench", folder.path, "/cgi-bin/x.sh", "--seconds", "600"]);
    let words = "";
    child.stderr?.on("data", (bytes: Buffer) => {
      words += bytes.toString();
    });
    await waitFor("the first round", () => words.includes("Round 1"));
    const before = descendants(child.pid ?? 0).map(({ pid }) => pid);
    expect(before.length).toBeGreaterThan(0);
    const ended = once(child, "exit");
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    await waitFor("no process is left", () => !before.some(isAlive));
  });
});

describe("agent", () => {
  test.each([
    ["python", "cgi-workbench-agent.py", /^#!\/usr\/bin\/env python3\n/],
    ["perl", "cgi-workbench-agent.pl", /^#!\/usr\/bin\/(env )?perl\n/],
    ["ruby", "cgi-workbench-agent.rb", /^#!\/usr\/bin\/env ruby\n/],
  ])("%s: prints the file that the workbench itself runs", async (language, file, begins) => {
    const { exitCode, stdout } = await commandLine(["agent", language]);
    expect(exitCode).toBe(0);
    expect(stdout.toString()).toMatch(begins);
    expect(stdout.equals(readFileSync(join(repositoryRoot, "dist/agents", file)))).toBe(true);
  });

  test("another language: the known ones, exit 2", async () => {
    const { exitCode, stderr } = await commandLine(["agent", "lua"]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/agent takes one of python, perl, ruby/)]);
  });
});
