// The packaged app, with the fuses that it ships with: what lies in it, that its native modules, its server process and
// its page work out of the archive, and that nothing turns its program into another one. The core specs run in it, too.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { getConfig } from "app-builder-lib/out/util/config/config.js";
import { z } from "zod";
import { repositoryRoot } from "../support/repository.js";
import { copyWorkspace, tempFolder } from "../support/temp-workspace.js";
import { builtAgents } from "./built-agents.js";
import { packagedProgram, startAgain } from "./packaged-shell.js";
import { expect, test } from "./shell.js";

/** The states of a fuse in a binary: the characters "0" and "1". */
const states = { 48: false, 49: true } as const;

test.beforeEach(() => {
  const why = process.env["TEST_NO_PACKAGED"];
  test.skip(why !== undefined, why ?? "");
});

interface Entries {
  readonly files?: Readonly<Record<string, Entries>> | undefined;
}
const entries: z.ZodType<Entries> = z.lazy(() => z.object({ files: z.record(z.string(), entries).optional() }));

/** The paths in an archive, each beginning with a slash. Its header: three lengths, that of a text, and the text. */
function filesOf(archive: string): string[] {
  const file = openSync(archive, "r");
  try {
    const lengths = Buffer.alloc(16);
    readSync(file, lengths, 0, 16, 0);
    const text = Buffer.alloc(lengths.readUInt32LE(12));
    readSync(file, text, 0, text.length, 16);
    const below = (path: string, { files }: Entries): string[] =>
      files ? Object.entries(files).flatMap(([name, entry]) => below(`${path}/${name}`, entry)) : [path];
    return below("", entries.parse(JSON.parse(text.toString())));
  } finally {
    closeSync(file);
  }
}

test("the fuses in the binary are those of electron-builder.yml", async () => {
  const { electronFuses } = await getConfig(repositoryRoot, "electron-builder.yml", {});
  const { version: _, ...wire } = await getCurrentFuseWire(packagedProgram());
  const found = Object.entries(wire).map(([index, state]) => {
    const name = FuseV1Options[Number(index)] ?? index;
    return [
      name.charAt(0).toLowerCase() + name.slice(1),
      Object.entries(states).find(([code]) => code === String(state))?.[1],
    ];
  });
  expect(Object.keys(electronFuses ?? {})).toHaveLength(8);
  expect(Object.fromEntries(found)).toMatchObject({ ...electronFuses });
});

test("the archive holds the build and what it needs; native modules and agents lie outside of it", () => {
  const resources = join(dirname(packagedProgram()), "resources");
  const packed = filesOf(join(resources, "app.asar"));
  const tops = new Set(packed.map((path) => path.split("/")[1]));
  expect([...tops].sort()).toEqual(["LICENSE", "dist", "node_modules", "package.json"]);
  expect(packed.filter((path) => path.endsWith(".map") || path.includes("/.sources"))).toEqual([]);
  const modules = new Set(
    packed.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)(?=\/)/.exec(path)?.[1] ?? []),
  );
  expect(
    [...modules].filter(
      (name) => !/^(koffi|@koromix\/koffi-.*|@photostructure\/sqlite|node-gyp-build|node-addon-api)$/.test(name),
    ),
  ).toEqual([]);
  const outside = join(resources, "app.asar.unpacked");
  const unpacked = readdirSync(outside, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(outside, join(parentPath, name)));
  for (const name of ["koffi", "sqlite"])
    expect(
      unpacked.some((path) => path.includes(name) && path.endsWith(".node")),
      name,
    ).toBe(true);
  expect(unpacked.filter((path) => path.startsWith("dist/agents/")).sort()).toEqual(builtAgents());
  const notices = readFileSync(join(dirname(packagedProgram()), "THIRD-PARTY.txt"), "utf8");
  for (const name of ["react ", "monaco-editor ", "koffi ", "codicon.ttf"]) expect(notices).toContain(`\n${name}`);
});

test("scripts are started natively, in the modes of the agents too", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-workbench.json", JSON.stringify({ scripts: { "cgi-bin/hello.py": { mode: "persistent" } } }));
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  const seq = await window.send("/cgi-bin/hello.py?name=Ada");
  await expect(window.row(seq)).toHaveAttribute("data-outcome", "ok");
  await expect(window.statusBar).toContainText("hello.py: 1 worker");
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("Hello, Ada!");
  const maps = readFileSync(`/proc/${app.serverPid()}/maps`, "utf8");
  expect(maps).toMatch(/app\.asar\.unpacked\/.*koffi.*\.node/);
  await window.runCommand("Show server");
  await expect(window.page.getByRole("region", { name: "Server", exact: true })).toContainText(
    "native, by posix_spawn",
  );
});

test("neither the environment nor an argument makes another program of it", async ({ app, folder, window }) => {
  await window.isReady();
  expect(app.serverPid()).toBeGreaterThan(0);
  using marks = tempFolder();
  const mark = `require("node:fs").writeFileSync(${JSON.stringify(marks.file("ran"))}, "")`;
  marks.write("mark.cjs", mark);
  const attempts: readonly (readonly [NodeJS.ProcessEnv, string[]])[] = [
    [{ ELECTRON_RUN_AS_NODE: "1" }, [`--eval=${mark}`]],
    [{ NODE_OPTIONS: `--require ${marks.file("mark.cjs")}` }, []],
    [{}, ["-r", marks.file("mark.cjs")]],
  ];
  for (const [more, args] of attempts)
    await startAgain(folder.file("profile"), args, {
      ...process.env,
      XDG_DATA_HOME: folder.file("profile-data"),
      ...more,
    });
  expect(existsSync(marks.file("ran"))).toBe(false);
});
