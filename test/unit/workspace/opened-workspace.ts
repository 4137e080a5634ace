// A workspace over a folder of its own, for the tests of what it does with files.
import { afterEach } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { hashOf } from "../../../server/workspace/files/text-file.js";
import { Workspace, type WorkspaceChange } from "../../../server/workspace/workspace.js";
import { type Entry, type Site, site } from "../routing/site.js";

export interface OpenedWorkspace {
  readonly folder: Site;
  readonly workspace: Workspace;
  readonly changes: WorkspaceChange[];
  readonly lockFolder: string;
}

/** What is undone after each test, the last first. */
export const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Opens a folder with these entries, and notes what it reports. */
export async function opened(entries: Readonly<Record<string, Entry>>): Promise<OpenedWorkspace> {
  const folder = site(entries);
  const locks = site({ "x/": "" });
  ends.push(
    () => folder[Symbol.dispose](),
    () => locks[Symbol.dispose](),
  );
  const changes: WorkspaceChange[] = [];
  const workspace = await Workspace.open(folder.root, {
    lockFolder: locks.root,
    environment: { PATH: "/usr/bin:/bin", LANG: "C.UTF-8" },
    onChange: (change) => changes.push(change),
  });
  ends.push(() => workspace.dispose());
  return { folder, workspace, changes, lockFolder: locks.root };
}

/** "none" when there is no problem. */
export const problemCode = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "none",
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  );

export const save = async (workspace: Workspace, path: string, text: string, expectedHash: string | null) =>
  workspace.write(path, { text, bom: false, expectedHash });
export const hashOfText = (text: string) => hashOf(Buffer.from(text));
