// Programs that print the cause of a failure first, then calls or advice: the doctor names the cause.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { startGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";

const serve = `package main
import ("net/http"; "net/http/fcgi")
func main() { fcgi.Serve(nil, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("no stock") })) }
`;
const trace =
  'die "no config: x at (eval 1) line 1.\\n at (eval 1) line 1.\\n\\teval {...} called at a line 3\\n at b.pl line 4.\\n";';

interface Failing {
  readonly what: string;
  readonly needs: string;
  readonly name: string;
  readonly source: string;
  readonly rule: string;
  readonly says: string;
  /** What a compiler is told before the names of the program and of its source. */
  readonly compiled?: readonly string[];
}
const failing: readonly Failing[] = [
  {
    what: "an error in a rescue",
    needs: "ruby",
    name: "x.cgi",
    rule: "ruby-error",
    says: "undefined_thing",
    source: '#!/usr/bin/env ruby\nbegin\n  raise ArgumentError, "x"\nrescue ArgumentError\n  undefined_thing\nend\n',
  },
  {
    what: "a trace of an eval",
    needs: "perl",
    name: "x.cgi",
    rule: "perl-error",
    says: "no config: x",
    source: `#!/usr/bin/env perl\n${trace}\n`,
  },
  {
    what: "an error in an eval",
    needs: "perl",
    name: "x.cgi",
    rule: "perl-error",
    says: "division by zero",
    source: '#!/usr/bin/env perl\nmy $n = 0;\neval "1 / $n"; die $@ if $@;\n',
  },
  {
    what: "a panic of Go",
    needs: "go",
    name: "x.cgi",
    rule: "panic",
    says: "no stock (source.go:2)",
    source: 'package main\nfunc main() { panic("no stock") }\n',
    compiled: ["build", "-o"],
  },
  {
    what: "a panic of Go in FastCGI",
    needs: "go",
    name: "x.fcgi",
    rule: "panic",
    says: "no stock (source.go:3)",
    source: serve,
    compiled: ["build", "-o"],
  },
  {
    what: "an error of Perl in FastCGI",
    needs: "perl",
    name: "x.fcgi",
    rule: "perl-error",
    says: "no stock",
    source: '#!/usr/bin/env perl\naccept(my $client, STDIN); die "no stock";\n',
  },
  {
    what: "a crash of Perl in FastCGI after a warning",
    needs: "perl",
    name: "x.fcgi",
    rule: "fastcgi-died",
    says: "SIGKILL",
    source: '#!/usr/bin/env perl\naccept(my $client, STDIN); warn "odd stock"; kill KILL => $$;\n',
  },
  {
    what: "a panic of Rust",
    needs: "rustc",
    name: "x.cgi",
    rule: "panic",
    says: "no stock (source.rs:1)",
    source: 'fn main() { panic!("no stock"); }\n',
    compiled: ["-o"],
  },
];

for (const { what, needs, name, source, rule, says, compiled } of failing)
  test.skipIf(program(needs) === null)(`${what} (needs ${needs})`, { timeout: 120_000 }, async () => {
    await using gateway = await startGateway();
    if (compiled === undefined) gateway.script(`cgi-bin/${name}`, source);
    else {
      const file = needs === "go" ? "source.go" : "source.rs";
      gateway.file(file, source);
      gateway.folder.makeFolder("cgi-bin");
      const { path } = gateway.folder;
      execFileSync(program(needs) ?? "", [...compiled, `cgi-bin/${name}`, file], { cwd: path });
    }
    await gateway.get(`/cgi-bin/${name}`);
    const [{ findings } = { findings: [] }] = await gateway.ended(1);
    expect(findings.map((one) => one.rule)).toEqual([rule]);
    expect(findings[0]?.detail).toContain(says);
  });
