// A workspace of the fixtures, copied where a test may change it; and programs compiled into it.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "./repository.js";
import { findProgram } from "./run/find-program.mjs";

export type WorkspaceName = "basic" | "languages" | "odd" | "pages";

export interface TempFolder extends Disposable {
  /** Absolute, without links. */
  readonly path: string;
  file(name: string): string;
  read(name: string): string;
  write(name: string, text: string | Uint8Array): void;
  makeExecutable(name: string): void;
  makeFolder(name: string): void;
  /** Everything that lies in the folder `from`, as the folder `name`. */
  copyIn(name: string, from: string): void;
  remove(name: string): void;
}

export function tempFolder(): TempFolder {
  return folderAt(makeTemp(), "");
}

/** `shownAs`: the folder's own name, where somebody looks at it. */
export function copyWorkspace(name: WorkspaceName, shownAs = ""): TempFolder {
  const folder = folderAt(makeTemp(), shownAs);
  cpSync(join(repositoryRoot, "test/fixtures/workspaces", name), folder.path, { recursive: true });
  return folder;
}

const makeTemp = (): string => realpathSync(mkdtempSync(join(tmpdir(), "cgi-workbench-test-")));

function folderAt(temp: string, name: string): TempFolder {
  const path = join(temp, name);
  const file = (below: string): string => join(path, below);
  return {
    path,
    file,
    read: (below) => readFileSync(file(below), "utf8"),
    write: (below, text) => writeFileSync(file(below), text),
    makeExecutable: (below) => chmodSync(file(below), 0o755),
    makeFolder: (below) => mkdirSync(file(below), { recursive: true }),
    copyIn: (below, from) => cpSync(from, file(below), { recursive: true }),
    remove: (below) => rmSync(file(below), { recursive: true }),
    // Again when a script that still runs has just put a file in.
    [Symbol.dispose]: () => rmSync(temp, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/** Absolute path of a program the tests may need, or null: `test.skipIf(!program("perl"))`. */
export const program = findProgram;

/** Compiles `source` (in the folder) to `output` beside it; needs a C compiler. */
export function compile(folder: TempFolder, source: string, output: string): void {
  execFileSync("cc", ["-O1", "-o", folder.file(output), folder.file(source)]);
}
