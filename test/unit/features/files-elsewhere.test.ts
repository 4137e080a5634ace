// What `doctor DIR` finds of the files that routes lead to.
import { relative } from "node:path";
import { expect, test } from "vitest";
import { config } from "../../../server/contract/config.js";
import { filesElsewhere } from "../../../server/features/checks/files-elsewhere.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("around the folder, not the folder's own once more", async () => {
  using place = tempFolder();
  for (const name of ["site/cgi-bin", "site-2"]) place.makeFolder(name);
  for (const name of ["top.sh", "site/a.sh", "site/cgi-bin/b.sh", "site-2/c.sh"]) place.write(name, "");
  const root = place.file("site");
  const { files, isCut } = await filesElsewhere({
    root,
    config: config.parse({ routes: [{ path: "/up/", dir: ".." }] }),
    relative: (file) => (file.startsWith(`${root}/`) ? relative(root, file) : null),
  });
  expect(files.map(({ file }) => file).sort()).toEqual([place.file("site-2/c.sh"), place.file("top.sh")]);
  expect(isCut).toBe(false);
});
