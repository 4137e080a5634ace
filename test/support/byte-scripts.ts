// A script in each language that writes in every way that it has, and the line that each chosen byte comes from.
import { hasXdebug } from "./optional-debuggers.js";

interface ChosenByte {
  /** What is asked for, in words. */
  readonly what: string;
  readonly stream: "stdout" | "stderr";
  /** The byte is the first of this text; `nth` of them. */
  readonly of: string;
  readonly nth?: number;
  /** The script's lines on the stack, the one on top first. */
  readonly lines: readonly number[];
  readonly how: string;
}

export interface ByteScript {
  readonly language: string;
  readonly file: string;
  readonly text: string;
  readonly bytes: readonly ChosenByte[];
}

const stdout = "stdout";
const stderr = "stderr";
const how = "printed";

const scripts: readonly ByteScript[] = [
  {
    language: "Python",
    file: "cgi-bin/bytes.py",
    text: `#!/usr/bin/env python3
import os, subprocess, sys
def shown(text):
    print("<p>" + text)
sys.stdout.reconfigure(encoding="utf-8")
print("Content-Type: text/html; charset=utf-8")
print("X-Second: 2\\n")
shown("Grüße aus Köln €")
sys.stdout.write("after the accents\\n")
for turn in range(100):
    print("pass", turn)
sys.stdout.flush()
sys.stdout.buffer.write(b"in bytes\\n")
sys.stdout.buffer.flush()
print("to stderr", file=sys.stderr)
os.write(1, b"past every buffer\\n")
subprocess.run(["echo", "from a child"])
os.system("echo through a shell")
print("after the children")
print("x" * 20000)
sys.stderr.write("last on stderr\\n")
sys.stdout.flush()
with open("/dev/stdout", "w") as out:
    out.write("by another door\\n")
print("late: printed before the child")
os.system("echo early: the child")
`,
    bytes: [
      { what: "in the header", stream: stdout, of: "Content-Type", lines: [6], how },
      { what: "in the second header", stream: stdout, of: "Second: 2", lines: [7], how },
      { what: "within a function", stream: stdout, of: "Grü", lines: [4, 8], how },
      { what: "after a multi-byte character", stream: stdout, of: "after the accents", lines: [9], how },
      { what: "in the 50th pass", stream: stdout, of: "pass 49\n", lines: [11], how },
      { what: "of bytes", stream: stdout, of: "in bytes", lines: [13], how },
      { what: "past the buffers", stream: stdout, of: "past every", lines: [16], how },
      { what: "of a child", stream: stdout, of: "from a child", lines: [17], how: "child" },
      { what: "of a shell", stream: stdout, of: "through a shell", lines: [18], how: "child" },
      { what: "after the children", stream: stdout, of: "after the children", lines: [19], how },
      { what: "the last of what is longer than a buffer", stream: stdout, of: "xxx\n", lines: [20], how },
      { what: "on stderr", stream: stderr, of: "to stderr", lines: [15], how },
      { what: "last on stderr", stream: stderr, of: "last on stderr", lines: [21], how },
      { what: "on a way that nobody sees", stream: stdout, of: "by another door", lines: [25], how: "passed" },
      { what: "behind a child's", stream: stdout, of: "late: printed", lines: [25], how: "buffered" },
      { what: "of a child before the buffer", stream: stdout, of: "early:", lines: [26], how: "child" },
    ],
  },
  {
    language: "Perl",
    file: "cgi-bin/bytes.pl",
    text: `#!/usr/bin/perl -w
use strict;
sub shown { my ($text) = @_;
  print "<p>$text\\n";
}
sub named { my ($name) = @_;
  return "<b>$name</b>\\n";
}
print "Content-Type: text/html; charset=utf-8\\n";
print "X-Second: 2\\n\\n";
shown("Grüße aus Köln €");
print "after the accents\\n";
for my $turn (0 .. 99) {
  print "pass $turn\\n";
}
print named("of a call");
print STDERR "to stderr\\n";
system("echo", "from a child");
print "after the child\\n";
printf "%s\\n", "x" x 20000;
warn "a warning\\n";
$| = 1;
syswrite STDOUT, "past the buffer\\n";
{ local $, = "-"; print "with", "commas\\n"; }
print "the last\\n";
`,
    bytes: [
      { what: "in the header", stream: stdout, of: "Content-Type", lines: [9], how: "ran" },
      { what: "in the second header", stream: stdout, of: "Second: 2", lines: [10], how: "ran" },
      { what: "within a function", stream: stdout, of: "Grü", lines: [4, 11], how: "ran" },
      { what: "after a multi-byte character", stream: stdout, of: "after the accents", lines: [12], how: "ran" },
      { what: "in the 50th pass", stream: stdout, of: "pass 49\n", lines: [14], how: "ran" },
      { what: "of what a call returned", stream: stdout, of: "of a call", lines: [16], how: "ran" },
      { what: "of a child", stream: stdout, of: "from a child", lines: [18], how: "child" },
      { what: "after the child", stream: stdout, of: "after the child", lines: [19], how: "ran" },
      { what: "the last of what is longer than a buffer", stream: stdout, of: "xxx\n", lines: [20], how: "ran" },
      { what: "on stderr", stream: stderr, of: "to stderr", lines: [17], how: "ran" },
      { what: "of a warning", stream: stderr, of: "a warning", lines: [21], how: "ran" },
      { what: "past the buffer", stream: stdout, of: "past the buffer", lines: [23], how: "ran" },
      { what: "between commas", stream: stdout, of: "commas", lines: [24], how: "ran" },
      { what: "of the last line", stream: stdout, of: "the last", lines: [25], how: "ran" },
    ],
  },
  {
    language: "Ruby",
    file: "cgi-bin/bytes.rb",
    text: `#!/usr/bin/env ruby
def shown(text)
  puts "<p>" + text
end
puts "Content-Type: text/html; charset=utf-8"
puts "X-Second: 2", ""
shown("Grüße aus Köln €")
$stdout.write("after the accents\\n")
100.times do |turn|
  print "pass ", turn, "\\n"
end
$stdout.flush
STDERR.puts "to stderr"
system("echo", "from a child")
puts \`echo not to stdout\`
puts "after the children"
print "x" * 20_000, "\\n"
warn "a warning"
$stdout.flush
$stdout.syswrite("past the buffer\\n")
puts "the last"
`,
    bytes: [
      { what: "in the header", stream: stdout, of: "Content-Type", lines: [5], how },
      { what: "in the second header", stream: stdout, of: "Second: 2", lines: [6], how },
      { what: "within a function", stream: stdout, of: "Grü", lines: [3, 7], how },
      { what: "after a multi-byte character", stream: stdout, of: "after the accents", lines: [8], how },
      { what: "in the 50th pass", stream: stdout, of: "pass 49\n", lines: [10, 9, 9], how },
      { what: "of a child", stream: stdout, of: "from a child", lines: [14], how: "child" },
      { what: "of what a child has said", stream: stdout, of: "not to stdout", lines: [15], how },
      { what: "after the children", stream: stdout, of: "after the children", lines: [16], how },
      { what: "the last of what is longer than a buffer", stream: stdout, of: "xxx\n", lines: [17], how },
      { what: "on stderr", stream: stderr, of: "to stderr", lines: [13], how },
      { what: "of a warning", stream: stderr, of: "a warning", lines: [18], how },
      { what: "past the buffer", stream: stdout, of: "past the buffer", lines: [20], how },
      { what: "of the last line", stream: stdout, of: "the last", lines: [21], how },
    ],
  },
  {
    language: "PHP",
    file: "cgi-bin/bytes.php",
    text: `<?php
while (ob_get_level() > 0) ob_end_flush();
header("Content-Type: text/html; charset=utf-8");
function shown($text) {
  echo "<p>$text\\n";
}
shown("Grüße aus Köln €");
for ($turn = 0; $turn < 30; $turn++) {
  print "pass $turn\\n";
}
ob_start();
echo "buffered\\n";
$n = 1;
ob_end_flush();
file_put_contents("php://stderr", "to stderr\\n");
passthru("echo from a child");
ob_start();
echo "at the end\\n";
$n++;
`,
    bytes: [
      { what: "in the header", stream: stdout, of: "Content-", lines: [5, 7], how: "flushed" },
      { what: "within a function", stream: stdout, of: "Grü", lines: [5, 7], how: "flushed" },
      { what: "in the 20th pass", stream: stdout, of: "pass 19\n", lines: [9], how: "flushed" },
      { what: "of a buffer", stream: stdout, of: "buffered", lines: [14], how: "flushed" },
      { what: "on stderr", stream: stderr, of: "to stderr", lines: [15], how: "flushed" },
      { what: "of a child", stream: stdout, of: "from a child", lines: [16], how: "flushed" },
      { what: "of the end", stream: stdout, of: "at the end", lines: [19], how: "flushed" },
    ],
  },
  {
    language: "PHP that throws",
    file: "cgi-bin/throws.php",
    text: `<?php
ini_set("display_errors", "1");
header("Content-Type: text/plain");
function fails() {
  throw new RuntimeException("no more");
}
echo "before\\n";
fails();
`,
    bytes: [
      { what: "before", stream: stdout, of: "before", lines: [5, 8], how: "flushed" },
      { what: "of what PHP says of the exception", stream: stdout, of: "no more", lines: [5, 8], how: "flushed" },
    ],
  },
  {
    language: "Node",
    file: "cgi-bin/bytes.js",
    text: `#!/usr/bin/env node
const { execSync } = require("node:child_process");
const { writeSync } = require("node:fs");
function shown(text) {
  console.log("<p>" + text);
}
console.log("Content-Type: text/html; charset=utf-8");
console.log("X-Second: 2\\n");
shown("Grüße aus Köln €");
process.stdout.write("after the accents\\n");
for (let turn = 0; turn < 100; turn++) {
  console.log("pass", turn);
}
console.error("to stderr");
writeSync(1, "past the stream\\n");
execSync("echo from a child", { stdio: "inherit" });
console.log("after the child");
`,
    bytes: [
      { what: "in the header", stream: stdout, of: "Content-Type", lines: [7], how: "flushed" },
      { what: "in the second header", stream: stdout, of: "Second: 2", lines: [8], how: "flushed" },
      { what: "within a function", stream: stdout, of: "Grü", lines: [5, 9], how: "flushed" },
      { what: "after a multi-byte character", stream: stdout, of: "after the accents", lines: [10], how: "flushed" },
      { what: "in the 50th pass", stream: stdout, of: "pass 49\n", lines: [12], how: "flushed" },
      { what: "on stderr", stream: stderr, of: "to stderr", lines: [14], how: "flushed" },
      { what: "past the stream", stream: stdout, of: "past the stream", lines: [15], how: "flushed" },
      { what: "of a child", stream: stdout, of: "from a child", lines: [16], how: "child" },
      { what: "after the child", stream: stdout, of: "after the child", lines: [17], how: "flushed" },
    ],
  },
  {
    language: "bash",
    file: "cgi-bin/bytes.bash",
    text: `#!/bin/bash
shown() {
  printf '<p>%s\\n' "$1"
}
echo "Content-Type: text/html; charset=utf-8"
echo
shown "Grüße aus Köln €"
printf 'after the accents\\n'
for turn in {0..99}; do
  echo "pass $turn"
done
cat <<END
from a child
END
echo "through a pipe" | tr a-z A-Z
( echo "in a subshell" )
echo "to stderr" >&2
echo "the last"
`,
    bytes: [
      { what: "in the header", stream: stdout, of: "Content-Type", lines: [5], how: "ran" },
      { what: "within a function", stream: stdout, of: "Grü", lines: [3, 7], how: "ran" },
      { what: "after a multi-byte character", stream: stdout, of: "after the accents", lines: [8], how: "ran" },
      { what: "in the 50th pass", stream: stdout, of: "pass 49\n", lines: [10], how: "ran" },
      { what: "of a child", stream: stdout, of: "from a child", lines: [12], how: "ran" },
      { what: "of a pipe", stream: stdout, of: "THROUGH A PIPE", lines: [15], how: "ran" },
      { what: "of a subshell", stream: stdout, of: "in a subshell", lines: [16], how: "ran" },
      { what: "on stderr", stream: stderr, of: "to stderr", lines: [17], how: "ran" },
      { what: "of the last command", stream: stdout, of: "the last", lines: [18], how: "ran" },
    ],
  },
];

export const byteScripts = scripts.filter(({ language }) => hasXdebug || !language.startsWith("PHP"));
