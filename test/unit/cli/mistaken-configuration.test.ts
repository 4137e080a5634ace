// With a mistake in the configuration, a verb that checks does not say that all is well.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { doctor } from "../../../server/cli/doctor.js";
import { probe } from "../../../server/cli/probe.js";
import { test as testRequests } from "../../../server/cli/test.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let printed = "";
beforeEach(() => {
  printed = "";
  folder = tempFolder();
  for (const name of ["data", "site"]) folder.makeFolder(name);
  folder.write("site/x.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain; charset=utf-8\\n\\nhello\\n'\n");
  folder.makeExecutable("site/x.sh");
  folder.write("site/x.http", "GET /x.sh\n");
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

test.each([
  ["test", testRequests, []],
  ["probe", probe, ["/x.sh", "--only", "get"]],
] as const)("%s sends nothing", async (_verb, run, args) => {
  folder.write("site/cgi-workbench.json", "{}");
  expect(await run([folder.file("site"), ...args])).toBe(0);
  printed = "";
  folder.write("site/cgi-workbench.json", '{ "limts": {} }');
  expect([await run([folder.file("site"), ...args]), printed]).toEqual([2, ""]);
});

test("doctor ends with 1, and checks all the same", async () => {
  folder.write("site/cgi-workbench.json", "{}");
  expect(await doctor([folder.file("site")])).toBe(0);
  folder.write("site/cgi-workbench.json", '{ "limts": {} }');
  printed = "";
  expect(await doctor([folder.file("site")])).toBe(1);
  expect(printed).not.toBe("");
});
