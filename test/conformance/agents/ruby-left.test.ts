// Ruby's persistent mode: what a script leaves when it ends (its old code, temporary files, open files, programs, jobs)
// is as CGI leaves it.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { agentReport } from "../../../server/features/leaks/agent-reports.js";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, descendants, isAlive } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const head = 'puts "Content-Type: text/plain\\n\\n"\n';

async function start(folder: TempFolder, source: string, options: readonly string[] = []): Promise<AgentProcess> {
  folder.write("script.rb", head + source);
  return AgentProcess.start({ language: "ruby", mode: "persistent", script: folder.file("script.rb"), options });
}

/** What the script wrote behind its header. */
async function body(agent: AgentProcess, query = ""): Promise<string> {
  const { stdout, stderr, status, failure } = await agent.ask({ QUERY_STRING: query });
  expect([stderr.toString(), status, failure]).toEqual(["", 0, null]);
  return stdout.toString().split("\n\n")[1]?.trim() ?? "";
}

/** Lines of a script that start a program and do not wait for it, with the number of its process. */
const startsJob = {
  "a pipe to read": `$job = IO.popen(["sleep", "60"], err: File::NULL)\nputs $job.pid`,
  "a pipe to write": `$job = IO.popen(["sleep", "60"], "w", %i[out err] => File::NULL)\n$job.puts "text"\nputs $job.pid`,
  "a pipe for both": `$job = IO.popen(["sleep", "60"], "r+", err: File::NULL)\n$job.puts "text"\nputs $job.pid`,
  "no pipe": `puts spawn("sleep", "60", %i[in out err] => File::NULL)`,
};

