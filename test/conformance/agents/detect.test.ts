// An agent that reports what a request leaves behind (`--detect`) gives what it gives without: scripts of
// the corpora that the reports could disturb.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type AgentReport, agentReport } from "../../../server/features/leaks/agent-reports.js";
import { withReset } from "../../../server/features/wrap/leak-reset.js";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { comparable, corpusRequests } from "../../support/agents/plain-cgi.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

const scripts = {
  python: [
    "atexits",
    "builtins_replaced",
    "closes_everything",
    "environment",
    "fork_left",
    "hook_fails",
    "os_replaced",
  ],
  perl: ["closes", "dies", "ends", "handles", "locales", "monkey", "taint", "ties"],
  ruby: [
    "at_exits",
    "definitions",
    "exits",
    "forks",
    "globals",
    "library",
    "monkey",
    "opens",
    "process",
    "raises",
    "threads",
  ],
} as const;
const programs = { python: "python3", perl: "perl", ruby: "ruby" } as const;
const extensions = { python: "py", perl: "pl", ruby: "rb" } as const;
const fixture = (language: keyof typeof extensions, name: string): string =>
  join(repositoryRoot, "test/fixtures/agents", language, `${name}.${extensions[language]}`);

async function answers(
  language: keyof typeof extensions,
  script: string,
  options: readonly string[],
): Promise<unknown[]> {
  await using agent = await AgentProcess.start({ language, mode: "persistent", script, options });
  const found: unknown[] = [];
  for (const request of corpusRequests(script, readFileSync(script, "utf8")))
    for (let time = 0; time < 2; time++) {
      const { stdout, ...rest } = comparable(await agent.ask(request.variables, request.body));
      // what outlives a request of fork_left.py writes whenever it likes, into the next one too
      const own = typeof stdout === "string" ? stdout.replaceAll("from a child that nobody waits for\n", "") : stdout;
      found.push({ request: request.name, ...rest, stdout: own });
    }
  return found;
}

const reportsIn = (file: string): AgentReport[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => agentReport.parse(JSON.parse(line)));

describe.each(["python", "perl", "ruby"] as const)("%s", (language) => {
  describe.skipIf(program(programs[language]) === null)(`(needs ${programs[language]})`, () => {
    test.each(scripts[language])("%s", { timeout: 120_000 }, async (name) => {
      using folder = tempFolder();
      const reports = join(folder.path, "reports");
      const script = fixture(language, name);
      const without = await answers(language, script, []);
      // the second process loads what the first one reported, and watches it
      for (const _ of [1, 2]) expect(await answers(language, script, [`--detect=${reports}`])).toEqual(without);
      const { length } = reportsIn(reports);
      // a process of Perl or Ruby that the script has ended makes none
      if (language === "python") expect(length).toBe(2 * without.length);
      else expect(length).toBeGreaterThan(0);
    });
  });
});

test.skipIf(program("python3") === null)(
  "a thread that ends with the script's variables is one that is left",
  async () => {
    using folder = tempFolder();
    const reports = join(folder.path, "reports");
    await answers("python", fixture("python", "daemon_thread"), [`--detect=${reports}`]);
    expect(reportsIn(reports)[0]?.kept.map(({ kind }) => kind)).toContain("thread");
  },
);

test.skipIf(program("python3") === null)("what the agent sets anew for each request is not left", async () => {
  using folder = tempFolder();
  const [script, reports] = [folder.file("shop.py"), folder.file("reports")];
  folder.write(
    "shop.py",
    "#!/usr/bin/env python3\nimport os, signal\nos.kill = signal.raise_signal = print\nprint()\n",
  );
  await answers("python", script, [`--detect=${reports}`]);
  expect(reportsIn(reports)[0]?.kept).toEqual([]);
});

test.skipIf(program("perl") === null)(
  "a variable of Perl's libraries that is tied is examined without the operators of its object (W5)",
  async () => {
    using folder = tempFolder();
    const [script, reports] = [folder.file("shop.pl"), folder.file("reports")];
    folder.write(
      "shop.pl",
      `#!/usr/bin/perl
package Angry;
use overload map({ $_ => sub { die "used: $_" } } 'bool', '""', '0+', '\${}', '@{}', '%{}'), fallback => 0;
sub TIESCALAR { bless sub {} }
sub FETCH { 1 }
package main;
use Text::Wrap;
BEGIN {
    tie $Text::Wrap::tied, 'Angry';
}
print "Content-Type: text/plain\n\nok\n";
`,
    );
    const without = await answers("perl", script, []);
    expect(await answers("perl", script, [`--detect=${reports}`])).toEqual(without);
    expect(JSON.stringify(without)).toContain("ok\\n");
    expect(reportsIn(reports)).toHaveLength(2);
  },
);

test.skipIf(program("ruby") === null)(
  "a constant of Ruby that was to be loaded by its name and came otherwise has no file (needs ruby)",
  async () => {
    using folder = tempFolder();
    const [script, reports] = [folder.file("shop.rb"), folder.file("reports")];
    folder.write("cart.rb", "class Cart; end\n");
    folder.write(
      "shop.rb",
      '$:.unshift __dir__\nautoload :Cart, "cart"\nrequire "#{__dir__}/cart.rb"\nprint "Content-Type: text/plain\\n\\nok"\n',
    );
    const without = await answers("ruby", script, []);
    expect(await answers("ruby", script, [`--detect=${reports}`])).toEqual(without);
    expect(JSON.stringify(without)).toContain("ok");
    expect(reportsIn(reports)).toHaveLength(2);
  },
);

test.skipIf(program("perl") === null)(
  "a value of Perl is told from no value, a reference and a part: what is put back is what was there (needs perl)",
  async () => {
    /** As the script sets it, and as it is put back; null: it is not. */
    const values: readonly (readonly [string, string | null])[] = [
      ["undef", "undef"],
      ["'undef'", "'undef'"],
      ["{}", null],
      ["bless([], 'Shop::Session')", null],
      ["\\&Shop::total", null],
      ["sub { $n }", null],
      ["'x' x 300", null],
      ["7", "'7'"],
    ];
    const source = `#!/usr/bin/perl
use Data::Dumper;
my $n = $ENV{QUERY_STRING} || 0;
$Data::Dumper::Pad = (undef, ${values.map(([set]) => set).join(", ")}, 1)[$n];
print "Content-Type: text/plain\\n\\n";
`;
    using folder = tempFolder();
    const [script, reports] = [folder.file("shop.pl"), folder.file("reports")];
    folder.write("shop.pl", source);
    const options = [`--detect=${reports}`];
    await using agent = await AgentProcess.start({ language: "perl", mode: "persistent", script, options });
    for (let n = 1; n <= values.length + 1; n++) {
      const { status, failure } = await agent.ask({ REQUEST_METHOD: "GET", QUERY_STRING: String(n) }, Buffer.alloc(0));
      expect([status, failure]).toEqual([0, null]);
    }
    const name = "$Data::Dumper::Pad";
    const found = reportsIn(reports).flatMap(({ kept }) => kept.filter((change) => change.name === name));
    const lines = found.map((change) => withReset(source, change, "perl")?.split("\n")[2] ?? null);
    const value = (line: string | null) => /^END \{ \S+ = (.*?) \}/.exec(line ?? "")?.[1] ?? null;
    expect(lines.map(value)).toEqual(["''", ...values.map(([, putBack]) => putBack)]);
  },
);
