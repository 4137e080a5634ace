// The cause of errors whose last lines are calls or advice: Go's and Rust's panics, Ruby's chains, Perl's traces.
import { describe, expect, test } from "vitest";
import { failed, rulesOf } from "./written-traces.js";

const goroutine =
  "\n\ngoroutine 1 [running]:\nmain.stock(...)\n\t/src/shop.go:7\nmain.main()\n\t/src/shop.go:13 +0x27\n";
const rubyCause = "/w/x.rb:1:in `fetch': key not found: \"a\" (KeyError)\n\tfrom /w/x.rb:3:in `handle'\n";
const backtrace = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";

const causes: readonly (readonly [what: string, file: string, stderr: string, says: string, line: number | null])[] = [
  ["Go", "/w/x", `panic: no stock${goroutine}`, "panic: no stock (shop.go:7)", null],
  [
    "a map of Go",
    "/w/x",
    `log line\npanic: assignment to entry in nil map${goroutine}`,
    "entry in nil map (shop.go",
    null,
  ],
  [
    "a message of two lines",
    "/w/x",
    `panic: no such\nshop [recovered]\n\tpanic: no such\nshop${goroutine}`,
    "no such",
    null,
  ],
  [
    "Go's memory",
    "/w/x",
    `panic: nil pointer\n[signal SIGSEGV: segmentation violation]${goroutine}`,
    "nil pointer",
    null,
  ],
  ["Go's runtime", "/w/x", `fatal error: all goroutines are asleep - deadlock!${goroutine}`, "asleep", null],
  ["Go's second panic", "/w/x", `panic: first${goroutine}\npanic: second${goroutine}exit status 2\n`, "second", null],
  [
    "a comparison of Rust",
    "/w/x",
    `thread 'main' panicked at b.rs:3:2:\nassertion failed\n  left: 1\n right: 2\n${backtrace}`,
    "assertion failed (b.rs:3)",
    null,
  ],
  [
    "Rust",
    "/w/x",
    `\nthread 'main' panicked at src/main.rs:3:22:\nno stock\n${backtrace}`,
    "no stock (src/main.rs:3)",
    null,
  ],
  [
    "Rust with an id",
    "/w/x",
    `\nthread 'main' (22) panicked at b.rs:3:2:\nno stock\n${backtrace}`,
    "no stock (b.rs:3)",
    null,
  ],
  [
    "old Rust",
    "/w/x",
    `thread 'main' panicked at 'no stock', src/main.rs:3:5\n${backtrace}`,
    "no stock (src/main.rs:3)",
    null,
  ],
  [
    "an error in a rescue",
    "/w/x.rb",
    `/w/x.rb:5:in \`rescue in handle': no word (NameError)\n\n  puts word\n       ^^^^\n\tfrom /w/x.rb:2:in \`handle'\n${rubyCause}`,
    "NameError: no word",
    5,
  ],
  [
    "a method that a rescue calls",
    "/w/x.rb",
    `/w/x.rb:9:in 'Object#log': no log (IOError)\n\tfrom /w/x.rb:5:in 'rescue in Object#handle'\n${rubyCause}`,
    "IOError: no log",
    9,
  ],
  [
    "a method that a rescue calls, as Ruby 3.1 names it",
    "/w/x.rb",
    `/w/x.rb:9:in \`log': no log (IOError)\n\tfrom /w/x.rb:5:in \`rescue in handle'\n${rubyCause}`,
    "IOError: no log",
    9,
  ],
  [
    "errors that were logged one after the other",
    "/w/x.rb",
    `/w/x.rb:9:in \`log': no log (IOError)\n\tfrom /w/x.rb:5:in \`handle'\n${rubyCause}`,
    "KeyError: key not found",
    1,
  ],
  [
    "Perl's trace",
    "/w/x.pl",
    "no list: Illegal division by zero at /w/x.pl line 3.\n at /w/x.pl line 9.\n",
    "no list",
    3,
  ],
  ["a message with a line end", "/w/x.pl", "no price list\n at /w/x.pl line 9.\n", "no price list", 9],
  [
    "two traces",
    "/w/x.pl",
    "no list at /usr/A.pm line 3.\n at /usr/B.pm line 9.\n at /w/x.pl line 4.\n",
    "no list",
    null,
  ],
];

describe("the cause is named", () => {
  test.each(causes)("%s", (_what, file, stderr, says, line) => {
    const trace = failed(stderr, file);
    expect(rulesOf(trace)).toHaveLength(1);
    expect(trace.findings[0]?.detail).toContain(says);
    if (line !== null) expect(trace.findings[0]).toMatchObject({ line });
  });

  test.each([
    ["a log line with the word", "panic: no stock\nmain.go is fine\n"],
    ["a compiler's error", "x.c:1:10: fatal error: no.h: No such file\n"],
    ["a thread", "thread 'main' finished\n"],
    ["what was recovered", `panic: no stock${goroutine}2026/11/28 recovered, cannot write the page\n`],
    ["what was recovered, by its own mark", `panic: no stock [recovered]${goroutine}`],
    ["a caught panic", `thread 'main' panicked at b.rs:3:2:\nno stock\n${backtrace}cannot write the page\n`],
  ])("not of %s", (_what, stderr) => {
    expect(rulesOf(failed(stderr, "/w/x"))).toEqual(["failed-before-output"]);
  });
});
