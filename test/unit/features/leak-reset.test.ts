// The line that puts back what a script leaves in a module: only where that is certain.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LeakKind } from "../../../server/contract/command-output.js";
import { withReset } from "../../../server/features/wrap/leak-reset.js";

const leak = (name: string, before: string | null = null, kind: LeakKind = "attribute") => ({ kind, name, before });
const python = '#!/usr/bin/env python3\nimport os, json\njson.visits = getattr(json, "visits", 0) + 1\n';
const perl = "#!/usr/bin/perl\nuse strict;\nuse Data::Dumper;\n$Data::Dumper::Indent++;\n";

describe("Python", () => {
  test("an attribute that the script adds is removed when the script ends", () => {
    const text = withReset(python, leak("json.visits"), "python");
    expect(text?.split("\n")[2]).toMatch(/^import atexit; atexit\.register\(vars\(json\)\.pop, "visits", None\)/);
    expect(withReset(text ?? "", leak("json.visits"), "python")).toBeNull();
    expect(withReset(python, leak("json.visits", "1 item", "growth"), "python")).toBe(text);
  });

  test.each([
    ["what may be the library's", python, leak("json.encoder", "2 items", "growth")],
    ["an attribute of a class", python, leak("json.encoder.JSONEncoder.default")],
    ["a module under another name", "import json as j\nj.x = 1\n", leak("json.x")],
    ["a module that a function imports", "def f():\n    import json\n    json.x = 1\n", leak("json.x")],
    ["another kind", python, leak("/etc/passwd", null, "file")],
    ["a name that is none", python, leak('json.x"); import os; ("')],
  ])("not %s", (_what, text, found) => {
    expect(withReset(text, found, "python")).toBeNull();
  });
});

describe("Perl", () => {
  test("a scalar gets its value back", () => {
    expect(withReset(perl, leak("$Data::Dumper::Indent", "2"), "perl")?.split("\n")[3]).toMatch(
      /^END \{ \$Data::Dumper::Indent = '2' \}/,
    );
    expect(withReset(perl, leak("$Data::Dumper::shop"), "perl")).toContain("= undef }");
  });

  test("not with a value that would be code, nor of a module that is not used by name", () => {
    expect(withReset(perl, leak("$Data::Dumper::Indent", "2'; die '"), "perl")).toBeNull();
    expect(withReset(perl, leak("$CGI::POST_MAX", "1"), "perl")).toBeNull();
  });
});

test("adds one line to any text, with the text's own line ending, and changes no other", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), fc.boolean(), (more, isCrlf) => {
      const eol = isCrlf ? "\r\n" : "\n";
      const text = ["import json", ...more.map((line) => line.replace(/[\r\n]/g, " "))].join(eol);
      const changed = withReset(text, leak("json.visits"), "python") ?? "";
      const lines = changed.split(eol);
      expect([lines[0], ...lines.slice(2)].join(eol)).toBe(text);
    }),
  );
});
