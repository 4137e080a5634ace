// Copying the examples where a person says, and putting them back: nothing of anybody's is ever written over.
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { samples as catalogue } from "../../../server/samples/catalogue.js";
import { copySamples } from "../../../server/samples/copy-samples.js";
import { languages } from "../../../server/samples/languages.js";
import { Samples } from "../../../server/samples/samples.js";
import { problem } from "../../support/coded.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { filesBelow } from "../repository/module-graph.js";

const folder = join(repositoryRoot, "server/samples");
const samples = new Samples({ folder });

test("every file of the examples is in the catalogue, and has a template's language", () => {
  const files = filesBelow("server/samples/files").map((path) => path.replace("server/samples/files/", ""));
  expect(files.filter((path) => path !== "index.html").sort()).toEqual(catalogue.map(({ file }) => file).sort());
  const templates = filesBelow("server/samples/templates").map((path) => path.replace(/^.*\//, ""));
  expect(templates.sort()).toEqual(languages.map(({ extension }) => `hello${extension}`).sort());
});

test("a copy is made into a new folder; scripts are executable, the C program is compiled", async () => {
  using temp = tempFolder();
  const root = join(temp.path, "deep/er/examples");
  expect(await samples.copy(root)).toEqual({ root, isNew: true, notCompiled: null });
  expect(statSync(join(root, "cgi-bin/sum.sh")).mode & 0o777).toBe(0o755);
  expect(statSync(join(root, "index.html")).mode & 0o111).toBe(0);
  expect(existsSync(join(root, "cgi-bin/sum"))).toBe(program("cc") !== null);
  expect(temp.read("deep/er/examples/cgi-workbench.json")).toContain('"path": "/sum"');
  expect(await samples.changes(root)).toEqual({ isSamples: true, changed: [], missing: [], hasData: false });
});

test("a copy that is there already stays as it is", async () => {
  using temp = tempFolder();
  await samples.copy(temp.path);
  temp.write("cgi-bin/sum.sh", "#!/bin/sh\nmine\n");
  expect(await samples.copy(temp.path)).toEqual({ root: temp.path, isNew: false, notCompiled: null });
  expect(temp.read("cgi-bin/sum.sh")).toBe("#!/bin/sh\nmine\n");
});

test("nothing is copied over something else, nor into a file", async () => {
  using temp = tempFolder();
  temp.write("mine.txt", "mine");
  await expect(samples.copy(temp.path)).rejects.toMatchObject({ problem: { code: "folder-not-empty" } });
  await expect(samples.copy(join(temp.path, "mine.txt"))).rejects.toMatchObject({ problem: { code: "not-a-folder" } });
  await expect(samples.copy("relative")).rejects.toMatchObject({ problem: { code: "relative-path" } });
  expect(existsSync(join(temp.path, "cgi-bin"))).toBe(false);
});

test("a copy that fails leaves nothing, so that the next one can be made", async () => {
  using temp = tempFolder();
  const file = (path: string) => ({ path, bytes: Buffer.from(path), executable: path.startsWith("cgi-bin") });
  const files = ["cgi-bin/lib/a.sh", "cgi-bin/b.sh", "page"].map(file);
  await expect(copySamples(temp.path, [...files, file("page/below-a-file")])).rejects.toThrow(problem("exists"));
  expect(readdirSync(temp.path)).toEqual([]);
  expect(await copySamples(temp.path, files)).toBe(true);
  expect(temp.read("cgi-bin/lib/a.sh")).toBe("cgi-bin/lib/a.sh");
});

test("putting back restores what was edited and removed and what scripts stored, and touches nothing else", async () => {
  using temp = tempFolder();
  await samples.copy(temp.path);
  const original = temp.read("cgi-bin/sum.sh");
  temp.write("cgi-bin/sum.sh", "#!/bin/sh\nmine\n");
  rmSync(temp.file("cgi-bin/slow.sh"));
  rmSync(temp.file("index.html"));
  temp.write("cgi-bin/own.sh", "own");
  mkdirSync(temp.file(".data"));
  temp.write(".data/guestbook.jsonl", "{}");
  expect(await samples.changes(temp.path)).toEqual({
    isSamples: true,
    changed: ["cgi-bin/sum.sh"],
    missing: expect.arrayContaining(["cgi-bin/slow.sh", "index.html"]),
    hasData: true,
  });
  expect(await samples.reset(temp.path)).toBe(3);
  expect(temp.read("cgi-bin/sum.sh")).toBe(original);
  expect(statSync(temp.file("cgi-bin/slow.sh")).mode & 0o777).toBe(0o755);
  expect(temp.read("cgi-bin/own.sh")).toBe("own");
  expect(existsSync(temp.file(".data"))).toBe(false);
  expect(await samples.changes(temp.path)).toEqual({ isSamples: true, changed: [], missing: [], hasData: false });
});

test.each([
  ["longer than any example", 2 << 20],
  ["longer than what a save compares", 65 << 20],
])("putting back restores a file that has become %s, and those after it", async (_what, sizeBytes) => {
  using temp = tempFolder();
  await samples.copy(temp.path);
  const original = temp.read("cgi-bin/sum.sh");
  truncateSync(temp.file("cgi-bin/sum.sh"), sizeBytes);
  temp.write("index.html", "mine");
  expect((await samples.changes(temp.path)).changed).toEqual(["cgi-bin/sum.sh", "index.html"]);
  expect(await samples.reset(temp.path)).toBe(2);
  expect(temp.read("cgi-bin/sum.sh")).toBe(original);
  expect(await samples.changes(temp.path)).toMatchObject({ changed: [], missing: [] });
});

test("putting back leaves a script alone that has the name of the C program", async () => {
  using temp = tempFolder();
  await samples.copy(temp.path);
  temp.write("cgi-bin/sum", "#!/bin/sh\nmine\n");
  expect(await samples.reset(temp.path)).toBe(0);
  expect(temp.read("cgi-bin/sum")).toBe("#!/bin/sh\nmine\n");
});

test("putting back follows no link out of the folder, and a folder that is no copy is left alone", async () => {
  using temp = tempFolder();
  using other = tempFolder();
  await samples.copy(temp.path);
  rmSync(temp.file("cgi-bin"), { recursive: true });
  symlinkSync(other.path, temp.file("cgi-bin"));
  await expect(samples.reset(temp.path)).rejects.toMatchObject({ problem: { code: "outside" } });
  other.write("sum.sh", "not an example");
  await expect(samples.reset(other.path)).rejects.toMatchObject({ problem: { code: "no-samples" } });
  expect(other.read("sum.sh")).toBe("not an example");
});

test("the copy leaves out languages that are missing and reports how to install them; /sum still responds", async () => {
  using temp = tempFolder();
  mkdirSync(temp.file("bin"));
  symlinkSync("/bin/sh", temp.file("bin/sh"));
  temp.write("bin/apt-get", "#!/bin/sh\n");
  temp.makeExecutable("bin/apt-get");
  const poor = new Samples({ folder, environment: { PATH: temp.file("bin") } });
  const overview = await poor.overview();
  expect(overview.languages.filter(({ path }) => path !== null).map(({ id }) => id)).toEqual(["shell"]);
  expect(overview.languages.find(({ id }) => id === "ruby")?.get).toEqual({
    command: "sudo apt-get install ruby",
    address: "https://www.ruby-lang.org/en/downloads/",
  });
  expect(overview.samples[0]).toMatchObject({ id: "sum", file: "cgi-bin/sum.sh", language: "shell" });
  await poor.copy(temp.file("copy"));
  expect(existsSync(temp.file("copy/cgi-bin/sum.py"))).toBe(false);
  expect(temp.read("copy/index.html")).toContain('href="/sum?a=1&amp;b=2"');
  expect(temp.read("copy/cgi-workbench.json")).toContain('"file": "cgi-bin/sum.sh"');
  expect(await samples.reset(temp.file("copy"))).toBeGreaterThan(0); // what was installed since comes with it
  expect(existsSync(temp.file("copy/cgi-bin/sum.py"))).toBe(true);
});

test("looking at a folder, and copying the examples, starts no interpreter", async () => {
  using temp = tempFolder();
  for (const name of ["other", "bin"]) mkdirSync(temp.file(name));
  for (const name of ["python3", "perl", "php-cgi"]) {
    temp.write(`bin/${name}`, '#!/bin/sh\n: > "$0".ran\n');
    temp.makeExecutable(`bin/${name}`);
  }
  const looked = new Samples({ folder, environment: { PATH: temp.file("bin") } });
  expect(await looked.changes(temp.file("other"))).toMatchObject({ isSamples: false });
  await looked.copy(temp.file("copy"));
  expect(await looked.changes(temp.file("copy"))).toMatchObject({ isSamples: true, changed: [], missing: [] });
  expect(readdirSync(temp.file("bin"))).toEqual(["perl", "php-cgi", "python3"]);
});

describe.skipIf(program("cc") === null)("compiling (needs cc)", () => {
  const source = (text: string): string => `#include <stdio.h>\nint main(void) { puts("${text}"); }\n`;
  const withSource = (): TempFolder => {
    const temp = tempFolder();
    temp.makeFolder("c");
    temp.write("c/hello.c", source("first"));
    return temp;
  };

  test("a program is compiled again, and nothing else is left in its folder", async () => {
    using temp = withSource();
    const output = (): string => execFileSync(temp.file("cgi-bin/hello"), { encoding: "utf8" });
    expect(await samples.compile(temp.path, "c/hello.c")).toBe("cgi-bin/hello");
    expect(output()).toBe("first\n");
    temp.write("c/hello.c", source("second"));
    await samples.compile(temp.path, "c/hello.c");
    expect(output()).toBe("second\n");
    temp.write("c/hello.c", "int main(void) {");
    await expect(samples.compile(temp.path, "c/hello.c")).rejects.toMatchObject({ problem: { code: "not-compiled" } });
    expect(output()).toBe("second\n");
    expect(readdirSync(temp.file("cgi-bin"))).toEqual(["hello"]);
  });

  test.each(["#!/bin/sh\necho mine\n", "", "\u007fEL"])("a file of the user's that has %j is kept", async (text) => {
    using temp = withSource();
    temp.makeFolder("cgi-bin");
    temp.write("cgi-bin/hello", text);
    await expect(samples.compile(temp.path, "c/hello.c")).rejects.toMatchObject({
      problem: { code: "program-name-taken", data: { path: "cgi-bin/hello", source: "c/hello.c" } },
    });
    expect(temp.read("cgi-bin/hello")).toBe(text);
    expect(readdirSync(temp.file("cgi-bin"))).toEqual(["hello"]);
  });

  test("a link or a folder that has the program's name is kept", async () => {
    using temp = withSource();
    temp.makeFolder("cgi-bin");
    temp.copyIn("mine", "/bin/sh");
    symlinkSync(temp.file("mine"), temp.file("cgi-bin/hello"));
    const taken = { problem: { code: "program-name-taken" } };
    await expect(samples.compile(temp.path, "c/hello.c")).rejects.toMatchObject(taken);
    expect(lstatSync(temp.file("cgi-bin/hello")).isSymbolicLink()).toBe(true);
    temp.remove("cgi-bin/hello");
    temp.makeFolder("cgi-bin/hello");
    await expect(samples.compile(temp.path, "c/hello.c")).rejects.toMatchObject(taken);
  });

  test("a linked cgi-bin is followed only to where the configuration permits it", async () => {
    using temp = withSource();
    using other = tempFolder();
    symlinkSync(other.path, temp.file("cgi-bin"));
    await expect(samples.compile(temp.path, "c/hello.c")).rejects.toMatchObject({ problem: { code: "outside" } });
    expect(readdirSync(other.path)).toEqual([]);
    await samples.compile(temp.path, "c/hello.c", [other.path]);
    expect(readdirSync(other.path)).toEqual(["hello"]);
  });

  test("a cgi-bin that is a file is a problem, not a fault", async () => {
    using temp = withSource();
    temp.write("cgi-bin", "mine");
    await expect(samples.compile(temp.path, "c/hello.c")).rejects.toMatchObject({
      problem: { code: "not-found", data: { path: "cgi-bin/hello", errno: "ENOTDIR" } },
    });
    expect(temp.read("cgi-bin")).toBe("mine");
  });

  test("a C source that does not compile is refused in the compiler's words", async () => {
    using temp = tempFolder();
    temp.write("wrong.c", "int main(void) { return no_such_name; }\n");
    await expect(samples.compile(temp.path, "wrong.c")).rejects.toMatchObject({
      problem: { code: "not-compiled", data: { output: expect.stringContaining("no_such_name") } },
    });
    await expect(samples.compile(temp.path, "wrong.py")).rejects.toMatchObject({ problem: { code: "not-c" } });
  });
});
