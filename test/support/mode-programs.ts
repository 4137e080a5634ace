// Perl programs with -T, Ruby programs with gems and Python programs that log: some are Debian's, unchanged.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { ModeProgram } from "./answers-of-cgi.js";
import { program } from "./temp-workspace.js";

const script = (
  name: string,
  needs: string,
  isThere: boolean,
  text: string,
  others: Partial<ModeProgram> = {},
): ModeProgram => ({
  ...{ name, needs, isThere, file: name, script: text, modes: ["prefork", "persistent"], application: null },
  ...{ rest: "?a=b", says: "HTTP/1.1 200 " },
  ...others,
});
const type = "Content-Type: text/plain\\n\\n";

const hasPerl = program("perl") !== null;
const perl = (name: string, ...lines: readonly string[]): ModeProgram =>
  script(name, "perl", hasPerl, `${["#!/usr/bin/perl -wT", "use strict;", ...lines].join("\n")}\n`);
const page = `print "${type}";`;
/** A program with -T of one of Debian's packages. */
const packaged = (path: string, name: string): ModeProgram => {
  const text = existsSync(path) ? readFileSync(path, "latin1") : "";
  return script(path.slice(path.lastIndexOf("/") + 1), name, hasPerl && text !== "", text, { rest: "" });
};
const perlPrograms: readonly ModeProgram[] = [
  perl("one-print.pl", page, 'print "hello\\n";'),
  {
    ...perl("form.pl", "use CGI; my $q = CGI->new;", "print $q->header, $q->param('a'), \"\\n\";"),
    isThere: hasPerl && spawnSync("perl", ["-MCGI", "-e1"]).status === 0,
    needs: "Perl's CGI",
  },
  perl(
    "untaints.pl",
    "$ENV{PATH} = '/usr/bin:/bin'; delete @ENV{qw(IFS CDPATH ENV BASH_ENV)};",
    page,
    "print `echo o`;",
  ),
  perl("refused.pl", page, 'eval { system "echo $ENV{QUERY_STRING}" }; print $@ =~ /^(Insecure [a-z ]+)/;'),
  perl("object.pl", "{ package Cart; sub new { bless {n => 0} } }", page, "print ++Cart->new->{n};"),
  perl("data.pl", page, "while (<DATA>) { print }", "__DATA__", "one", "two"),
  perl("ends.pl", page, 'END { print "end\\n" } print "body\\n";'),
  perl("counts.pl", "our $n;", page, "print ++$n;"),
  packaged("/usr/lib/cgi-bin/info2www", "info2www"),
  packaged("/usr/lib/cgi-bin/wiki.pl", "usemod-wiki"),
  packaged("/usr/lib/cgi-bin/w3c-markup-validator/check", "w3c-markup-validator"),
];

const hasGems = spawnSync("ruby", ["-rsinatra/base", "-rwebrick", "-e1"]).status === 0;
const ruby = (name: string, ...lines: readonly string[]): ModeProgram =>
  script(name, "Ruby's Sinatra", hasGems, `${["#!/usr/bin/env ruby", ...lines].join("\n")}\n`);
const text = `print "${type}"`;
const rubyPrograms: readonly ModeProgram[] = [
  ruby(
    "sinatra.rb",
    'require "sinatra/base"; require "rack/handler/cgi"',
    'class App < Sinatra::Base; set :environment, :production; get("/*") { "hello " + params["a"].to_s }; end',
    "Rack::Handler::CGI.run(App)",
  ),
  ruby(
    "rack.rb",
    'require "rack"; require "rack/handler/cgi"',
    "Rack::Handler::CGI.run ->(env) { [200, {'Content-Type' => 'text/plain'}, [Rack::Request.new(env).params['a']]] }",
  ),
  ruby("mustermann.rb", 'require "mustermann"', text, 'p Mustermann.new("/:a/*").params("/x/y/z")'),
  ruby("webrick.rb", 'require "webrick"', text, 'print WEBrick::HTMLUtils.escape("<a & b>")'),
  ruby("rexml.rb", 'require "rexml/document"', text, 'print REXML::Document.new("<a>b</a>").root.text'),
];

const python = (name: string, ...lines: readonly string[]): ModeProgram =>
  script(
    name,
    "python3",
    program("python3") !== null,
    `${["#!/usr/bin/env python3", "import logging, os, sys", ...lines].join("\n")}\n`,
  );
const hello = `print("${type}hello", os.environ["QUERY_STRING"])`;
const pythonPrograms: readonly ModeProgram[] = [
  python("warns.py", 'logging.warning("seen")', hello),
  python("basic.py", 'logging.basicConfig(stream=sys.stderr, format="%(message)s")', 'logging.error("e")', hello),
  python("named.py", 'log = logging.getLogger("shop")', "log.setLevel(logging.DEBUG)", 'log.debug("not shown")', hello),
  python(
    "handlers.py",
    'log = logging.getLogger("each")',
    "log.addHandler(logging.StreamHandler(sys.stdout))",
    'print("Content-Type: text/plain\\n", flush=True)',
    'log.warning("a line")',
  ),
  python("threads.py", "import threading, subprocess, concurrent.futures", 'logging.info("quiet")', hello),
  {
    ...python(
      "counted.py",
      'log = logging.getLogger("counted"); log.seen = getattr(log, "seen", 0) + 1',
      `print("${type}", log.seen)`,
    ),
    showsEarlierIn: ["persistent"],
  },
];

export const modePrograms: readonly ModeProgram[] = [...perlPrograms, ...rubyPrograms, ...pythonPrograms];
