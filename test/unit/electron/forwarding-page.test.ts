// The page that sends a browser on to the window's address: where a browser can read it, and nobody else.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeForwardingPage } from "../../../electron/launch/forwarding-page.mjs";
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
