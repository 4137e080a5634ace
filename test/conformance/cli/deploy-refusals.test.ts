// What `cgi-workbench deploy` says before it writes a kit, what it refuses, and names that are hostile to each format.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("shop/cgi-bin");
});
afterEach(() => folder[Symbol.dispose]());

const python = "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n')\n";
function script(name: string, text = python): void {
  folder.write(`shop/${name}`, text);
  folder.makeExecutable(`shop/${name}`);
}
const configured = (value: object): void => folder.write("shop/cgi-workbench.json", JSON.stringify(value));

async function deployed(to: string, ...args: string[]) {
  const all = [folder.file("shop"), "--to", to, "--out", folder.file("kit"), "--json", ...args];
  const { stdout, stderr, exitCode } = await commandLine(["deploy", ...all]);
  const said: { files: string[]; notes: { code: string; data: Record<string, unknown> }[] } =
    exitCode === 0 ? JSON.parse(stdout.toString()) : { files: [], notes: [] };
  return { ...said, stderr, exitCode };
}

test("what a server cannot do is refused, or said before the kit is written", async () => {
  script("cgi-bin/shop.py", `${python}open("../shop.db")\n`);
  script("cgi-bin/kept.py");
  for (const name of ["shop.db", "other.db"]) folder.write(`shop/${name}`, "");
  folder.makeFolder("shop/cgi-bin/lib");
  folder.write("shop/cgi-bin/lib/prices.py", "");
  const scripts = { "cgi-bin/kept.py": { mode: "persistent" }, "cgi-bin/lib/prices.py": {} };
  const routes = [{ path: "/old/", redirect: { to: "/new/" } }];
  configured({ scripts, routes, variables: { DB_PASSWORD: "p", PLACE: "./cgi-bin", LANGUAGE: "de" } });
  const { notes, files } = await deployed("busybox");
  const byCode = Object.fromEntries(notes.map(({ code, data }) => [code, data]));
  expect(byCode).toMatchObject({
    "runs-as-cgi": { path: "cgi-bin/kept.py", mode: "persistent" },
    "left-out": { paths: ["shop.db"] },
    "refused-here": { paths: ["other.db"] },
    "not-run-there": { paths: ["cgi-bin/lib/prices.py"] },
    "settings-left": { settings: ["routes /old/: redirect"] },
    "secrets-empty": { names: ["DB_PASSWORD"] },
    "environment-passed-on": {},
  });
  expect(files).not.toContain("site/shop.db");
  const variables = readFileSync(folder.file("kit/.env.example"), "utf8").split("\n").slice(1);
  expect(variables.toSorted()).toEqual(["", "DB_PASSWORD=", 'LANGUAGE="de"', 'PLACE="/srv/shop/site/cgi-bin"']);

  const again = await deployed("nginx");
  expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining("exists and is not")]);
});

const refusals: readonly (readonly [named: string, to: string, prepare: () => void])[] = [
  ["cgi-bin/a b.py", "busybox", () => script("cgi-bin/a b.py")],
  ["b.py", "nginx", () => script("cgi-bin/a\nb.py")],
  ["BAD-NAME", "nginx", () => configured({ variables: { "BAD-NAME": "x" } })],
  ["TWO_LINES", "lighttpd", () => configured({ variables: { TWO_LINES: "a\nb" } })],
  ["/staff/", "busybox", () => configured({ routes: [{ path: "/staff/", auth: { realm: "R", htpasswd: "h" } }] })],
  ["app.wsgi", "busybox", () => folder.write("shop/app.wsgi", "")],
];
test("names that a format cannot have, sign-ins and modes are refused by name", async () => {
  for (const [named, to, prepare] of refusals) {
    folder.remove("shop");
    folder.makeFolder("shop/cgi-bin");
    script("cgi-bin/shop.py");
    prepare();
    const { exitCode, stderr } = await deployed(to);
    expect([named, exitCode, stderr.includes(named)]).toEqual([named, 1, true]);
    expect(existsSync(folder.file("kit"))).toBe(false);
  }
  for (const option of ["--at=/srv/$(x)", "--name=A B", "--port=0", "--to=iis"])
    expect([option, (await deployed("nginx", option)).exitCode]).toEqual([option, 2]);
}, 120_000);

