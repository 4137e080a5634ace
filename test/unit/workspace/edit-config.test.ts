// One setting is written into the configuration, and everything else stays as the user wrote it.
import { expect, test } from "vitest";
import { parseConfig } from "../../../server/workspace/config/config-file.js";
import { withScriptMode, withScriptPreload } from "../../../server/workspace/config/edit-config.js";

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
