// One setting is written into the configuration, and everything else stays as the user wrote it.
import { expect, test } from "vitest";
import { parseConfig } from "../../../server/workspace/config/config-file.js";
import {
  withScriptMode,
  withScriptPreload,
  withScriptVariables,
} from "../../../server/workspace/config/edit-config.js";

const modeIn = (text: string, script: string) => {
  const parsed = parseConfig(text);
  return parsed.ok ? (parsed.config.scripts[script]?.mode ?? null) : parsed.problems;
};

test("into no file, an empty object, one with comments: each valid, each comment kept", () => {
  const commented =
    '// ours\n{\n  "server": { "port": 8081 }, // the other one is taken\n  "scripts": {\n    "a.py": { "workers": 3, }, // slow\n  },\n}\n';
  for (const before of ["", "{}", commented]) {
    const after = withScriptMode(before, "cgi-bin/cart.fcgi", "cgi");
    expect(modeIn(after, "cgi-bin/cart.fcgi")).toBe("cgi");
    for (const comment of before.match(/\/\/.*/g) ?? []) expect(after).toContain(comment);
  }
  const switched = withScriptMode(commented, "a.py", "fastcgi");
  expect(modeIn(switched, "a.py")).toBe("fastcgi");
  expect(switched).toContain('"workers": 3');
});

test.each(["./cgi-bin/x.py", "/cgi-bin/x.py", "cgi-bin//x.py"])("under the key that the script has: %s", (key) => {
  const text = JSON.stringify({ scripts: { [key]: { workers: 3 } } });
  expect(JSON.parse(withScriptMode(text, "cgi-bin/x.py", "wsgi"))).toEqual({
    scripts: { [key]: { workers: 3, mode: "wsgi" } },
  });
});

test("variables are written under the key that the script has, indented as the file is", () => {
  const text = '{\r\n\t"scripts": {\r\n\t\t"./a.py": {\r\n\t\t\t"variables": { "C": "d" }\r\n\t\t}\r\n\t}\r\n}\r\n';
  const changed = withScriptVariables(text, "a.py", { A: "b", C: "e" });
  expect(JSON.parse(changed)).toEqual({ scripts: { "./a.py": { variables: { A: "b", C: "e" } } } });
  expect(changed).not.toMatch(/[^\r]\n|^ /m);
});

test("changed, then taken away again", () => {
  const once = withScriptMode("{}\n", "a.php", "cgi");
  const twice = withScriptMode(once, "a.php", "php-cgi");
  expect(modeIn(twice, "a.php")).toBe("php-cgi");
  expect(modeIn(withScriptMode(twice, "a.php", null), "a.php")).toBeNull();
  expect(modeIn(withScriptMode("{}", "a.php", null), "a.php")).toBeNull();
});

test("what an agent loads first is written beside the mode, and changed alone", () => {
  const preloadIn = (text: string) => {
    const parsed = parseConfig(text);
    return parsed.ok ? parsed.config.scripts["a.py"] : parsed.problems;
  };
  const both = withScriptPreload(withScriptMode("", "a.py", "prefork"), "a.py", ["json", "http.cookies"]);
  expect(preloadIn(both)).toEqual({ mode: "prefork", preload: ["json", "http.cookies"] });
  expect(preloadIn(withScriptPreload(both, "a.py", ["json"]))).toMatchObject({ preload: ["json"] });
  expect(preloadIn(withScriptPreload(both, "a.py", []))).toEqual({ mode: "prefork", preload: [] });
});

test.each([
  [
    "behind the comment on the line before",
    '{\n  "scripts": {\n    "a.py": {\n      "workers": 3 // three\n    }\n  }\n}\n',
    '{\n  "scripts": {\n    "a.py": {\n      "workers": 3, // three\n      "mode": "cgi"\n    }\n  }\n}\n',
  ],
  [
    "into a script on one line, in a file with an indentation of its own",
    '{\n    "scripts": {\n        "a.py": { "preload": ["x","y"] }\n    }\n}\n',
    '{\n    "scripts": {\n        "a.py": { "preload": ["x","y"], "mode": "cgi" }\n    }\n}\n',
  ],
  [
    "into a file on one line",
    '{"routes":[{"path":"/a","deny":true}],"scripts":{"b.py":{"workers":1}}}',
    '{"routes":[{"path":"/a","deny":true}],"scripts":{"b.py":{"workers":1}, "a.py": { "mode": "cgi" }}}',
  ],
  [
    "where no script has settings, with the file's indentation",
    '{\r\n\t"server": {}, /* x */ // y\r\n}',
    '{\r\n\t"server": {}, /* x */ // y\r\n\t"scripts": {\r\n\t\t"a.py": {\r\n\t\t\t"mode": "cgi"\r\n\t\t}\r\n\t},\r\n}',
  ],
  [
    "where only a comment is",
    '{\n  "scripts": {\n    // none\n  }\n}\n',
    '{\n  "scripts": {\n    // none\n    "a.py": {\n      "mode": "cgi"\n    }\n  }\n}\n',
  ],
  [
    "in place of another one",
    '{ "scripts": { "a.py": { "mode": /* slow */ "prefork", "watch": ["x","y"] } } }',
    '{ "scripts": { "a.py": { "mode": /* slow */ "cgi", "watch": ["x","y"] } } }',
  ],
  ["not, where scripts are no object", '{ "scripts": 5 }', '{ "scripts": 5 }'],
])("a mode is written: %s", (_what, before, after) => {
  expect(withScriptMode(before, "a.py", "cgi")).toBe(after);
});

test.each([
  [
    "the only one, beside a comment",
    '{\n  "scripts": {\n    "a.py": {\n      // leaks\n      "mode": "cgi"\n    }\n  }\n}\n',
    '{\n  "scripts": {\n    "a.py": {\n      // leaks\n    }\n  }\n}\n',
  ],
  [
    "the last one, behind a comment",
    '{ "scripts": {\n  "a.py": {\n    "workers": 3, // three\n    "mode": "cgi"\n  }\n} }',
    '{ "scripts": {\n  "a.py": {\n    "workers": 3 // three\n  }\n} }',
  ],
  [
    "the only one, with a trailing comma",
    '{\n  "scripts": {\n    "a.py": { "mode": "cgi" },\n  },\n}\n',
    '{\n  "scripts": {\n  },\n}\n',
  ],
  [
    "the first of several, which have comments",
    '{\n  "scripts": {\n    "a.py": { "mode": "cgi" },\n    // slow\n    "b.py": { "mode": "fastcgi" }\n  }\n}\n',
    '{\n  "scripts": {\n    // slow\n    "b.py": { "mode": "fastcgi" }\n  }\n}\n',
  ],
  [
    "the last of several",
    '{ "scripts": { "b.py": { "mode": "fastcgi" }, /* x */ "a.py": { "mode": "cgi" } } }',
    '{ "scripts": { "b.py": { "mode": "fastcgi" } /* x */  } }',
  ],
  [
    "a setting with a comment before its comma",
    '{ "scripts": { "a.py": { "mode": "cgi" /* old */, "workers": 2 } } }',
    '{ "scripts": { "a.py": {  /* old */ "workers": 2 } } }',
  ],
])("a mode is taken away: %s", (_what, before, after) => {
  expect(withScriptMode(before, "a.py", null)).toBe(after);
  expect(parseConfig(after).ok).toBe(true);
});
