// The Perl agent's `persistent` puts back what a script changed, and imports and files that it loads while it runs are
// as in a new process: in one process all along, or a script that needs a new one would not show anything.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

const hasCgi = spawnSync("perl", ["-MCGI", "-e", "1"]).status === 0;

interface Case {
  readonly what: string;
  /** Its output ends with the number of its process. */
  readonly script: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: readonly string[];
  readonly queries: readonly string[];
  readonly expected: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: "a script that ends without a semicolon",
    script: "our $n; $n++; print $n, $ENV{QUERY_STRING}, ' ', $$",
    queries: ["a", "b"],
    expected: ["1a", "1b"],
  },
  {
    what: "a library's subs that are imported while it runs",
    script: "require POSIX; POSIX->import('floor'); print floor(2.5), POSIX::ceil(2.5), ' ', $$;",
    queries: ["", "", ""],
    expected: ["23", "23", "23"],
  },
  {
    what: "an imported sub that is replaced",
    script:
      "use File::Basename; no warnings; *dirname = sub { 'own' } if $ENV{QUERY_STRING}; print &dirname('a/b'), ' ', $$;",
    queries: ["", "replaced", ""],
    expected: ["a", "own", "a"],
  },
  {
    what: "a package of a file of its own",
    script: "require './Cart.pm'; Cart::add($ENV{QUERY_STRING}); print Cart::text(), ' ', $$;",
    files: { "Cart.pm": 'package Cart; our @items; sub add { push @items, @_ } sub text { "@items" } 1;\n' },
    queries: ["a", "b", "c"],
    expected: ["a", "b", "c"],
  },
  {
    what: "a package of a file of its own that belongs to a library",
    script:
      "require Text::Wrap; require './more.pl'; print Text::Wrap::more(), Text::Wrap::wrap('', '', 'x'), ' ', $$;",
    files: { "more.pl": "package Text::Wrap; use strict; use warnings; our $more; sub more { return ++$more } 1;\n" },
    queries: ["", "", ""],
    expected: ["1x", "1x", "1x"],
  },
  {
    what: "a variable with the name of a sub, in a file of its own",
    script: "sub count { return 'sub' } require './lib.pl'; print count(), number(), ' ', $$;",
    files: { "lib.pl": "our $count; sub number { return ++$count } 1;\n" },
    queries: ["", "", ""],
    expected: ["sub1", "sub1", "sub1"],
  },
  {
    what: "a file of its own, with modules that are kept",
    script: "require './lib.pl'; print add($ENV{QUERY_STRING}), ' ', $$;",
    files: { "lib.pl": 'our @seen; sub add { push @seen, @_; return "@seen" } 1;\n' },
    options: ["--modules=keep"],
    queries: ["a", "b"],
    expected: ["a", "b"],
  },
  {
    what: "a module that a hook in @INC makes",
    script:
      "BEGIN { unshift @INC, sub { $_[1] eq 'Made.pm' or return; my $text = 'package Made; our $n; sub n { ++$n } 1;';" +
      " open my $file, '<', \\$text; return $file } } require Made; print Made::n(), ' ', $$;",
    queries: ["", ""],
    expected: ["1", "1"],
  },
  {
    what: "END blocks of strings and files",
    script: "require './foot.pl'; eval q{END { print 'string ' }}; END { print $$ } print 'body ';",
    files: { "foot.pl": "END { print 'foot ' } 1;\n" },
    queries: ["", "", ""],
    expected: ["body string foot", "body string foot", "body string foot"],
  },
  {
    what: "a variable that `local` sets outside of all blocks",
    script: "our $mode; local $mode = 'edit' if $ENV{QUERY_STRING}; print $mode // 'none', ' ', $$;",
    queries: ["e", "", ""],
    expected: ["edit", "none", "none"],
  },
  {
    what: "a handle that was another name of standard output",
    script:
      "if ($ENV{QUERY_STRING}) { *LOG = *STDOUT } else { open LOG, '>', '/dev/null' } print LOG 'log '; print $$;",
    queries: ["o", "", "o"],
    expected: ["log", "", "log"],
  },
  {
    what: "what a constant refers to",
    script:
      "use constant X => { list => [1], text => 'red' }; X->{text} = 'blue' if $ENV{QUERY_STRING};" +
      ' push @{X->{list}}, 2; print X->{text}, "@{X->{list}} $$";',
    queries: ["b", "", ""],
    expected: ["blue1 2", "red1 2", "red1 2"],
  },
];

const ofCgi: readonly Case[] = [
  {
    what: "CGI that is loaded while it runs",
    script: "require CGI; print scalar CGI->new->param('user') // 'nobody', ' ', $$;",
    queries: ["user=anna", "user=bob", ""],
    expected: ["anna", "bob", "nobody"],
  },
  {
    what: "CGI that is loaded while it runs, with variables that are kept",
    script: "require CGI; print scalar CGI->new->param('user') // 'nobody', ' ', $$;",
    options: ["--globals=keep"],
    queries: ["user=anna", "user=bob"],
    expected: ["anna", "bob"],
  },
  {
    what: "settings of CGI that is loaded while it runs",
    script:
      "require CGI; $CGI::POST_MAX = 5, CGI::nph(1) if $ENV{QUERY_STRING}; print $CGI::POST_MAX, CGI::nph(), ' ', $$;",
    queries: ["x", "", "x", ""],
    expected: ["51", "-10", "51", "-10"],
  },
  {
    what: "a file of its own that uses CGI",
    script: "require './lib.pl'; print user(), ' ', $$;",
    files: { "lib.pl": "use CGI qw(:standard); sub user { return scalar(param('user')) // 'nobody' } 1;\n" },
    queries: ["user=anna", "user=bob", ""],
    expected: ["anna", "bob", "nobody"],
  },
];

async function isAsNew({ script, files = {}, options = [], queries, expected }: Case): Promise<void> {
  using folder = tempFolder();
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  folder.write("script.pl", `#!/usr/bin/perl\nprint "Content-Type: text/plain\\n\\n";\n${script}\n`);
  const file = folder.file("script.pl");
  await using agent = await AgentProcess.start({ language: "perl", mode: "persistent", script: file, options });
  const processes = new Set<string>();
  const found: string[] = [];
  for (const query of queries) {
    const { stdout, stderr, status } = await agent.ask({ REQUEST_METHOD: "GET", QUERY_STRING: query });
    expect([stderr.toString(), status]).toEqual(["", 0]);
    const [, text = "", process = ""] = /^(.*?) ?(\d+)$/.exec(stdout.toString().split("\n\n")[1] ?? "") ?? [];
    found.push(text);
    processes.add(process);
  }
  expect(found).toEqual(expected);
  expect(processes.size).toBe(1);
}

describe.skipIf(program("perl") === null)("the Perl agent, persistent (needs perl)", () => {
  test.each(cases)("$what", isAsNew);
  test.skipIf(!hasCgi).each(ofCgi)("$what (needs CGI.pm)", isAsNew);
});
