// How processes are kept, by the configuration and through the front door: `serve` as a user starts it, real
// programs (C on libfcgi, Perl's FCGI, php-cgi), files that change under load. When they start, when they are
// replaced, and that no request is lost by it.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { serve } from "../../support/command-line.js";
import { canCompileApplication, compileApplication, programs } from "../../support/fastcgi-programs.js";
import { descendants, isAlive } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const perlMissing = programs.find(({ name }) => name === "Perl's FCGI")?.missing ?? null;

/** Says its process, how many requests that had, and what the module beside it says. */
const perlApp = `#!/usr/bin/env perl
use strict; use warnings; use FCGI; use FindBin; use lib "$FindBin::Bin/lib"; use Part;
my $count = 0; my $request = FCGI::Request();
while ($request->Accept() >= 0) { $count++; print "Content-Type: text/plain\\r\\n\\r\\npid $$ count $count says " . Part::says(); }
`;
const part = (word: string): string => `package Part; sub says { "${word}" } 1;\n`;

async function serving(folder: TempFolder, config: unknown) {
  folder.write("cgi-workbench.json", JSON.stringify(config));
  const server = await serve([folder.path, "--port", "0", "--no-ui"]);
  return {
    get: async (target: string): Promise<string> => (await fetch(server.ready.scripts + target)).text(),
    /** Of those that were started for a program. */
    pids: (name: string): number[] =>
      descendants(server.ready.pid).flatMap(({ pid, command }) => (command.includes(name) ? [pid] : [])),
    stop: () => server.stop(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
const pidIn = (answer: string): number => Number(/pid (\d+)/.exec(answer)?.[1] ?? Number.NaN);

describe.skipIf(perlMissing !== null)(`Perl's FCGI (apt-get install ${perlMissing ?? "libfcgi-perl"})`, () => {
  test("watch: a changed module replaces the processes of the application that names it, and no others; no request is lost", async () => {
    using folder = tempFolder();
    folder.makeFolder("lib");
    folder.write("lib/Part.pm", part("one"));
    for (const name of ["watching.fcgi", "other.fcgi"]) {
      folder.write(name, perlApp);
      folder.makeExecutable(name);
    }
    await using site = await serving(folder, {
      scripts: { "watching.fcgi": { workers: 2, watch: ["lib"] }, "other.fcgi": { workers: 1 } },
    });
    const first = await site.get("/watching.fcgi");
    const other = await site.get("/other.fcgi");
    expect(first).toMatch(/ says one$/);

    // Under load, from before the change until the first answer that has it.
    let isSeen = false;
    const answers: string[] = [];
    const load = [1, 2].map(async () => {
      while (!isSeen) answers.push(await site.get("/watching.fcgi"));
    });
    folder.write("lib/Part.pm", part("two"));
    await waitFor("an answer by the changed module", () => answers.some((answer) => answer.endsWith(" says two")));
    isSeen = true;
    await Promise.all(load);
    expect(answers.filter((answer) => !/^pid \d+ count \d+ says (one|two)$/.test(answer))).toEqual([]);
    await waitFor("the processes from before are gone", () => !isAlive(pidIn(first)));
    expect(await site.get("/watching.fcgi")).toMatch(/ says two$/);
    expect(await site.get("/other.fcgi")).toBe(`pid ${pidIn(other)} count 2 says one`);
  });
});

describe.skipIf(!canCompileApplication)("C on libfcgi (apt-get install gcc libfcgi-dev)", () => {
  test("start: always from the start and again at once, on demand with the first request and the next after a death; the end takes all", async () => {
    using folder = tempFolder();
    compileApplication(folder.file("always.fcgi"));
    execFileSync("cp", [folder.file("always.fcgi"), folder.file("demand.fcgi")]);
    await using site = await serving(folder, {
      scripts: { "always.fcgi": { start: "always", workers: 3 }, "demand.fcgi": { start: "demand", workers: 3 } },
    });
    await waitFor("three processes before any request", () => site.pids("always.fcgi").length === 3);
    expect(site.pids("demand.fcgi")).toEqual([]);

    const [killed = 0] = site.pids("always.fcgi");
    process.kill(killed, "SIGKILL");
    await waitFor(
      "three again, by themselves",
      () => site.pids("always.fcgi").length === 3 && !site.pids("always.fcgi").includes(killed),
    );
    expect(await site.get("/always.fcgi")).toContain("count 1");

    const only = pidIn(await site.get("/demand.fcgi"));
    expect(site.pids("demand.fcgi")).toEqual([only]);
    process.kill(only, "SIGKILL");
    await waitFor("none, since nobody asks", () => site.pids("demand.fcgi").length === 0);
    const next = pidIn(await site.get("/demand.fcgi"));
    expect(site.pids("demand.fcgi")).toEqual([next]);
    const all = [...site.pids("always.fcgi"), next];
    expect((await site.stop()).exitCode).toBe(0);
    expect(all.filter(isAlive)).toEqual([]);
  });
});

describe.skipIf(program("php-cgi") === null)("php-cgi (apt-get install php-cgi)", () => {
  test("start and watch of its handler: there before the first request, replaced when what it reads at its start changes", async () => {
    using folder = tempFolder();
    folder.write("page.php", "<?php echo 'pid ', getmypid(), ' ', ini_get('precision');");
    folder.write("php.ini", "precision=7\n");
    const interpreter = ["php-cgi", "-c", "./php.ini"];
    await using site = await serving(folder, {
      handlers: { ".php": { interpreter, mode: "php-cgi", start: "always", workers: 1, watch: ["php.ini"] } },
    });
    // By its argument: php-cgi is also asked for its version.
    const [pid = 0] = await waitFor("one before any request", () =>
      site.pids("php.ini").length === 1 ? site.pids("php.ini") : null,
    );
    expect(await site.get("/page.php")).toBe(`pid ${pid} 7`);
    folder.write("php.ini", "precision=9\n");
    await waitFor("another, by itself", () => site.pids("php.ini").length === 1 && !site.pids("php.ini").includes(pid));
    expect(await site.get("/page.php")).toMatch(/^pid \d+ 9$/);
  });
});
