// What a script or an application leaves in a process that goes on: children that end later, and methods of Ruby's own
// that are other ones.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { plain as whole } from "../../support/fastcgi-gateway.js";
import { bodyOf, startGateway } from "../../support/gateway.js";
import { program, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

/** Each starts a program that ends soon after the script, and prints the number of its process. */
const starts = {
  python: `import subprocess
print("Content-Type: text/plain\\n")
print(subprocess.Popen(["sleep", "0.4"], stdin=-3, stdout=-3, stderr=-3).pid)
`,
  perl: `print "Content-Type: text/plain\\n\\n"; $| = 1;
my $pid = fork;
if (!$pid) { close $_ for *STDIN, *STDOUT, *STDERR; exec "sleep", "0.4" }
print "$pid\\n";
`,
  ruby: `puts "Content-Type: text/plain", ""
puts spawn("sleep", "0.4", %i[in out err] => File::NULL)
`,
} as const;

describe.skipIf(!existsSync("/proc/self/stat"))("children (needs /proc)", () => {
  test.each([
    ["python", "python3"],
    ["perl", "perl"],
    ["ruby", "ruby"],
  ] as const)(
    "%s: a child that the script has left is no zombie until its next request (D10)",
    async (language, name) => {
      if (program(name) === null) return;
      using folder = tempFolder();
      folder.write("script", starts[language]);
      await using agent = await AgentProcess.start({ language, mode: "persistent", script: folder.file("script") });
      for (let time = 0; time < 2; time++) {
        const { stdout } = await agent.ask({ QUERY_STRING: "" });
        const pid = Number(stdout.toString().split("\n\n")[1]);
        expect(existsSync(`/proc/${pid}`)).toBe(true);
        await waitFor("the child is reaped", () => !existsSync(`/proc/${pid}`));
      }
    },
  );
});

describe.skipIf(program("ruby") === null)("rack (needs ruby)", () => {
  test.each([
    "class String; def bytesize; 0; end; end",
    "class String; def byteslice(*) = raise('no'); end",
    "class String; alias plus +; def +(other); plus(other); end; end",
    "class Array; def reject; []; end; end",
    "class Array; def shift; nil; end; end",
    "class Hash; def []=(*); nil; end; end",
    "class Integer; def >=(other); false; end; end",
    "class IO; def self.select(*); nil; end; end",
  ])("the request after one that changes Ruby itself is served: %s (D5)", { timeout: 20_000 }, async (patch) => {
    const file = "cgi-bin/app.ru";
    await using gateway = await startGateway({ config: { scripts: { [file]: { mode: "rack", workers: 1 } } } });
    gateway.script(
      file,
      `#!/usr/bin/env ruby
run ->(env) { TOPLEVEL_BINDING.eval(${JSON.stringify(patch)}) if env["QUERY_STRING"] == "patch"; [200, {}, ["fine"]] }
`,
    );
    await gateway.ask(whole("GET", `/${file}?patch`));
    const answer = await gateway.ask(whole("GET", `/${file}`));
    expect(answer).toMatch(/ 200 .*\r\n\r\nfine$/s);
  });

  test("a method that is replaced by an equal one costs no response and no process (D5)", async () => {
    const file = "cgi-bin/app.ru";
    await using gateway = await startGateway({ config: { scripts: { [file]: { mode: "rack", workers: 1 } } } });
    gateway.script(
      file,
      `#!/usr/bin/env ruby
class Array; alias_method :former_map, :map; def map(&block) = former_map(&block); end
run ->(_) { class ::String; alias plus +; def +(other) = plus(other); end; [200, {}, ["x" * 3_000_000, Process.pid.to_s]] }
`,
    );
    const answers = [];
    for (let time = 0; time < 3; time++) answers.push(bodyOf(await gateway.ask(whole("GET", `/${file}`))));
    expect(answers.map((answer) => answer.slice(0, 3_000_000) === "x".repeat(3_000_000))).toEqual([true, true, true]);
    expect(new Set(answers.map((answer) => answer.slice(3_000_000))).size).toBe(1);
  });
});
