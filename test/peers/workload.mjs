// The scripts every contender runs: the shortest program of each kind that answers "hello".
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const answer = "Content-Type: text/plain\\n\\nhello\\n";
const scripts = [
  ["sh", "hello.sh", `#!/bin/sh\nprintf '${answer}'\n`],
  ["perl", "hello.pl", `#!/usr/bin/perl\nprint "${answer}";\n`],
  ["python", "hello.py", `#!/usr/bin/python3\nimport sys\nsys.stdout.write("${answer}")\n`],
];
const source = `#include <stdio.h>\nint main(void) { fputs("${answer}", stdout); return 0; }\n`;

/** Writes the scripts below `folder`/cgi-bin. Gives [name, target], compiled C first. @throws when there is no C compiler */
export function writeWorkload(folder) {
  const bin = join(folder, "cgi-bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(folder, "hello.c"), source);
  const compiled = spawnSync("cc", ["-O2", "-o", join(bin, "hello.cgi"), join(folder, "hello.c")], { encoding: "utf8" });
  if (compiled.status !== 0) throw new Error(`the C program could not be compiled: ${compiled.error?.message ?? compiled.stderr}`);
  for (const [, name, text] of scripts) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  return [["C", "/cgi-bin/hello.cgi"], ...scripts.map(([name, file]) => [name, `/cgi-bin/${file}`])];
}
