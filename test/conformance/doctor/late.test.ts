// Output that arrives late: all at once or a buffer at a time. A script that flushes has no finding.
import { describe, expect, test } from "vitest";
import { startGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";

const type = "Content-Type: text/plain; charset=utf-8\\n";
const python = (...lines: string[]): string =>
  ["#!/usr/bin/env python3", "import time", `print("${type}")`, ...lines].join("\n");
const perl = (...lines: string[]): string => ["#!/usr/bin/perl", `print "${type}\\n";`, ...lines].join("\n");
const late = [
  { rule: "output-held-back", severity: "hint", stream: "stdout", evidence: [{ kind: "quote", of: "timing" }] },
];

describe.skipIf(!program("python3") || !program("perl"))("late output (needs python3 and perl)", () => {
  test.concurrent.each([
    ["a buffer at a time", perl('for (1 .. 3) { print "x" x 8191, "\\n"; select(undef, undef, undef, 0.75) }'), late],
    ["all at the end, after waiting", python('print("x" * 50)', "time.sleep(2.2)"), late],
    [
      "each part as it is printed",
      python("for _ in range(3):", '    print("x" * 8000, flush=True)', "    time.sleep(0.75)"),
      [],
    ],
  ])("%s", async (_what, script, expected) => {
    await using gateway = await startGateway();
    gateway.script("x.cgi", script);
    await gateway.get("/x.cgi");
    expect((await gateway.trace()).findings).toMatchObject(expected);
  });
});
