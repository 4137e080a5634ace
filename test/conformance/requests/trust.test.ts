// A folder from elsewhere, through the command line and the script port: what it must not run, and who is served before
// the user trusts it.
import { chmodSync, existsSync, symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { Verb } from "../../../server/cli/usage/usage.js";
import { doctorReport } from "../../../server/contract/command-output.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { trustedFoldersFile } from "../../../server/workspace/trust/trusted-folders.js";
import { commandLine, serve } from "../../support/command-line.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

/** Each verb is a process of its own, which takes seconds on a busy machine. */
vi.setConfig({ testTimeout: 240_000 });

let folder: TempFolder;
let site = "";
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("site/cgi-bin");
  site = folder.file("site");
  vi.stubEnv("XDG_DATA_HOME", folder.file("data")); // nothing is trusted yet
});
afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

function program(name: string, text: string): void {
  const above = name.slice(0, name.lastIndexOf("/"));
  folder.makeFolder(`site/${above}`);
  folder.write(`site/${name}`, text);
  folder.makeExecutable(`site/${name}`);
}
/** Leaves a mark beside the folder. */
const marking = (): string => `#!/bin/sh\ntouch ${folder.file("ran")}\n`;
const configured = (config: unknown): void => folder.write("site/cgi-workbench.json", JSON.stringify(config));
const hasRun = (): boolean => existsSync(folder.file("ran"));
const plain = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nplain'\n";

async function doctor(...args: readonly string[]) {
  const { stdout, exitCode } = await commandLine(["doctor", ...args, "--json"], { cwd: site });
  return { ...doctorReport.strict().parse(JSON.parse(stdout.toString())), exitCode };
}

describe("neither opening nor looking runs what came with the folder (B1)", () => {
  const spellings: readonly (readonly [string, string])[] = [
    ["the folder of the process", "#!/proc/self/cwd/python3"],
    ["a relative path that env takes", "#!/usr/bin/env bin/python3"],
    ["a relative path", "#!bin/python3"],
    ["dots", "#!SITE/../site/bin/python3"],
    ["a link to the folder", "#!LINK/bin/python3"],
    ["the plain path", "#!SITE/bin/python3"],
  ];
  test.each(spellings)("a shebang line that names a program of the folder by %s", async (_what, line) => {
    symlinkSync(site, folder.file("link"));
    for (const place of ["bin", "cgi-bin", "cgi-bin/bin"]) program(`${place}/python3`, marking());
    const named = line.replace("SITE", site).replace("LINK", folder.file("link"));
    program("cgi-bin/a.py", `${named}\nprint()\n`);
    program("a.py", `${named}\nprint()\n`);
    await doctor(site);
    await doctor(site, "--trust");
    await using workbench = await opened();
    for (const path of ["a.py", "cgi-bin/a.py"]) await workbench.scripts.diagnose(path, null);
    expect(hasRun()).toBe(false);
  });

  test.each(["bin", "shims"])("an interpreter in %s that the configuration names", async (place) => {
    program(`${place}/python3`, marking());
    folder.write("site/cgi-bin/a.py", "print()\n");
    configured({ handlers: { ".py": { interpreter: [`./${place}/python3`] } } });
    await doctor(site);
    await doctor(site, "--trust");
    await using workbench = await opened();
    const { fingerprint } = workbench.folder.workspace().trust;
    await workbench.folder.trust(site, fingerprint);
    await workbench.scripts.diagnose("cgi-bin/a.py", null);
    expect(hasRun()).toBe(false);
  });

  test("what an interpreter loads by itself, beside the script or by its first line", async () => {
    const ran = folder.file("ran");
    const evil = (language: string): string =>
      language === "py" ? `open(${JSON.stringify(ran)}, "w")` : `system("touch ${ran}");`;
    const files: Readonly<Record<string, string>> = {
      "a.rb": "#!/usr/bin/ruby -r./evil -I.\nputs 1\n",
      "evil.rb": evil("rb"),
      "a.pl": "#!/usr/bin/perl -I. -MEvil\nprint 1;\n",
      "begin.pl": `#!/usr/bin/perl\nBEGIN { ${evil("pl")} }\nuse lib '.'; use Evil;\nprint 1;\n`,
      "Evil.pm": `package Evil; ${evil("pl")} 1;`,
      "a.py": "#!/usr/bin/env python3\nimport json, cgi, evil\nprint(1)\n",
      "coded.py": "#!/usr/bin/env python3\n# -*- coding: evil -*-\nprint(1)\n",
      "a.php": "<?php echo 1;\n",
      ".user.ini": "auto_prepend_file = evil.php\n",
      "php.ini": "auto_prepend_file = evil.php\n",
      "evil.php": `<?php touch(${JSON.stringify(ran)});`,
      "a.sh": `#!/bin/sh $(touch ${ran})\n\`touch ${ran}\`\n`,
      "a.js": "#!/usr/bin/env node\nrequire('./evil')\n",
      "evil.js": `require("fs").writeFileSync(${JSON.stringify(ran)}, "")`,
    };
    for (const name of ["json", "cgi", "evil", "sitecustomize", "usercustomize", "encodings", "ast", "tokenize"])
      for (const place of ["", "cgi-bin/"]) folder.write(`site/${place}${name}.py`, evil("py"));
    for (const [name, text] of Object.entries(files))
      for (const place of ["", "cgi-bin/"]) program(`${place}${name}`, text);
    await doctor(site);
    await using workbench = await opened();
    for (const name of Object.keys(files))
      for (const place of ["", "cgi-bin/"])
        if (!name.startsWith(".")) await workbench.scripts.diagnose(`${place}${name}`, null);
    expect(hasRun()).toBe(false);
  });

  test("a worker process that shall always run", async () => {
    program("x.fcgi", marking());
    program("evil", marking());
    folder.write("site/a.php", "<?php\n");
    configured({
      handlers: { ".php": { interpreter: ["./evil"], mode: "php-cgi", start: "always" } },
      scripts: { "x.fcgi": { start: "always", mode: "fastcgi" } },
    });
    await using workbench = await opened();
    expect(workbench.server.workers?.list()).toEqual([]);
    await workbench.folder.workspace().list();
    expect(hasRun()).toBe(false);
  });
});

