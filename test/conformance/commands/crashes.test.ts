// A program in C that crashes has a line: with the address sanitizer, and without a compiler in gdb or lldb. The
// program that crashed comes back with the undo.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { compilePlan } from "../../../server/app/compile-source.js";
import { Workbench } from "../../../server/app/workbench.js";
import { answersFolder } from "../../../server/contract/recorded-answers.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { coded } from "../../support/coded.js";
import { crashingPrograms } from "../../support/crashing-programs.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const hasCompiler = program("cc") !== null;
const hasDebugger = program("gdb") !== null || program("lldb") !== null;
const asked = { root: null, sanitize: true };

describe.skipIf(!hasCompiler)("compiled with the address sanitizer (needs cc)", () => {
  let folder: TempFolder;
  let workbench: Workbench;
  beforeAll(async () => {
    folder = tempFolder();
    folder.makeFolder("cgi-bin");
    workbench = await Workbench.create({});
    await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  });
  afterAll(async () => {
    await workbench.dispose();
    folder[Symbol.dispose]();
  });
  const ask = async (path: string) => {
    const target = utf8(`/${path}?name=longer-than-eight-bytes`);
    const sent = await workbench.sender.deliver(
      { method: utf8("GET"), target, headers: [], body: null },
      { from: "cli" },
    );
    return workbench.doctor.examined(sent);
  };
  const plain = (path: string, source: string): void => {
    folder.write(`${path}.c`, source);
    execFileSync("cc", ["-g", "-O0", "-w", "-fstack-protector-all", "-o", folder.file(path), folder.file(`${path}.c`)]);
  };

  test.each(crashingPrograms)("$what", async ({ what, kind, signal, source, line }) => {
    const path = `cgi-bin/${what.replaceAll(" ", "-")}`;
    plain(path, source);
    const before = readFileSync(folder.file(path));
    const crashed = await ask(path);
    if (signal !== null) expect(crashed.process?.signal).toBe(signal);
    if (signal !== null && hasDebugger) {
      const own = (await workbench.scripts.frames(crashed.id)).filter((frame) => frame.path === `${path}.c`);
      // the check for an overflow is at the end of the function
      expect(own[0]?.line).toBe(kind === "stack-buffer-overflow" ? source.split("\n").length - 1 : line);
    }
    const workspace = workbench.folder.workspace();
    const { token, program: made, messages } = await workbench.scripts.compile(workspace, { ...asked, path });
    expect([made, messages.filter(({ severity }) => severity === "error")]).toEqual([path, []]);
    const { findings } = await ask(path);
    const [first] = findings;
    expect(first?.rule, JSON.stringify(findings, null, 1)).toBe("address-sanitizer");
    expect(first?.evidence[0]).toEqual({ kind: "file", path: folder.file(`${path}.c`), line });
    expect(first?.evidence).toContainEqual({ kind: "quote", of: "AddressSanitizer", text: kind });
    await workbench.scripts.fixes.undo(token ?? "");
    expect(readFileSync(folder.file(path)).equals(before)).toBe(true);
  });

  test("a source beside its program, with what the compiler says of it", async () => {
    const workspace = workbench.folder.workspace();
    plain("cgi-bin/form.cgi", "int main(void) { return 0; }\n");
    folder.write("cgi-bin/form.c", "int main(void) {\n  return nothing;\n}\n");
    const plan = await compilePlan(workspace, { ...asked, sanitize: false, path: "cgi-bin/form.c" });
    expect(plan).toMatchObject({ source: "cgi-bin/form.c", program: "cgi-bin/form.cgi" });
    expect(plan.command?.slice(-4)).toEqual(["-o", "cgi-bin/form.cgi", "cgi-bin/form.c", "-lm"]);
    const failed = await workbench.scripts.compile(workspace, { ...asked, path: "cgi-bin/form.c" });
    expect(failed.token).toBeNull();
    expect(failed.messages[0]).toMatchObject({ path: "cgi-bin/form.c", line: 2, severity: "error" });
    const back = await compilePlan(workspace, { ...asked, path: "cgi-bin/form.cgi" });
    expect(back.source).toBe("cgi-bin/form.c");
  });

  test.skipIf(program("c++") === null)("C++ has a line, too (needs c++)", async () => {
    const source =
      '#include <cstring>\nint main() {\n  char *b = new char[2];\n  return std::strlen(std::strcpy(b, "long"));\n}\n';
    folder.write("cgi-bin/plus.cc", source);
    const workspace = workbench.folder.workspace();
    await workbench.scripts.compile(workspace, { ...asked, path: "cgi-bin/plus.cc" });
    const { findings } = await ask("cgi-bin/plus");
    expect(findings[0]?.evidence[0]).toEqual({ kind: "file", path: folder.file("cgi-bin/plus.cc"), line: 4 });
  });
});

test("nothing is compiled or answered in a folder that is not trusted", async () => {
  using data = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", data.path); // nothing is trusted yet
  using folder = tempFolder();
  folder.write("a.c", "int main(void) { return 0; }\n");
  folder.makeFolder(answersFolder);
  folder.write(`${answersFolder}/workbenchuci`, "$ workbenchuci\nrecorded\n");
  folder.write("x.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nworkbenchuci\n");
  folder.makeExecutable("x.cgi");
  const workbench = await Workbench.create({});
  try {
    await workbench.folder.open(folder.path, { port: 0 });
    const compiling = workbench.scripts.compile(workbench.folder.workspace(), { ...asked, path: "a.c" });
    await expect(compiling).rejects.toMatchObject({ problem: coded("compile-not-trusted") });
    const answer = { command: "workbenchuci", stdout: "", exitCode: 0, readsStdin: false };
    const recording = workbench.scripts.recordAnswer(answer);
    await expect(recording).rejects.toMatchObject({ problem: coded("answers-not-trusted") });
    const request = { method: utf8("GET"), target: utf8("/x.cgi"), headers: [], body: null };
    const { env, process } = await workbench.sender.deliver(request, { from: "composer" });
    expect(process).not.toHaveProperty("answers");
    expect(env?.find(({ name }) => name === "PATH")?.value).not.toContain("cgi-workbench-commands-");
  } finally {
    await workbench.dispose();
    vi.unstubAllEnvs();
  }
});