// Code for a shell, for a configuration, for YAML, and what no host can be.
const hostile = [
  "$(reboot)",
  "`reboot`",
  "a;b",
  "a b",
  "a'b",
  'a"b',
  "a{b}",
  "a\\b",
  "a/b",
  "a:80",
  "a#b",
  "a%b",
  "a|b",
  "a&b",
  "*",
  "a?b",
  "<a>",
  "[::1]",
  "ü.example",
  "A_b",
  "-x",
  "..",
  "a\nb",
];
test("hosts that a configuration would take for code, or that are none, are refused by name", async () => {
  script("cgi-bin/shop.py");
  const said = await Promise.all(hostile.map((host) => deployed("nginx", `--host=${host}`)));
  for (const [index, host] of hostile.entries())
    expect(said[index]).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(host) });
  expect(existsSync(folder.file("kit"))).toBe(false);
}, 120_000);

test("a host is in the configuration, or is refused by name", async () => {
  script("cgi-bin/shop.py");
  for (const to of ["busybox", "container", "knative", "openfaas"]) {
    const { exitCode, stderr } = await deployed(to, "--host=shop.example");
    expect([to, exitCode, stderr.includes("shop.example")]).toEqual([to, 1, true]);
  }
  for (const [to, words, path = "shop.conf"] of [
    ["compose", 'server_name "shop.example";', "front/app.conf"],
    ["kubernetes", 'host: "shop.example"', "kubernetes.yaml"],
    ["lighttpd", '$HTTP["host"] =~ "(?i)^shop\\x2eexample(:\\d+)?$" {'],
    ["haproxy", "unless { req.hdr(host) -i -m reg '^shop\\x2eexample(:[0-9]+)?$' }"],
    ["h2o", '"shop.example:80":'],
  ] as const) {
    expect((await deployed(to, "--host=shop.example")).exitCode).toBe(0);
    expect([to, readFileSync(folder.file(`kit/${path}`), "utf8").includes(words)]).toEqual([to, true]);
    folder.remove("kit");
  }
}, 120_000);

test("of one script, the kit has that script and its modules", async () => {
  script("cgi-bin/shop.py");
  script("cgi-bin/other.py");
  folder.write("shop/cgi-bin/prices.py", "");
  const { stdout } = await commandLine([
    "deploy",
    folder.file("shop/cgi-bin/shop.py"),
    "--to",
    "nginx",
    "--out",
    folder.file("kit"),
  ]);
  const files = stdout
    .toString()
    .split("\n")
    .filter((path) => path.startsWith("site/"));
  expect(files).toEqual(["site/cgi-bin/prices.py", "site/cgi-bin/shop.py"]);
});

test.skipIf(program("haproxy") === null)("HAProxy takes its configuration (needs haproxy)", async () => {
  script("cgi-bin/shop.py");
  configured({ scripts: { "cgi-bin/shop.py": { mode: "persistent" } }, routes: [{ path: "/a/", deny: ["*.x"] }] });
  const { notes } = await deployed("haproxy");
  expect(notes).toContainEqual(expect.objectContaining({ code: "not-tried" }));
  const { stderr, status } = spawnSync("haproxy", ["-c", "-f", folder.file("kit/shop.conf")], { encoding: "utf8" });
  expect([status, stderr.split("\n").filter((line) => !line.startsWith("[NOTICE]"))]).toEqual([0, [""]]);
});

test.skipIf(program("systemd-analyze") === null).each([
  ["nginx", 14],
  ["busybox", 1],
] as const)("systemd reads the units of a kit for %s (needs systemd-analyze)", async (to, count) => {
  const odd = "cgi-bin/it's 5% $x.py";
  const mode = (which: string) => ({ mode: which });
  script("cgi-bin/shop.py", `${python}open("data/list", "a")\n`);
  if (to !== "busybox") {
    script(odd);
    script("cgi-bin/forked.py");
    for (const name of ["app.wsgi", "app.psgi", "config.ru", "page.php"]) folder.write(`shop/${name}`, "");
    configured({ scripts: { [odd]: mode("persistent"), "cgi-bin/forked.py": mode("prefork") } });
  }
  expect((await deployed(to)).exitCode).toBe(0);
  const at = folder.file("kit/systemd");
  const units = readdirSync(at).filter((unit) => /\.(service|socket)$/.test(unit));
  expect([to, units.length]).toEqual([to, count]);
  for (const unit of units.filter((each) => each.endsWith(".service"))) {
    const one = unit.replace("@.", "@1.");
    if (one !== unit) copyFileSync(`${at}/${unit}`, `${at}/${one}`);
    const socket = one === unit ? [] : [`${at}/${unit.replace("@.service", ".socket")}`];
    const verified = spawnSync("systemd-analyze", ["verify", `${at}/${one}`, ...socket], { encoding: "utf8" });
    expect([unit, verified.stderr]).toEqual([unit, ""]);
    const rated = spawnSync("systemd-analyze", ["security", "--offline=true", "--threshold=39", `${at}/${one}`]);
    expect([unit, rated.status]).toEqual([unit, 0]);
  }
});