test("a version manager's shim is not started for a check: the folder chooses what it starts (C1)", async () => {
  for (const name of ["python3", "ruby"]) {
    folder.makeFolder("manager/shims");
    folder.write(`manager/shims/${name}`, '#!/bin/sh\n[ -f .tool-versions ] && exec "$PWD/../evil/program"\nexit 1\n');
    folder.makeExecutable(`manager/shims/${name}`);
  }
  for (const place of ["", "cgi-bin/"]) {
    folder.write(`site/${place}.tool-versions`, "python path:../evil\n");
    program(`${place}a.py`, "#!/usr/bin/env python3\nprint()\n");
    program(`${place}a.rb`, "#!/usr/bin/env ruby\nputs 1\n");
    folder.write(`site/${place}b.py`, "print()\n");
  }
  program("evil/program", marking());
  folder.copyIn("evil", folder.file("site/evil"));
  configured({ inherit: ["HOME"] });
  folder.makeFolder("bin");
  folder.makeFolder("mise/shims"); // whose shims are links to the manager itself
  folder.write("mise/mise", folder.read("manager/shims/python3"));
  folder.makeExecutable("mise/mise");
  symlinkSync(folder.file("mise/mise"), folder.file("mise/shims/python3"));
  symlinkSync(folder.file("mise/shims/python3"), folder.file("bin/python3"));
  for (const first of ["manager/shims", "mise/shims", "bin"]) {
    vi.stubEnv("PATH", `${folder.file(first)}:${process.env["PATH"]}`);
    await doctor(site);
    await using workbench = await opened();
    for (const name of ["a.py", "a.rb", "b.py", "cgi-bin/a.py", "cgi-bin/a.rb", "cgi-bin/b.py"])
      await workbench.scripts.diagnose(name, null);
    const { unchecked } = await workbench.scripts.diagnose("cgi-bin/a.py", null);
    expect(unchecked).toMatchObject({ code: "interpreter-is-shim" });
    expect(hasRun()).toBe(false);
  }
});

test("a check loads no module of the folder through an empty entry in PYTHONPATH (C1)", async () => {
  program("cgi-bin/a.py", "#!/usr/bin/env python3\nprint()\n");
  for (const name of ["ast", "sitecustomize"])
    folder.write(`site/cgi-bin/${name}.py`, `import os\nos.system("touch ${folder.file("ran")}")\n`);
  folder.write("site/cgi-workbench.json", JSON.stringify({ inherit: ["PYTHONPATH"] }));
  vi.stubEnv("PYTHONPATH", `:${folder.path}`);
  await doctor(site);
  await using workbench = await opened();
  await workbench.scripts.diagnose("cgi-bin/a.py", null);
  expect(hasRun()).toBe(false);
});

