// The last save of scripts of which some are no longer there.
import { statSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { lastSaveOf } from "../../../server/app/last-save.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("a path that leads nowhere, below a file, in a circle, or that is too long, counts for nothing", () => {
  using folder = tempFolder();
  folder.write("a.cgi", "#!/bin/sh\n");
  symlinkSync("circle", folder.file("circle"));
  const gone = ["gone.cgi", "a.cgi/b.cgi", "circle/a.cgi", "x".repeat(5000)].map((path) => folder.file(path));
  expect(lastSaveOf(gone)).toBeNull();
  expect(lastSaveOf([...gone, folder.file("a.cgi")])).toBe(statSync(folder.file("a.cgi")).mtimeMs);
});
