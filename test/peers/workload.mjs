// The scripts every contender runs: the shortest program of each kind that answers "hello".
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "./processes.mjs";

const answer = "Content-Type: text/plain\\n\\nhello\\n";
const scripts = [
  ["sh", "hello.sh", `#!/bin/sh\nprintf '${answer}'\n`],
  ["perl", "hello.pl", `#!/usr/bin/perl\nprint "${answer}";\n`],
  ["python", "hello.py", `#!/usr/bin/python3\nimport sys\nsys.stdout.write("${answer}")\n`],
];
const source = `#include <stdio.h>\nint main(void) { fputs("${answer}", stdout); return 0; }\n`;

/**
 * Writes the scripts below `folder`/cgi-bin. Gives [name, target], compiled C
 * first. @throws when there is no C compiler
 */
export function writeWorkload(folder) {
  const bin = join(folder, "cgi-bin");
  mkdirSync(bin, { recursive: true });
  compile(source, join(bin, "hello.cgi"));
  for (const [, name, text] of scripts) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  return [["C", "/cgi-bin/hello.cgi"], ...scripts.map(([name, file]) => [name, `/cgi-bin/${file}`])];
}

// Listens by itself, as two processes, when it is given a path; else it is a CGI program, or a
// FastCGI one with its socket as descriptor 0.
const responder = `#include <fcgi_stdio.h>
#include <fcgiapp.h>
#include <unistd.h>
int main(int argc, char **argv) {
  if (argc > 1) { dup2(FCGX_OpenSocket(argv[1], 128), 0); fork(); }
  while (FCGI_Accept() >= 0) FCGI_printf("${answer}");
  return 0;
}
`;

/** A FastCGI responder, /app.fcgi, and the same program as /app.cgi. */
export function writeResponder(folder) {
  compile(responder, join(folder, "app.fcgi"), ["-lfcgi"]);
  copyFileSync(join(folder, "app.fcgi"), join(folder, "app.cgi"));
  writeFileSync(
    join(folder, "cgi-workbench.json"),
    JSON.stringify({ scripts: { "app.fcgi": { mode: "fastcgi", workers: 2 }, "app.cgi": { mode: "cgi" } } }),
  );
}
