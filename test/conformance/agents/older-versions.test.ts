// The Perl agent runs on Perl 5.26 and the Ruby agent on Ruby 2.7. No parser of today reads as those did: each is held
// to a checked list of what came later, syntax and names. Every entry has a line of code that it must find.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";
import { program } from "../../support/temp-workspace.js";

/** [release, what finds it, code that has it]. */
type Newer = readonly [since: string, pattern: RegExp, sample: string];

const names = (since: string, ...found: readonly string[]): Newer[] =>
  found.map((name) => {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const start = /^\w/.test(name) ? "(?<![\\w.@$:])" : "";
    const end = /\w$/.test(name) ? "(?!\\w)" : "";
    return [since, new RegExp(`${start}${escaped}${end}`), `x = ${name} y`];
  });

const perl: readonly Newer[] = [
  ["5.28", /\bdelete\s+%/, "delete %hash{qw(a b)};"],
  ["5.28", /\bstate\s*(?:[@%]\w+|\([^)]*\))\s*=/, "state @list = (1, 2);"],
  [
    "5.28",
    /\(\*(?:positive_|negative_)?(?:atomic|look|pl[ab]:|nl[ab]:|asr|sr|script_run)/,
    "/(*positive_lookahead:a)/",
  ],
  ["5.30", /\{,\s*\d+\}/, "/a{,3}/"],
  ["5.32", /[\w)\]}]\s+isa\s+[A-Z\w$]/, "$object isa Some::Class"],
  ["5.32", /[\w)]\s*<=?\s*[\w$]+\s*<=?\s*[\w$]/, "1 < $x <= 5"],
  ["5.34", /\btry\s*\{/, "try { f() } catch ($error) { }"],
  ["5.36", /\bfor(?:each)?\s+my\s*\(/, "for my ($key, $value) (%hash) { }"],
  ["5.36", /\bbuiltin::/, "builtin::true"],
  ["5.36", /\bdefer\s*\{/, "defer { f() }"],
  ["5.36", /\buse\s+v?5\.0?(?:2[89]|[3-9]\d)/, "use v5.36;"],
  ["5.38", /\$\{\^(?:LAST_SUCCESSFUL_PATTERN|HOOK)\}|%\{\^HOOK\}/, "%{^HOOK}"],
  ["5.38", /^\s*(?:class|field|method|ADJUST)\b(?!\s*=>)/m, "field $x = 1;"],
  ["5.40", /\s\^\^\s/, "$a ^^ $b"],
  ["5.40", /\b__CLASS__\b/, "__CLASS__->new"],
];

const ruby: readonly Newer[] = [
  ["3.0", /\bdef\s+[\w.]+[?!]?(?:\([^)\n]*\))?\s*=\s/, "def one = 1"],
  ...names("3.0", ".except", "Ractor", "Fiber.scheduler", "Process::Status.wait", "Random.seed", "category:"),
  ["3.0", /\.transform_keys\(\s*\{/, "hash.transform_keys({ a: :b })"],
  ["3.0", /\bDir(?:\.glob\(|\[).*\bsort:/, 'Dir.glob("*", sort: false)'],
  ...names("3.1", ".intersect?", ".subclasses", "Integer.try_convert", "Process._fork", "IO::Buffer", ".match_length"),
  ...names("3.1", ".native_thread_id", "GC.measure_total_time", "GC.total_time", "Thread::Backtrace.limit"),
  ...names("3.1", ".import_methods", ".keyword_init?"),
  ["3.1", /\bunpack1?\([^)]*offset:/, 'text.unpack1("N", offset: 4)'],
  ["3.1", /\bFile\.dirname\([^()]*,\s*\d/, "File.dirname(path, 2)"],
  ["3.1", /\bMarshal\.load\([^)]*freeze:/, "Marshal.load(text, freeze: true)"],
  ...names("3.2", "Data.define", ".attached_object", ".byteindex", ".byterindex", ".bytesplice", ".byteoffset"),
  ...names("3.2", "Regexp.timeout", "Regexp.linear_time?", ".detailed_message", "Enumerator.product", ".ceildiv"),
  ...names("3.2", ".each_caller_location", ".undefined_instance_methods", ".refinements", "RubyVM::YJIT", ".dedup"),
  ["3.2", /\bSet(?:\.new|\[)/, "Set.new"], // before, with a `require` of its own
  ...names("3.3", "Process.warmup", "ObjectSpace::WeakKeyMap", ".overlap?", "Dir.fchdir", "Dir.for_fd"),
  ...names("3.3", ".set_temporary_name", "RubyVM::RJIT"),
  ...names("3.4", ".append_as_bytes", ".bytebegin", ".byteend", "GC.config", "Warning.categories"),
  ["3.4", /\bHash\.new\([^)]*capacity:/, "Hash.new(capacity: 10)"],
  ["3.4", /\{\s*it[.\s)}]/, "list.map { it.size }"],
];

/** Forms that the parser of the machine knows and Ruby 2.7 did not (or only as an experiment, with a warning). */
const rubyForms = `
require "ripper"
found = []
walk = lambda do |node|
  next unless node.is_a?(Array)
  case node[0]
  when :def, :defs then found << "endless method" if node.last[0] != :bodystmt || node.last[1][0].is_a?(Symbol)
  when :case then found << "pattern" if node[2].is_a?(Array) && node[2][0] == :in
  when :assoc_new then found << "hash without a value" if node[2].nil?
  when :args_forward then found << "forwarded arguments"
  when :blockarg then found << "block without a name" if node[1].nil?
  when :args_add_star then found << "arguments without a name" if node[2].nil?
  end
  node.each(&walk)
end
tree = Ripper.sexp(STDIN.read) or abort("does not parse")
walk.call(tree)
puts found.uniq.sort
`;
const formSamples = {
  "endless method": "def one() = 1",
  pattern: "case [1]\nin [a] then a\nend",
  "hash without a value": "x = 1; {x:}",
  "forwarded arguments": "def f(...)\n g(...)\nend",
  "block without a name": "def f(&)\n g(&)\nend",
};
const formsOf = (source: string) => {
  const { stdout, stderr, status } = spawnSync("ruby", ["-e", rubyForms], { input: source, encoding: "utf8" });
  return { forms: stdout.split("\n").filter((line) => line !== ""), stderr, status };
};

/** Comments and POD may name what they like. */
const code = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n");

describe.each([
  { language: "perl", oldest: "5.26", newer: perl },
  { language: "ruby", oldest: "2.7", newer: ruby },
])("the $language agent, on $oldest", ({ language, newer }) => {
  test("has nothing of the list of what came later", () => {
    const agent = code(joinAgent(language));
    expect(
      newer.filter(([, pattern]) => pattern.test(agent)).map(([since, pattern]) => [since, pattern.source]),
    ).toEqual([]);
  });

  test("the list finds what it names", () => {
    expect(newer.filter(([, pattern, sample]) => !pattern.test(sample)).map(([, , sample]) => sample)).toEqual([]);
  });
});

describe.skipIf(program("ruby") === null)("the Ruby agent's syntax (needs ruby)", () => {
  test("has no form that came after 2.7", () => {
    expect(formsOf(joinAgent("ruby"))).toEqual({ forms: [], stderr: "", status: 0 });
  });

  test.each(Object.entries(formSamples))("the check finds: %s", (form, sample) => {
    const { forms, status } = formsOf(sample);
    // an older Ruby than the form does not parse it at all
    if (status === 0) expect(forms).toContain(form);
  });
});