test.each(["", ".", "bin"])(
  "an interpreter for a check finds no program of the folder by %j in PATH (C1)",
  async (entry) => {
    folder.makeFolder("machine");
    folder.write("machine/python3", '#!/bin/sh\nhelper-of-python "$@"\n');
    folder.makeExecutable("machine/python3");
    for (const place of ["", "bin/", "cgi-bin/"]) program(`${place}helper-of-python`, marking());
    program("cgi-bin/a.py", "#!/usr/bin/env python3\nprint()\n");
    vi.stubEnv("PATH", `${entry}:${folder.file("machine")}:${process.env["PATH"]}`);
    await doctor(site);
    await using workbench = await opened();
    await workbench.scripts.diagnose("cgi-bin/a.py", null);
    await workbench.folder.workspace().grantTrust(workbench.folder.workspace().trust.fingerprint);
    await workbench.scripts.diagnose("cgi-bin/a.py", null);
    expect(hasRun()).toBe(false);
  },
);

test.each(["", ".", "site"])("HOME=%j: a folder brings no record of its own trust (C5)", async (HOME) => {
  folder.makeFolder("site/.local/share/cgi-workbench");
  const record = JSON.stringify({ schema: 1, folders: {}, below: ["/"] });
  folder.write("site/.local/share/cgi-workbench/trusted-folders.json", record);
  program("evil", marking());
  folder.write("site/a.py", "print()\n");
  configured({ handlers: { ".py": { interpreter: ["./evil"] } } });
  const { XDG_DATA_HOME: _, ...env } = process.env;
  for (const cwd of [site, folder.path])
    await commandLine(["doctor", folder.file("site/a.py")], { cwd, env: { ...env, HOME } });
  expect(hasRun()).toBe(false);
});

test.skipIf(process.getuid?.() !== 0)(
  "a user whom the system does not know can use every verb (C11) (needs root)",
  async () => {
    program("cgi-bin/plain.sh", plain);
    chmodSync(folder.path, 0o755);
    const options = { cwd: "/", env: { PATH: process.env["PATH"] ?? "" }, uid: 4321 };
    const { stdout, stderr, exitCode } = await commandLine(["request", site, "/cgi-bin/plain.sh"], options);
    expect([stdout.toString(), exitCode]).toEqual(["plain", 0]);
    const outputs = [stderr];
    // `open` starts a browser, and `serve` is below.
    const all: Record<Exclude<Verb, "open" | "serve">, readonly string[]> = {
      ...{
        link: [site],
        doctor: [site],
        untrust: [site],
        adopt: [site],
        request: [site, "/"],
        servers: [site, "/"],
        test: [site],
        probe: [site, "/"],
        try: [site, "/", "--vary", "query.x=1"],
      },
      ...{ fcgi: ["127.0.0.1:1", "/"], traces: [site], trace: [site, "x", "--json"], replay: [site, "x"] },
      ...{ capsule: [site, "x"], import: [site, folder.file("site/cgi-bin/plain.sh")], bench: [site, "/"] },
      ...{ leaks: [site, "/"], startup: [site, "/"], wrap: [folder.file("site/cgi-bin/plain.sh")], agent: ["python"] },
      ...{ dap: [], mcp: [site], lesson: ["list"], deploy: [site, "--to", "nginx", "--out", folder.file("kit")] },
    };
    for (const [verb, args] of Object.entries(all)) outputs.push((await commandLine([verb, ...args], options)).stderr);
    expect(outputs.filter((words) => /^\s+at /m.test(words))).toEqual([]);
    await using serving = await serve([site, "--port", "0", "--no-ui"], options);
    expect((await fetch(`${serving.ready.scripts}/cgi-bin/plain.sh`)).status).toBe(200);
  },
);

async function opened(): Promise<Workbench & AsyncDisposable> {
  const workbench = await Workbench.create();
  await workbench.folder.open(site, { port: 0 });
  workbench.folder.workspace().askVersions(); // as the Server view does
  return Object.assign(workbench, { [Symbol.asyncDispose]: () => workbench.dispose() });
}
const get = (workbench: Workbench, target: string, headers: Record<string, string> = {}) =>
  fetch(`${workbench.server.servingAddress().url}${target}`, { headers });
async function composed(workbench: Workbench, target: string) {
  const request = { method: utf8("GET"), target: utf8(target), headers: [], body: null };
  const { id, response, cause } = await workbench.sender.deliver(request, { from: "composer" });
  return { id, answer: { status: response?.status, code: cause?.code ?? null } };
}

test("until the folder is trusted, the composer and the shown page are served, others get 503", async () => {
  program("cgi-bin/plain.sh", plain);
  folder.write("site/a.txt", "text");
  await using workbench = await opened();
  const first = await composed(workbench, "/cgi-bin/plain.sh");
  expect(first.answer).toEqual({ status: 200, code: null });
  for (const target of ["/cgi-bin/plain.sh", "/a.txt"]) {
    expect((await get(workbench, target)).status).toBe(503);
    expect((await get(workbench, target, { "Sec-Fetch-Site": "none" })).status).toBe(503); // an address that was typed
    expect((await get(workbench, target, { "Sec-Fetch-Site": "same-origin" })).status).toBe(200);
  }
  const codes = [...workbench.traces.after(first.id, 20)].map(({ cause }) => cause?.code ?? null);
  expect(codes).toEqual(["folder-untrusted", "folder-untrusted", null, "folder-untrusted", "folder-untrusted", null]);
  await workbench.folder.trust(site, workbench.folder.workspace().trust.fingerprint);
  expect((await get(workbench, "/cgi-bin/plain.sh")).status).toBe(200);
});

