// What the compared programs need in the served folder, which another user reads: Apache's.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { repositoryRoot } from "./repository.js";
import type { TempFolder } from "./temp-workspace.js";

const fixtures = join(repositoryRoot, "test/fixtures/programs");

type Prepare = (folder: TempFolder) => void;

/** A program that a package has as an example, or for somebody to copy. */
export const copied =
  (source: string, file = `cgi-bin/${basename(source)}`): Prepare =>
  (folder) => {
    openFolder(folder, dirname(file));
    copyFileSync(source, folder.file(file));
    chmodSync(folder.file(file), 0o755);
  };

/** One of test/fixtures/programs. */
export const fixture = (name: string, file?: string): Prepare => copied(join(fixtures, name), file);

export function libfcgiEcho(folder: TempFolder): void {
  openFolder(folder, "resident");
  execFileSync("cc", ["-O1", "-o", folder.file("resident/echo.fcgi"), join(fixtures, "echo.c"), "-lfcgi"]);
}

export const template: Prepare = (folder) =>
  folder.write("page.tpl", "@main[]\nsum ^eval(1+1), $env:REQUEST_METHOD, $form:a\n");

/** A fossil of its own for each server would be another fossil: both read this one. */
export function emptyRepository(folder: TempFolder): void {
  openFolder(folder, "cgi-bin");
  openFolder(folder, "fossil", 0o777);
  const repository = folder.file("fossil/site.fossil");
  execFileSync("fossil", ["init", "--admin-user", "ann", repository], {
    env: { PATH: process.env["PATH"], HOME: folder.file("fossil") },
    stdio: "ignore",
  });
  chmodSync(repository, 0o666);
  folder.write("cgi-bin/fossil", `#!/usr/bin/fossil\nrepository: ${repository}\n`);
  chmodSync(folder.file("cgi-bin/fossil"), 0o755);
}

/** The package's own configuration is for its user alone. */
export function liteAdmin(folder: TempFolder): void {
  for (const name of ["data", "sessions"]) openFolder(folder, name, 0o777);
  for (const part of ["phpliteadmin.php", "languages"])
    cpSync(`/usr/share/phpliteadmin/${part}`, folder.file(`phpliteadmin/${part}`), { recursive: true });
  folder.write(
    "phpliteadmin/phpliteadmin.config.php",
    `<?php $password = 'open sesame'; $directory = '${folder.file("data")}'; session_save_path('${folder.file("sessions")}');`,
  );
}

function openFolder(folder: TempFolder, name: string, mode = 0o755): void {
  mkdirSync(folder.file(name), { recursive: true });
  chmodSync(folder.file(name), mode);
}
