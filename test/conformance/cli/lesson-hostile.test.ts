// Works that want to change what is outside of them: checked by `report`, they do not, where the system can hold them.

import { cpSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { afterEach, beforeEach, expect, test } from "vitest";
import { confined } from "../../../server/lessons/class/confined.js";
import { commandLine } from "../../support/command-line.js";
import { printing, writeSmallLesson } from "../../support/small-lesson.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());
const lesson = async (...args: string[]) => {
  const { stdout, exitCode } = await commandLine(["lesson", ...args], { cwd: folder.path });
  return { stdout: stdout.toString(), exitCode };
};

test("twenty hostile works change nothing outside (needs user namespaces and prlimit)", async ({ skip }) => {
  const { held } = await confined(folder.path);
  skip(held.length < 3, "needs user namespaces and prlimit");
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const out = folder.file("outside");
  folder.makeFolder("outside");
  folder.write("outside/kept.txt", "kept");
  const connect = (to: string) => `python3 -c "import socket; socket.create_connection(('${to}', ${port}), 2)"`;
  const bodies: Readonly<Record<string, string>> = {
    writes: `echo evil > ${out}/evil`,
    appends: `echo evil >> ${out}/kept.txt`,
    removes: `rm -rf ${out}`,
    moves: `mv ${out}/kept.txt ${out}/gone.txt`,
    links: `ln -s /etc ${out}/evil`,
    "hard-links": `ln ${out}/kept.txt ${out}/evil`,
    modes: `chmod 000 ${out}/kept.txt`,
    folders: `mkdir ${out}/evil`,
    pipes: `mkfifo ${out}/evil`,
    "by-a-link": `ln -s ${out} up; echo evil > up/evil`,
    "by-home": 'echo evil > "$HOME/.evil-of-a-work"; echo evil > ~/.evil-of-a-work',
    "by-tmp": "echo evil > /tmp/evil-of-a-work; echo evil > /dev/shm/evil-of-a-work",
    "the-lesson": `echo evil > ${folder.file("small/evil")}`,
    "its-own": `echo evil > ${folder.file("class/its-own/evil")}`,
    later: `setsid sh -c 'sleep 1; echo evil > ${out}/evil' > /dev/null 2>&1 &`,
    remounts: `mount -o remount,bind,rw /; echo evil > ${out}/evil`,
    "another-namespace": `unshare -r -m sh -c 'mount -o remount,bind,rw /; echo evil > ${out}/evil'`,
    connects: connect("127.0.0.1"),
    "connects-out": connect("192.0.2.1"),
    large: "head -c 200000000 /dev/zero > large",
  };
  const checks = '  - { id: one, say: So., request: { target: "/{script}" }, expect: { body: solution } }';
  writeSmallLesson(folder.file("small"), { checks });
  await lesson("start", "small", "begun", "--trust");
  for (const [name, body] of Object.entries(bodies)) {
    cpSync(folder.file("begun"), folder.file(`class/${name}`), { recursive: true });
    writeFileSync(folder.file(`class/${name}/cgi-bin/small.sh`), printing(`( ${body} ) 2> /dev/null\necho solution`));
  }
  const names = Object.keys(bodies);
  expect(names).toHaveLength(20);
  const { stdout } = await lesson("report", ...names.map((name) => `class/${name}`), "--trust", "--json");
  server.close();
  const report = JSON.parse(stdout);
  expect(report.held).toEqual(["network", "files", "limits"]);
  expect(report.works.map(({ passed }: { passed: boolean | null }) => passed)).toEqual(names.map(() => true));
  expect([readdirSync(out), folder.read("outside/kept.txt")]).toEqual([["kept.txt"], "kept"]);
  for (const path of [`${homedir()}/.evil-of-a-work`, "/tmp/evil-of-a-work", "/dev/shm/evil-of-a-work"])
    expect(existsSync(path), path).toBe(false);
  expect([folder.file("small/evil"), folder.file("class/its-own/evil")].filter((path) => existsSync(path))).toEqual([]);
  expect(connections).toBe(0);
}, 180_000);
