import { expect, test } from "vitest";
import { matching, sharedFixes, withoutRepeats } from "../../../../../renderer/features/doctor/problems-dialog.js";
import { asSentence } from "../../../../../server/contract/message.js";
import { uncheckedMessage } from "../../../../../server/doctor/static-checks/messages.js";

test.each(["über", " ÜBER", "u\u0308ber"])("%j finds a path in either spelling", (typed) => {
  const scripts = ["cgi-bin/u\u0308ber.sh", "cgi-bin/Über.py", "cgi-bin/uber.pl"].map((path) => ({
    path,
    markers: [],
    unchecked: uncheckedMessage("no-checker"),
  }));
  expect(matching(scripts, typed)).toEqual(scripts.slice(0, 2));
});

test("what was not checked of several scripts is said once", () => {
  const marker = {
    rule: "x",
    severity: "error",
    title: asSentence("no"),
    detail: asSentence("no"),
    line: 1,
    column: 1,
  } as const;
  const markers = [{ ...marker, endLine: 1, endColumn: 2, fixes: [] }];
  const why = uncheckedMessage("syntax-check-failed", { program: "ruby" });
  const scripts = [
    { path: "a.pl", markers, unchecked: why },
    { path: "b.pl", markers: [], unchecked: { ...why, text: asSentence("in other words") } },
    { path: "c.tcl", markers: [], unchecked: uncheckedMessage("tcl-not-checked") },
    { path: "e.py", markers: [], unchecked: uncheckedMessage("syntax-check-failed", { program: "python3" }) },
  ];
  expect(withoutRepeats(scripts)).toEqual({
    scripts: [{ path: "a.pl", markers, unchecked: null }, ...scripts.slice(2)],
    together: [{ why: scripts[1]?.unchecked, paths: ["a.pl", "b.pl"] }],
  });
});

test("what would fix several scripts is offered once for all of them", () => {
  const fix = { id: "require-from-folder", title: "Require it" } as const;
  const own = { id: "set-shebang", title: "Set it" } as const;
  const marker = {
    rule: "x",
    severity: "error",
    title: asSentence("no"),
    detail: asSentence("no"),
    line: 1,
    column: 1,
  } as const;
  const scripts = ["a.pl", "b.pl", "c.pl", "d.pl"].map((path) => ({
    path,
    markers: [fix, fix, ...(path === "b.pl" ? [own] : [])].map((one) => ({
      ...{ ...marker, endLine: 1, endColumn: 2 },
      fixes: path === "d.pl" ? [] : [one],
    })),
    unchecked: null,
  }));
  expect(sharedFixes(scripts)).toEqual([{ fix, path: "a.pl", others: ["b.pl", "c.pl"] }]);
});
