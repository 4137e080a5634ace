// The launch files in a project of their own, where nothing is installed or built.
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { within } from "../../support/wait-for.js";

let project: TempFolder;
beforeEach(() => {
  project = tempFolder();
  copyIn("electron/launch");
});
afterEach(() => project[Symbol.dispose]());

const copyIn = (path: string, to = path): void => project.copyIn(to, join(repositoryRoot, path));
function write(path: string, text: string): void {
  project.makeFolder(join(path, ".."));
  project.write(path, text);
}
function writeProgram(path: string, text: string): void {
  write(path, text);
  project.makeExecutable(path);
}

/** Runs Node in the project. */
const node = (args: readonly string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, args, {
    cwd: project.path,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: project.path, ...env },
    timeout: 30_000,
    killSignal: "SIGKILL", // SIGTERM is what the program waits for
  });
const asModule = (code: string): readonly string[] => ["--input-type=module", "-e", code];
/** What an expression with something of a launch file is, as it prints itself. */
function evaluate(name: string, file: string, expression: string, env: NodeJS.ProcessEnv = {}): string {
  const code = `import { ${name} } from "./electron/launch/${file}"; console.log(${expression})`;
  const { stdout, stderr } = node(asModule(code), env);
  expect(stderr).not.toContain("    at ");
  return stdout.trim();
}

test.each(
  ["electron/launch/start.mjs", "electron/launch/dev.mjs", "electron/launch/build.mjs"].concat(
    "electron/launch/package.mjs",
    "test/run.mjs",
  ),
)("%s refuses an older Node in one line", (script) => {
  for (const path of ["test/run.mjs", "test/support/run"]) copyIn(path);
  const pretends = `Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.19.0"}})`;
  const { status, stdout, stderr } = node(["--import", `data:text/javascript,${pretends}`, script]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr.trim().split("\n")).toEqual([expect.stringContaining("18.19.0")]);
});

test("the Nodes that Vite and Electron's installer run on are accepted, those between them are not", () => {
  const isAccepted = `(node) => {
    Object.defineProperty(process, "versions", { value: { ...process.versions, node } });
    try {
      ensureSupported();
      return true;
    } catch (error) {
      if (!error.message.includes(node)) throw error;
      return false;
    }
  }`;
  const nodes = ["20.18.3", "20.19.0", "21.7.3", "22.11.0", "22.12.0", "23.1.0", "24.0.0"];
  const accepted = `${JSON.stringify(nodes)}.filter(${isAccepted}).join(" ")`;
  expect(evaluate("ensureSupported", "launch.mjs", accepted)).toBe("20.19.0 22.12.0 23.1.0 24.0.0");
});

describe("node_modules", () => {
  const { platform, arch } = process;
  const packages = {
    "": {},
    "node_modules/plain": { version: "1.0.0", integrity: "plain" },
    "node_modules/here": { version: "1.0.0", integrity: "here", optional: true, os: [platform], cpu: [arch] },
    "node_modules/elsewhere": { version: "1.0.0", integrity: "elsewhere", optional: true, os: ["aix"], cpu: [arch] },
    "node_modules/other-libc": { version: "1", optional: true, os: [platform], cpu: [arch], libc: ["none"] },
    "node_modules/of-elsewhere": { version: "1.0.0", integrity: "of-elsewhere", optional: true },
  };

  test.each([
    ["are complete without what is for other systems", ["plain", "here"], "true"],
    ["are not without a package", ["here"], "false"],
    ["are not without what is for this system, as when they come from another", ["plain", "elsewhere"], "false"],
  ])("%s", (_, names, is) => {
    const there = Object.entries(packages).filter(([path]) => names.includes(path.slice("node_modules/".length)));
    write("package-lock.json", JSON.stringify({ packages }));
    write("node_modules/.package-lock.json", JSON.stringify({ packages: Object.fromEntries(there) }));
    expect(evaluate("isInstalled", "install.mjs", "isInstalled()")).toBe(is);
  });

  test.each([
    ["yarn.js", "bin/npm"],
    ["npm-cli.js", "npm-cli.js"],
  ])("when %s runs the launcher, %s installs them", (runner, ran) => {
    write(runner, `require("node:fs").writeFileSync("ran", "${runner}")`);
    writeProgram("bin/npm", "#!/bin/sh\necho bin/npm >ran\n");
    const env = { npm_execpath: project.file(runner), PATH: `${project.file("bin")}:${process.env["PATH"]}` };
    expect(node(["electron/launch/install.mjs"], env).status).toBe(0);
    expect(project.read("ran").trim()).toBe(ran);
  });
});

