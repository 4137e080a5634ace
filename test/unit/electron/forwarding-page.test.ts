// The page that sends a browser on to the window's address: where a browser can read it, and nobody else.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeForwardingPage } from "../../../electron/launch/forwarding-page.mjs";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const address = "http://127.0.0.1:4711/#code=id.secret";
const modeOf = (path: string): number => statSync(path).mode & 0o777;

let home: TempFolder;
const { HOME } = process.env;
beforeEach(() => {
  home = tempFolder();
  process.env["HOME"] = home.path;
});
afterEach(() => {
  if (HOME === undefined) delete process.env["HOME"];
  else process.env["HOME"] = HOME;
  home[Symbol.dispose]();
});

test("where browsers are snaps it is in the home folder, not hidden, private, and removed", () => {
  const page = writeForwardingPage(address, home.path) ?? expect.fail("there is a page");
  const place = relative(home.path, page.file);
  expect(place).toMatch(/^[^./][^/]*\/[^./]+\.html$/);
  expect([modeOf(page.file), modeOf(dirname(page.file))]).toEqual([0o600, 0o700]);
  expect(readFileSync(page.file, "utf8")).toContain(JSON.stringify(address));
  page.remove();
  expect(readdirSync(home.path)).toEqual([]);
});

test("it gets another address while it is there; a file of its name that is made later does not", () => {
  const page = writeForwardingPage(address, home.path) ?? expect.fail("there is a page");
  page.renew("http://next/");
  expect(readFileSync(page.file, "utf8")).toContain('"http://next/"');
  expect(readFileSync(page.file, "utf8")).not.toContain(address);
  expect(modeOf(page.file)).toBe(0o600);
  page.remove();
  mkdirSync(dirname(page.file));
  writeFileSync(page.file, "another user's");
  page.renew("http://last/");
  expect(readFileSync(page.file, "utf8")).toBe("another user's");
});

test("elsewhere, or without a home folder, it is a temporary file", () => {
  for (const [folder, snaps] of [
    [home.path, home.file("none")],
    [home.file("none"), home.path],
  ] as const) {
    process.env["HOME"] = folder;
    const page = writeForwardingPage(address, snaps) ?? expect.fail("there is a page");
    expect(dirname(dirname(page.file))).toBe(join(tmpdir()));
    page.remove();
  }
});

test("where a folder can be made but no byte be written there is none, and nothing stays behind", () => {
  const module = pathToFileURL(join(repositoryRoot, "electron/launch/forwarding-page.mjs")).href;
  const code = `import { writeForwardingPage } from ${JSON.stringify(module)};
    console.log(writeForwardingPage(${JSON.stringify(address)}, ${JSON.stringify(home.path)}))`;
  const full = ["-c", 'ulimit -f 0; exec "$@"', "sh", process.execPath, "--input-type=module", "-e", code];
  const env = { ...process.env, TMPDIR: home.path };
  const { stdout, stderr } = spawnSync("sh", full, { encoding: "utf8", env });
  expect({ stdout, stderr }).toEqual({ stdout: "null\n", stderr: "" });
  expect(readdirSync(home.path)).toEqual([]);
});