describe.skipIf(program("ruby") === null)("the Ruby agent, persistent (needs ruby)", () => {
  test("a request that outlives its script's file does not bring the old code back", async () => {
    using folder = tempFolder();
    const source = 'until ENV["QUERY_STRING"].empty? || File.exist?("go") do sleep 0.01 end\nputs "one"\n';
    await using agent = await start(folder, `$stdout.flush\n${source}`);
    const slow = new RecordClient(await agent.connect());
    slow.begin({ REQUEST_METHOD: "GET", QUERY_STRING: "slow" }).endBody();
    await waitFor("the slow one runs", () => slow.stdout.length > 0);
    folder.write("script.rb", `${head}puts "the second"\n`);
    expect(await body(agent)).toBe("the second");
    folder.write("go", "");
    await slow.ended();
    expect(slow.stdout.toString()).toContain("\n\none\n");
    // both processes at once, if the old one still waits
    const answers = await Promise.all([1, 2, 3, 4].map(() => body(agent)));
    expect(answers).toEqual(Array.from({ length: 4 }, () => "the second"));
  });

  test("a gem that RubyGems has activated stays, and its folder is no leak (W3)", async () => {
    using folder = tempFolder();
    for (const path of ["gems", "gems/specifications", "gems/gems", "gems/gems/shop-1.0", "gems/gems/shop-1.0/lib"])
      folder.makeFolder(path);
    folder.write("gems/gems/shop-1.0/lib/shop.rb", "module Shop; end\n");
    folder.write("gems/gems/shop-1.0/lib/late.rb", "LATE = 1\n");
    folder.write(
      "gems/specifications/shop-1.0.gemspec",
      'Gem::Specification.new { |s| s.name, s.version, s.summary, s.files = "shop", "1.0", "x", ["lib/shop.rb"] }\n',
    );
    folder.makeFolder("site");
    const setup = `Gem.use_paths("${folder.file("gems")}") if ENV["QUERY_STRING"] == "first"\n`;
    folder.write(
      "site/script.rb",
      `${head}${setup}require "shop"\nrequire "late" if ENV["QUERY_STRING"] == "late"\nputs Shop`,
    );
    const [script, reports] = [folder.file("site/script.rb"), folder.file("reports")];
    const options = [`--detect=${reports}`];
    await using agent = await AgentProcess.start({ language: "ruby", mode: "persistent", script, options });
    for (const query of ["first", "second", "late", "last"]) expect(await body(agent, query)).toBe("Shop");
    const kept = readFileSync(reports, "utf8")
      .split("\n")
      .filter(Boolean)
      .flatMap((line) => agentReport.parse(JSON.parse(line)).kept);
    expect(kept.filter(({ kind }) => kind === "search-path")).toEqual([]);
  });

  test("temporary files are removed at the end of each request, but for those of a preloaded library", async () => {
    using folder = tempFolder();
    folder.makeFolder("lib");
    folder.write("lib/keeps.rb", 'require "tempfile"\nmodule Keeps\n  FILE = Tempfile.new("library")\nend\n');
    await using agent = await start(
      folder,
      `class Own < Tempfile; end
      files = [Tempfile.new("open"), Tempfile.new("closed").tap(&:close), Tempfile.new("gone").tap(&:close!), Own.new("own")]
      files[0].puts "secret"
      puts files.map(&:path).compact
      Keeps::FILE.puts "of the library"
      Keeps::FILE.flush
      puts Keeps::FILE.path`,
      [`--preload=${folder.file("lib/keeps")}`],
    );
    const first = (await body(agent)).split("\n");
    expect(first.map((path) => existsSync(path))).toEqual([false, false, false, true]);
    const second = (await body(agent)).split("\n");
    expect([second.map((path) => existsSync(path)), second[3]]).toEqual([[false, false, false, true], first[3]]);
  });

  test("what a thread keeps by name is gone, and reported with its line; with --globals=keep it stays", async () => {
    using folder = tempFolder();
    const source = `seen = [Thread.current[:user], Thread.current.thread_variable_get(:cart)]
      Thread.current[:user], newer = "alice", Fiber.respond_to?(:[])
      Thread.current.thread_variable_set(:cart, "a book")
      seen << Fiber[:role] && Fiber[:role] = "admin" if newer
      puts seen.compact.inspect\n`;
    const options = [`--detect=${folder.file("reports")}`];
    for (const _ of [1, 2]) {
      await using agent = await start(folder, source, options); // the second process knows what to watch
      for (let time = 0; time < 2; time++) expect(await body(agent)).toBe("[]");
    }
    const report = readFileSync(folder.file("reports"), "utf8").split("\n")[2];
    const { kept, putBack } = agentReport.parse(JSON.parse(report ?? ""));
    expect(kept).toEqual([]);
    expect(putBack).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "setting", name: "Thread.current[:user]", after: "alice", line: 3 }),
        expect.objectContaining({
          kind: "setting",
          name: "Thread.current.thread_variable_get(:cart)",
          after: "a book",
          line: 4,
        }),
      ]),
    );
    await using keeping = await start(folder, source, ["--globals=keep"]);
    await body(keeping);
    expect(await body(keeping)).toContain('"alice", "a book"');
  });

  test("a temporary file of a library that the script loads is removed, too", async () => {
    using folder = tempFolder();
    await using agent = await start(folder, 'require "tempfile"\nputs Tempfile.new("script").path\n');
    for (let time = 0; time < 3; time++) expect(existsSync(await body(agent))).toBe(false);
  });

  test.skipIf(!canListProcesses)("a file that a preloaded library keeps open stays open", async () => {
    using folder = tempFolder();
    folder.makeFolder("lib");
    folder.write(
      "lib/logs.rb",
      `module Logs\n  FILE = File.open("${folder.file("log")}", "a")\n  FILE.sync = true\nend\n`,
    );
    const source = 'Logs::FILE.puts "line"\n$left = File.open("left", "a")\n$left.write("flushed ")\nputs "fine"\n';
    await using agent = await start(folder, source, [`--preload=${folder.file("lib/logs")}`]);
    for (let time = 0; time < 3; time++) expect(await body(agent)).toBe("fine");
    expect([folder.read("log"), folder.read("left")]).toEqual(["line\n".repeat(3), "flushed ".repeat(3)]);
  });

  test.skipIf(!canListProcesses).each(Object.entries(startsJob))(
    "the response does not wait for a program behind %s, which outlives the worker",
    { timeout: 30_000 },
    async (how, source) => {
      using folder = tempFolder();
      await using agent = await start(folder, source, ["--recycle=2"]);
      const workers = () => descendants(agent.pid).filter(({ parent }) => parent === agent.pid);
      const before = await waitFor("a worker", () => workers()[0]?.pid ?? null);
      const jobs = [Number(await body(agent)), Number(await body(agent))];
      await waitFor("the worker is replaced", () => !isAlive(before));
      try {
        expect(jobs.map(isAlive)).toEqual([true, true]);
      } finally {
        for (const job of jobs) process.kill(job, "SIGKILL");
      }
      expect([how, agent.log]).toEqual([how, ""]);
    },
  );
});
