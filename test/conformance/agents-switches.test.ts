// The switches of a script's first line mean in prefork and persistent what they mean as CGI, or are refused by name.
import { describe, expect, test } from "vitest";
import type { TraceRecord } from "../../server/trace/trace-record.js";
import "../support/built-agents.js";
import { plain as whole } from "../support/fastcgi-gateway.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { program } from "../support/temp-workspace.js";

const modes = ["cgi", "prefork", "persistent"] as const;

async function ask(gateway: TestGateway, bytes: string) {
  const before = gateway.endedSoFar;
  const wire = await gateway.ask(bytes);
  const trace = (await gateway.ended(before + 1)).at(-1);
  if (!trace) throw new Error("no trace");
  return {
    status: Number(wire.slice(9, 12)),
    body: wire.slice(wire.indexOf("\r\n\r\n") + 4).replace(/Trace #\d+/, "Trace"),
    stderr: stderrOf(trace),
  };
}
const stderrOf = ({ stderr }: TraceRecord): string =>
  stderr ? Buffer.from(stderr.read(0, stderr.bytes)).toString("utf8") : "";

/** What the script gives in each mode, asked twice. */
async function inEachMode(name: string, source: string, query: string, body: string) {
  const files = modes.map((mode) => [`cgi-bin/${mode}/${name}`, { mode, workers: 1 }] as const);
  await using gateway = await startGateway({ config: { scripts: Object.fromEntries(files) } });
  const given = [];
  for (const [index, mode] of modes.entries()) {
    const file = files[index]?.[0] ?? "";
    gateway.script(file, source);
    const request =
      body === ""
        ? whole("GET", `/${file}${query}`)
        : whole("POST", `/${file}`, [`Content-Length: ${body.length}`], body);
    for (let time = 0; time < 2; time++) {
      const { stderr, ...answer } = await ask(gateway, request);
      given.push({ ...answer, stderr: stderr.replaceAll(`/${mode}/`, "/") });
    }
  }
  return given;
}

async function isAsCgi(name: string, source: string, query = "", body = "") {
  const [cgi, ...others] = await inEachMode(name, source, query, body);
  if (!cgi) throw new Error("no answer");
  expect(others).toEqual(others.map(() => cgi));
  return cgi;
}

describe.skipIf(program("perl") === null)("Perl's switches (needs perl)", () => {
  const taint = `use strict; use warnings; $ENV{PATH} = '/bin:/usr/bin';
my ($name) = ($ENV{QUERY_STRING} // '') =~ /^name=(\\w+)$/;
print "Content-Type: text/plain\\n\\n", "taint=\${^TAINT} name=", $name // '-', "\\n";
`;
  test.each([
    ["perl -T", 1],
    ["perl -wT", 1],
    ["perl -Tw", 1],
    ["perl -T -w", 1],
    ["perl -T --", 1],
    ["perl -T -I/lib", 1],
    ["perl -T -CS", 1],
    ["env -S perl -T", 1],
    ["perl -t", -1],
    ["perl -wt", -1],
  ])("%s: the script is as tainted as it is as CGI (C6)", { timeout: 60_000 }, async (line, is) => {
    const answer = await isAsCgi("taint.pl", `#!/usr/bin/${line}\n${taint}`, "?name=ada");
    expect(answer).toEqual({ status: 200, body: `taint=${is} name=ada\n`, stderr: "" });
  });

  test.each([
    "open my $f, '>', $q",
    "system $q",
    "`$q`",
    "unlink $q",
    "exec $q",
    "require $q",
    "kill 0, $q",
    "chdir $q",
    "mkdir $q",
    "rename $q, 'b'",
    "eval $q",
  ])("-T: %s (C6)", { timeout: 60_000 }, async (does) => {
    const text = `#!/usr/bin/perl -T\nno warnings; $ENV{PATH} = '/bin'; delete @ENV{qw(IFS CDPATH ENV BASH_ENV)};
my $q = $ENV{QUERY_STRING};\n${does};\nprint "Content-Type: text/plain\\n\\ndone\\n";\n`;
    const answer = await isAsCgi("does.pl", text, "?a=1");
    expect(answer.stderr).toMatch(/^Insecure dependency in \S+ while running with -T switch at /);
  });

  test("-n reads the request body line by line (C6)", { timeout: 60_000 }, async () => {
    const text = '#!/usr/bin/perl -n\nBEGIN { print "Content-Type: text/plain\\n\\n" } print "line $_";\n';
    expect(await isAsCgi("lines.pl", text, "", "a\nb\n")).toEqual({
      status: 200,
      body: "line a\nline b\n",
      stderr: "",
    });
  });

  const hello = 'print "Content-Type: text/plain\\n\\nhello\\n";\n';
  test.each([
    "-w",
    "-W",
    "-X",
    "-CS",
    "-CSDA",
    "-l",
    "-s",
    "-p",
    "-a",
    "-F:",
    "-i",
    "-x",
    "-c",
    "-d",
    "-D",
    "-h",
    "-v",
    "-V",
    "-e",
    "-Mstrict",
  ])("%s: the same as CGI (C6)", { timeout: 60_000 }, async (given) => {
    await isAsCgi("hello.pl", `#!/usr/bin/perl ${given}\n${hello}`);
  });

  test.each(["psgi", "handler"])("%s keeps -w, and refuses -T by name (C6)", { timeout: 60_000 }, async (mode) => {
    const file = "cgi-bin/app.pl";
    const application = `sub index { my $req = shift; "w=$^W" } sub { [200, ['Content-Type' => 'text/plain'], ["w=$^W"]] }\n`;
    await using gateway = await startGateway({ config: { scripts: { [file]: { mode, workers: 1 } } } });
    gateway.script(file, `#!/usr/bin/perl -w\n${application}`);
    expect((await ask(gateway, whole("GET", `/${file}`))).body).toBe("w=1");
    gateway.script(file, `#!/usr/bin/perl -T\n${application}`);
    await ask(gateway, whole("GET", `/${file}`));
    const trace = (await gateway.ended(2)).at(-1);
    expect(trace?.cause?.code).toBe("ended-at-start");
    expect(JSON.stringify(trace?.cause)).toContain(`The mode \\"${mode}\\"`);
  });
});

describe.skipIf(program("ruby") === null)("Ruby's switches (needs ruby)", () => {
  test.each(["--disable=gems", "-w", "-W0", "-v", "-n", "-p", "-a", "-c", "-h", "-x", "-S", "-s", "-l", "-Ku"])(
    "%s: the same as CGI (C6)",
    { timeout: 60_000 },
    async (given) => {
      await isAsCgi(
        "hello.rb",
        `#!/usr/bin/ruby ${given}\nputs "Content-Type: text/plain\\n\\n#{defined?(Gem).inspect}"\n`,
      );
    },
  );
});
