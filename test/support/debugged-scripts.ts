// The same little program in each language that can be debugged here, with the lines that tests stop at.
import { hasXdebug } from "./optional-debuggers.js";

export interface DebuggedProgram {
  readonly language: string;
  readonly file: string;
  readonly text: string;
  /** A call of the function, the first line in it, its last. */
  readonly call: number;
  readonly inside: number;
  /** Runs once for each of three turns, which this counts. */
  readonly loop: number;
  readonly counter: string;
  /** A condition that holds in the second turn, and a log point's text. */
  readonly condition: string;
  readonly message: string;
  /** An expression inside the function. */
  readonly expression: string;
  /** A name there, and its value. */
  readonly local: readonly [name: string, value: string];
  /** Changes the sum, at the call. */
  readonly change: string;
  /** The number of its process. */
  readonly process: string;
}

const programs: readonly DebuggedProgram[] = [
  {
    language: "Python",
    file: "cgi-bin/sum.py",
    text: `#!/usr/bin/env python3
import sys
def total(a, b):
    result = a + b
    return result
print("Content-Type: text/plain\\n")
data = {"list": [1, 2, 3], "name": "x" * 5000}
first = 1
n = total(first, 2)
print("sum", n)
for turn in range(3):
    print("turn", turn)
print("on stderr", file=sys.stderr)
`,
    call: 9,
    inside: 4,
    loop: 12,
    counter: "turn",
    condition: "turn == 1",
    message: "turn {turn} of {len({'a': {1}, 'b': 2, 'c': 3})}",
    expression: "a * 100 + b",
    local: ["a", "1"],
    change: "first = 40",
    process: "__import__('os').getpid()",
  },
  {
    language: "Perl",
    file: "cgi-bin/sum.pl",
    text: `#!/usr/bin/perl -w
use strict;
sub total { my ($x, $y) = @_;
  my $result = $x + $y;
  return $result;
}
print "Content-Type: text/plain\\n\\n";
my %data = (list => [1, 2, 3], name => "x" x 5000); my $first = 1;
my $n = total($first, 2);
print "sum $n\\n";
for my $turn (0 .. 2) {
  print "turn $turn\\n";
}
print STDERR "on stderr\\n";
`,
    call: 9,
    inside: 4,
    loop: 12,
    counter: "$turn",
    condition: "$turn == 1",
    message: "turn {$turn} of {$data{list}[2]}",
    expression: "$x * 100 + $y",
    local: ["$x", "1"],
    change: "$first = 40",
    process: "$$",
  },
  {
    language: "Ruby",
    file: "cgi-bin/sum.rb",
    text: `#!/usr/bin/env -S ruby -w
# a sum
def total(a, b)
  result = a + b
  result
end
puts "Content-Type: text/plain", ""
data = { "list" => [1, 2, 3], "name" => "x" * 5000 }; first = 1
n = total(first, 2); data.size
puts "sum #{n}"
3.times do |turn|
  puts "turn #{turn}"
end
warn "on stderr"
`,
    call: 9,
    inside: 4,
    loop: 12,
    counter: "turn",
    condition: "turn == 1",
    message: "turn {turn} of {[1, 2, 3].sum { |one| { a: one }.size }}",
    expression: "a * 100 + b",
    local: ["a", "1"],
    change: "first = 40",
    process: "$$",
  },
  {
    language: "Node",
    file: "cgi-bin/sum.js",
    text: `#!/usr/bin/env node
// a sum
function total(a, b) {
  const result = a + b;
  return result;
}
console.log("Content-Type: text/plain\\n");
const data = { list: [1, 2, 3], name: "x".repeat(5000) }; let first = 1;
const n = total(first, 2);
console.log("sum", n);
for (let turn = 0; turn < 3; turn++) {
  console.log("turn", turn);
}
console.error("on stderr");
`,
    call: 9,
    inside: 4,
    loop: 12,
    counter: "turn",
    condition: "turn === 1",
    message: "turn {turn} of {data.list.filter(() => { return true; }).length}",
    expression: "a * 100 + b",
    local: ["a", "1"],
    change: "first = 40",
    process: "process.pid",
  },
  {
    language: "PHP",
    file: "cgi-bin/sum.php",
    text: `<?php
// a sum
function total($a, $b) {
  $result = $a + $b;
  return $result;
}
header("Content-Type: text/plain");
$data = ["list" => [1, 2, 3], "name" => str_repeat("x", 5000)]; $first = 1;
$n = total($first, 2);
echo "sum $n\\n";
for ($turn = 0; $turn < 3; $turn++) {
  echo "turn $turn\\n";
}
file_put_contents("php://stderr", "on stderr\\n");
`,
    call: 9,
    inside: 4,
    loop: 12,
    counter: "$turn",
    condition: "$turn === 1",
    message: "turn {$turn} of {(function () { return 3; })()}",
    expression: "$a * 100 + $b",
    local: ["$a", "1"],
    change: "$first = 40",
    process: "getmypid()",
  },
  {
    language: "bash",
    file: "cgi-bin/sum.bash",
    text: `#!/bin/bash
# a sum
total() {
  result=$(($1 + $2))
  return 0
}
echo "Content-Type: text/plain"; echo
declare -A data=([list]="1 2 3" [name]="long"); first=1
total "$first" 2
echo "sum $result"
for turn in 0 1 2; do
  echo "turn $turn"
done
echo "on stderr" >&2
`,
    call: 9,
    inside: 4,
    loop: 12,
    counter: "$turn",
    condition: "[[ $turn == 1 ]]",
    message: `turn {$turn} of {\${data[list]##* }}`,
    expression: "$(($1 * 100 + $2))",
    local: ["1", "'1'"],
    change: "first=40",
    process: "$$",
  },
];

export const debuggedPrograms = programs.filter(({ language }) => language !== "PHP" || hasXdebug);
export const plainBody = "sum 3\nturn 0\nturn 1\nturn 2\n";
