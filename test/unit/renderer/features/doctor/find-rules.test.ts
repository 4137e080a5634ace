// From a sentence that a server logged, with its own names in it, to the rules that
// explain it: over the doctor's real rules.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findRules } from "../../../../../renderer/features/doctor/find-rules.js";
import { ruleInfo } from "../../../../../server/doctor/base/rule.js";
import { rules as all } from "../../../../../server/doctor/engine/rules.js";

const rules = all.map(ruleInfo);
const idsFor = (wanted: string): string[] => findRules(rules, wanted).map(({ rule }) => rule.id);

describe("a pasted sentence", () => {
  test.each([
    ["malformed header from script 'x.py': Bad header: Hello", "text-before-header"],
    [
      "[Fri Nov 20 12:00:00.123456 2026] [cgi:error] [pid 71:tid 71] [client ::1:4711] malformed header from script 'hello.py': Bad header: Hallo Welt",
      "text-before-header",
    ],
    ["malformed header from script 'login.cgi': Bad header: HTTP/1.1 302 Found", "http-status-line"],
    ["AH01215: (13)Permission denied: exec of '/srv/www/cgi-bin/a.pl' failed: /srv/www/cgi-bin/a.pl", "not-executable"],
    ["AH01215: (8)Exec format error: exec of '/usr/lib/cgi-bin/x' failed", "no-shebang"],
    ["bash: ./x.py: /usr/bin/python3^M: bad interpreter: No such file or directory", "shebang-carriage-return"],
    [
      "2026/11/20 12:00:01 [error] 12#12: *3 upstream sent too big header while reading response header from upstream, client: 10.0.0.1",
      "header-too-large",
    ],
    ['upstream sent invalid status "ok" while reading response header from upstream', "bad-status"],
    ["AH02429: Response header name '<!--' contains invalid characters, aborting request", "markup-before-header"],
    ["AH02809: Options ExecCGI is off in this directory: /srv/www/cgi-bin/sum.py", "server-settings"],
    ["AH02813: AcceptPathInfo off disallows user's path: /srv/www/cgi-bin/sum.py", "server-settings"],
    ["cgi: no headers", "no-output"],
    ["Premature end of script headers: guestbook.pl", "empty-line-missing"],
  ])("%s", (sentence, expected) => {
    expect(idsFor(sentence).slice(0, 6)).toContain(expected);
  });

  test("what it quotes decides between rules that log the same", () => {
    expect(idsFor("malformed header from script 'login.cgi': Bad header: HTTP/1.1 302 Found")[0]).toBe(
      "http-status-line",
    );
    expect(idsFor("AH01215: ModuleNotFoundError: No module named 'cgi': /srv/a.py")[0]).toBe("cgi-module-removed");
    expect(idsFor("AH01215: stderr from /srv/a.py: ModuleNotFoundError: No module named 'cgi'")[0]).toBe(
      "cgi-module-removed",
    );
  });

  test("the sentence of ten causes leads to all of them", () => {
    const found = findRules(rules, "End of script output before headers: x.py");
    expect(found.length).toBeGreaterThanOrEqual(5);
    expect(
      found.every(
        ({ rule, message }) => message !== null && rule.logged[message]?.message?.startsWith("End of script output"),
      ),
    ).toBe(true);
    expect(found.map(({ rule }) => rule.id)).toEqual(expect.arrayContaining(["no-output", "failed-before-output"]));
  });
});

describe("words", () => {
  test("rules whose title matches come first; the beginning of a word matches; an empty search finds every rule", () => {
    for (const wanted of ["empty line", "blank line"]) expect(idsFor(wanted)[0]).toMatch(/^empty-line/);
    expect(idsFor("byte ord")).toContain("byte-order-mark");
    expect(idsFor("")).toEqual(rules.map(({ id }) => id));
    expect(idsFor("zzyzx")).toEqual([]);
  });

  test("each rule is found by each of its own messages, and by its title", () => {
    for (const rule of rules) {
      expect(idsFor(rule.title), rule.title).toContain(rule.id);
      for (const { message } of rule.logged) if (message !== null) expect(idsFor(message), message).toContain(rule.id);
    }
  });

  test("whatever is typed, nothing is found twice and scores go down", () => {
    fc.assert(
      fc.property(fc.string(), (wanted) => {
        const found = findRules(rules, wanted);
        expect(new Set(found.map(({ rule }) => rule.id)).size).toBe(found.length);
        for (const [index, { score }] of found.entries())
          expect(score).toBeLessThanOrEqual(found[index - 1]?.score ?? 1);
      }),
    );
  });
});