test("the sources are all files but those of editors, hidden ones too, and the documents", () => {
  const documents = ["docs/tour.md", "docs/modes.md"];
  const files = [...documents, "package.json", "package-lock.json", "tsconfig.json", "renderer/a.ts", "server/a.ts"];
  for (const path of files) write(path, "");
  const hash = (): string => evaluate("sourcesHash", "build.mjs", "sourcesHash()");
  const before = hash();
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  for (const name of [".a.ts.swp", "a.ts~", "#a.ts#", ".DS_Store"]) write(`server/${name}`, "");
  symlinkSync("user@machine.1013", project.file("server/.#a.ts"));
  symlinkSync("nothing", project.file("server/b.ts"));
  expect(hash()).toBe(before);
  const hashes = [before];
  for (const path of [...documents, "server/.htaccess"]) {
    write(path, "changed");
    hashes.push(hash());
  }
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("what `npm run dev` writes is not taken for the build of the sources", () => {
  const packages = JSON.stringify({ packages: { "": {} } });
  for (const path of ["package-lock.json", "node_modules/.package-lock.json"]) write(path, packages);
  write("node_modules/vite/package.json", '{ "type": "module", "exports": "./vite.js" }');
  write(
    "node_modules/vite/vite.js",
    `import { existsSync } from "node:fs";
     export const runnerImport = async () => ({ module: { contentSecurityPolicy: () => "" } });
     const server = { resolvedUrls: { local: ["http://127.0.0.1:1/"] } };
     export const createServer = async () => ({ listen: async () => server });
     export const build = async () => {
       console.log(existsSync("dist/.sources"));
       process.exit(0);
     };`,
  );
  write("dist/.sources", "built");
  expect(node(["electron/launch/dev.mjs"]).stdout.trim()).toBe("false");
});

test("the command that prints another address can be typed in a shell", () => {
  const name = "it's here";
  copyIn("electron/launch", `${name}/electron/launch`);
  write(`${name}/package.json`, '{ "type": "module" }');
  write(
    `${name}/dist/node/browser-shell.js`,
    `export const startBrowserShell = ({ onReady }) => {
       onReady("http://127.0.0.1:1/");
       setImmediate(() => process.emit("SIGTERM"));
       return { stop: () => {} };
     };`,
  );
  write(`${name}/dist/node/cli.js`, "console.log(process.argv.slice(2).join())");
  const code = `import { runBrowser } from "./${name}/electron/launch/browser.mjs"; await runBrowser({})`;
  const { stderr } = node(asModule(code), { DISPLAY: "", WAYLAND_DISPLAY: "" });
  const [, command = "false"] = /“(node .+ link) FOLDER”/.exec(stderr) ?? [];
  expect(spawnSync("sh", ["-c", `${command} x`], { cwd: project.path, encoding: "utf8" }).stdout).toBe("link,x\n");
});

test("a server that is restarted is announced before its address, in the page that the one browser gets", () => {
  write("package.json", '{ "type": "module" }');
  write(
    "dist/node/browser-shell.js",
    `import { existsSync, readFileSync } from "node:fs";
     export const startBrowserShell = ({ onReady }) => {
       for (const address of ["http://first/", "http://second/", null]) onReady(address);
       const look = setInterval(() => {
         const [file, end] = existsSync("opened") ? readFileSync("opened", "utf8").split("\\n") : [];
         if (end === undefined) return;
         clearInterval(look);
         console.log(/http:[^"]+/.exec(readFileSync(file, "utf8"))[0]);
         process.emit("SIGTERM");
       }, 10);
       return { stop: () => {} };
     };`,
  );
  writeProgram(
    process.platform === "darwin" ? "bin/open" : "bin/xdg-open",
    `#!/bin/sh\necho "$1" >>"${project.file("opened")}"\n`,
  );
  const code = 'import { runBrowser } from "./electron/launch/browser.mjs"; await runBrowser({})';
  const { stdout } = spawnSync("sh", ["-c", 'exec "$@" 2>&1', "sh", process.execPath, ...asModule(code)], {
    cwd: project.path,
    encoding: "utf8",
    env: {
      ...process.env,
      ...{ DISPLAY: ":none", HOME: project.path, TMPDIR: project.path, INIT_CWD: project.path },
      PATH: `${project.file("bin")}:${process.env["PATH"]}`,
    },
    timeout: 30_000,
    killSignal: "SIGKILL", // SIGTERM is what the program waits for
  });
  const lines = stdout.trim().split("\n");
  expect(lines.map((line) => (line.startsWith("http:") ? line : "words"))).toEqual([
    ...["http://first/", "words"],
    ...["words", "http://second/", "words"],
    "http://second/",
  ]);
  expect(project.read("opened").trim().split("\n")).toHaveLength(1);
});

describe("Electron", () => {
  /** Variables of this process that would change what is tested. */
  const none = { HTTPS_PROXY: "", https_proxy: "", HTTP_PROXY: "", http_proxy: "", ELECTRON_GET_USE_PROXY: "" };
  const env = { ...none, npm_config_https_proxy: "", npm_config_proxy: "", ELECTRON_OVERRIDE_DIST_PATH: "" };
  /** Why the desktop app does not run with this installer. */
  function why(installer: string, its: NodeJS.ProcessEnv = {}): string {
    write("node_modules/electron/install.js", installer);
    const desktop = 'await runDesktop({ flags: ["--no-sandbox"] }).then(({ why }) => why)';
    return evaluate("runDesktop", "desktop.mjs", desktop, { DISPLAY: ":none", ...env, ...its });
  }

  test.each<[string, NodeJS.ProcessEnv, string]>([
    ["HTTPS_PROXY", { HTTPS_PROXY: "http://a:1" }, "true http://a:1"],
    ["http_proxy", { http_proxy: "http://a:1" }, "true "],
    ["npm's https-proxy", { npm_config_https_proxy: "http://b:2" }, "true http://b:2"],
    ["npm's proxy", { npm_config_proxy: "http://c:3" }, "true http://c:3"],
    [
      "the environment's own before npm's",
      { HTTPS_PROXY: "http://a:1", npm_config_proxy: "http://c:3" },
      "true http://a:1",
    ],
    ["none", {}, " "],
  ])("is fetched through the proxy that is set: %s", (_, its, used) => {
    why(
      `require("node:fs").writeFileSync("used", process.env.ELECTRON_GET_USE_PROXY + " " + process.env.HTTPS_PROXY)`,
      its,
    );
    expect(project.read("used")).toBe(used);
  });

  test.each([
    ["an error", 'throw new Error("the disk is full")', "the disk is full"],
    ["no error, and no Electron", 'console.error("not for today")', "not for today"],
    ["no network", 'throw new TypeError("fetch failed")', "ELECTRON_MIRROR"],
  ])("that could not be fetched: the reason is the installer's: %s", (_, installer, reason) => {
    expect(why(installer)).toContain(reason);
  });

  test("goes on when nobody reads what it writes any more", async () => {
    writeProgram(
      "dist/electron",
      `#!${process.execPath}
       process.send("shown", () => {
         process.stdin.destroy();
         setTimeout(() => {
           for (let i = 0; i < 1024; i++) require("node:fs").writeSync(2, "x".repeat(1023) + "\\n");
           process.exit(0);
         }, 100);
       });`,
    );
    const code = `import { runDesktop } from "./electron/launch/desktop.mjs";
      process.exit((await runDesktop({ flags: ["--no-sandbox"] })).exitCode)`;
    const launcher = spawn(process.execPath, asModule(code), {
      cwd: project.path,
      env: { ...process.env, DISPLAY: ":none", ELECTRON_OVERRIDE_DIST_PATH: project.file("dist") },
      stdio: ["ignore", "ignore", "pipe"],
    });
    launcher.stderr.destroy();
    try {
      expect(await within("it ends", once(launcher, "exit"), 20_000)).toEqual([0, null]);
    } finally {
      launcher.kill("SIGTERM");
    }
  });
});