test("a request that needs a waiting setting is refused, and not served from the folder", async () => {
  program("cgi-bin/a.py", "#!/bin/sh\n");
  folder.write("site/cgi-bin/b.py", "print()\n");
  folder.makeFolder("site/disk");
  folder.write("site/disk/hostname", "mine");
  configured({
    handlers: { ".py": { interpreter: ["python3", "-X", "utf8"] }, ".php": { address: "unix:php.sock" } },
    routes: [
      { path: "/disk/", dir: "/etc" },
      { path: "/app/", address: "unix:app.sock" },
      { path: "/f", file: "b.py" },
    ],
  });
  folder.write("site/c.php", "<?php\n");
  await using workbench = await opened();
  const codes: Record<string, unknown> = {};
  for (const target of ["/disk/hostname", "/app/x", "/f", "/cgi-bin/b.py", "/c.php"])
    codes[target] = (await composed(workbench, target)).answer;
  expect(codes).toEqual({
    "/disk/hostname": { status: 503, code: "route-untrusted" },
    "/app/x": { status: 503, code: "route-untrusted" },
    "/f": { status: 503, code: "route-untrusted" },
    "/cgi-bin/b.py": { status: 503, code: "handler-untrusted" },
    "/c.php": { status: 503, code: "handler-untrusted" },
  });
});

test("a folder's host opens the server to other machines only with --host (R3)", async () => {
  configured({ server: { host: "0.0.0.0" } });
  const hostOf = async (...args: readonly string[]) => {
    await using serving = await serve([site, "--port", "0", "--no-ui", ...args]);
    return new URL(serving.ready.scripts).hostname;
  };
  expect(await hostOf()).toBe("127.0.0.1");
  expect(await hostOf("--host", "0.0.0.0")).toBe("0.0.0.0");
});

test("the verbs that run scripts trust the folder for their run alone", async () => {
  program("bin/own", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nits own'\n");
  folder.write("site/cgi-bin/a.py", "print()\n");
  configured({ handlers: { ".py": { interpreter: ["./bin/own"] } } });
  const { stdout, exitCode } = await commandLine(["request", site, "/cgi-bin/a.py"]);
  expect([stdout.toString(), exitCode]).toEqual(["its own", 0]);
  const measured = await commandLine(["bench", site, "/cgi-bin/a.py", "--modes", "cgi", "--seconds", "0.5"]);
  expect(measured.exitCode, measured.stderr).toBe(0);
  expect(existsSync(trustedFoldersFile({ XDG_DATA_HOME: folder.file("data") }))).toBe(false);
});

test("doctor runs a script with --trust alone", async () => {
  program("cgi-bin/plain.sh", plain);
  const script = folder.file("site/cgi-bin/plain.sh");
  const without = await doctor(script);
  expect([without.exitCode, without.scripts[0]?.request]).toEqual([1, null]);
  const trusted = await doctor(script, "--trust");
  expect(trusted.scripts[0]?.request?.status).toBe(200);
});

test("untrust ends the trust in a folder, however it is spelt, also when the folder is gone", async () => {
  configured({ links: ["/etc"] });
  const trusted = async () => {
    await using workbench = await opened();
    const workspace = workbench.folder.workspace();
    await workbench.folder.trust(site, workspace.trust.fingerprint);
  };
  const isTrusted = async () => {
    await using workbench = await opened();
    return workbench.folder.workspace().isTrusted;
  };
  symlinkSync(site, folder.file("link"));
  for (const [args, cwd] of [
    [[], site],
    [["../link"], site],
    [[site], folder.path],
  ] as const) {
    await trusted();
    expect(await isTrusted()).toBe(true);
    expect((await commandLine(["untrust", ...args], { cwd })).exitCode).toBe(0);
    expect(await isTrusted()).toBe(false);
  }
  await trusted();
  folder.remove("site");
  expect((await commandLine(["untrust", site])).exitCode).toBe(0);
  folder.makeFolder("site/cgi-bin");
  configured({ links: ["/etc"] });
  expect(await isTrusted()).toBe(false);
  expect((await commandLine(["untrust", site, site])).exitCode).toBe(2);
});
