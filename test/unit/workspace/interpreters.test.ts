import { existsSync, rmSync, symlinkSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { findProgram, Interpreters } from "../../../server/workspace/interpreters/interpreters.js";
import { waitFor } from "../../support/wait-for.js";
import { type Site, site } from "../routing/site.js";

const real: Interpreters[] = [];
afterEach(async () => {
  await Promise.all(real.splice(0).map((interpreters) => interpreters.dispose()));
});

function interpretersIn(folder: Site, searchPath: string) {
  let changes = 0;
  const interpreters = new Interpreters({
    environment: { PATH: searchPath, SECRET: "x" },
    cwd: `${folder.root}/workspace`,
    onChange: () => (changes += 1),
  });
  real.push(interpreters);
  return { interpreters, changes: () => changes };
}
const script = (body: string) => ({ run: `#!/bin/sh\n${body}\n` });

test("a program is the first along PATH that can be executed; folders named relatively do not count", () => {
  using folder = site({ "a/p": "not executable", "b/p": script(""), "c/p": script(""), "d/p/": "" });
  const path = (...names: string[]) => names.map((name) => `${folder.root}/${name}`).join(":");
  expect(findProgram("p", path("d", "missing", "a", "b", "c"))).toBe(`${folder.root}/b/p`);
  expect(findProgram("p", "::.:b")).toBeNull();
  expect(findProgram(`${folder.root}/c/p`, "")).toBe(`${folder.root}/c/p`);
  expect(findProgram(`${folder.root}/a/p`, "")).toBeNull();
});

test("a version manager's shim is replaced by the interpreter that it reports when run in the folder", async () => {
  using folder = site({
    "workspace/": "",
    "real/python3": script("echo Python 3.99.1"),
    "shims/python3": script('case "$1" in -c) [ -z "$SECRET" ] && echo "$(dirname "$PWD")/real/python3";; esac'),
  });
  const { interpreters, changes } = interpretersIn(folder, `${folder.root}/shims:/usr/bin:/bin`);
  await interpreters.resolve(["python3"]);
  expect(interpreters.find("python3")).toBe(`${folder.root}/real/python3`);
  interpreters.askVersions();
  await waitFor("the version", () => interpreters.list()[0]?.version ?? null);
  expect(interpreters.list()).toEqual([{ name: "python3", path: `${folder.root}/real/python3`, version: "3.99.1" }]);
  expect(changes()).toBe(1);
});

test("a shim that fails, or names itself, is used as it is", async () => {
  using folder = site({ "workspace/": "", "shims/perl": script("exit 1"), "shims/ruby": script('echo "$0"') });
  const { interpreters } = interpretersIn(folder, `${folder.root}/shims:/bin`);
  await interpreters.resolve(["perl", "ruby"]);
  expect(interpreters.find("perl")).toBe(`${folder.root}/shims/perl`);
  expect(interpreters.find("ruby")).toBe(`${folder.root}/shims/ruby`);
});

test("one that is missing is found once it is there, and its version learnt", async () => {
  using folder = site({ "workspace/": "", "bin/x": "" });
  const { interpreters } = interpretersIn(folder, `${folder.root}/bin`);
  interpreters.askVersions();
  await interpreters.resolve(["lua"]);
  expect(interpreters.find("lua")).toBeNull();
  expect(interpreters.list()).toEqual([]);
  folder.put("bin/lua", script("echo 'Lua 5.4.6  Copyright' >&2"));
  expect(await waitFor("the new one", () => interpreters.find("lua"))).toBe(`${folder.root}/bin/lua`);
  expect(await waitFor("its version", () => interpreters.list()[0]?.version ?? null)).toBe("5.4.6");
});

test("one that is removed is searched again, and its version learnt", async () => {
  using folder = site({ "workspace/": "", "a/lua": script("echo 'Lua 5.3.0'"), "b/lua": script("echo 'Lua 5.4.6'") });
  const { interpreters } = interpretersIn(folder, `${folder.root}/a:${folder.root}/b:/usr/bin:/bin`);
  interpreters.askVersions();
  await interpreters.resolve(["lua"]);
  await waitFor("the first version", () => interpreters.list()[0]?.version === "5.3.0");
  rmSync(`${folder.root}/a/lua`);
  await waitFor("the other one", () => interpreters.find("lua") === `${folder.root}/b/lua`);
  await waitFor("its version", () => interpreters.list()[0]?.version === "5.4.6");
});

test("no version is asked for until it is wanted", async () => {
  using folder = site({ "workspace/": "", "bin/perl": script('echo "v5.36.0"; touch "$0".ran') });
  const { interpreters, changes } = interpretersIn(folder, `${folder.root}/bin:/usr/bin:/bin`);
  await interpreters.resolve(["perl"]);
  await interpreters.resolve(["perl"]);
  await interpreters.dispose();
  expect(changes()).toBe(0);
  expect(existsSync(`${folder.root}/bin/perl.ran`)).toBe(false);
});

test("an interpreter that lies in the folder is found and not asked, also through a link", async () => {
  using folder = site({
    "workspace/bin/python3": script("touch ran"),
    "workspace/shims/python3": script("touch ran"),
  });
  symlinkSync(`${folder.root}/workspace`, `${folder.root}/link`);
  const { interpreters } = interpretersIn(folder, `${folder.root}/link/bin`);
  interpreters.askVersions();
  await interpreters.resolve([
    "python3",
    ...["workspace", "link"].map((name) => `${folder.root}/${name}/shims/python3`),
  ]);
  expect(interpreters.list().map(({ version }) => version)).toEqual([null, null, null]);
  await interpreters.dispose();
  expect(existsSync(`${folder.root}/workspace/ran`)).toBe(false);
});

test("the end does not wait for an interpreter that hangs", async () => {
  using folder = site({ "workspace/": "", "bin/perl": { run: "#!/bin/sh\nexec sleep 60\n" } });
  const { interpreters } = interpretersIn(folder, `${folder.root}/bin:/usr/bin:/bin`);
  interpreters.askVersions();
  await interpreters.resolve(["perl"]);
  await interpreters.dispose();
}, 30_000); // half as long as the interpreter would take

test("this machine's own interpreters tell their versions", async () => {
  using folder = site({ "workspace/": "" });
  const { interpreters } = interpretersIn(folder, "/usr/bin:/bin");
  const present = ["python3", "perl", "php-cgi", "tclsh"].filter((name) => findProgram(name, "/usr/bin:/bin"));
  await interpreters.resolve(["sh", ...present]);
  interpreters.askVersions();
  await waitFor(
    "all versions",
    () => interpreters.list().filter(({ version }) => version !== null).length === present.length,
  );
  for (const { name, version } of interpreters.list())
    expect(version).toEqual(name === "sh" ? null : expect.stringMatching(/^\d+\.\d+/));
});
