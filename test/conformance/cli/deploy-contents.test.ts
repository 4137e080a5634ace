// What is in a kit, and what is not: nothing that the workbench refuses to send, everything that a script loads.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("shop/cgi-bin");
});
afterEach(() => folder[Symbol.dispose]());

const page = 'print("Content-Type: text/plain\\n")\n';
function script(path: string, text = `#!/usr/bin/env python3\n${page}`): void {
  folder.write(`shop/${path}`, text);
  folder.makeExecutable(`shop/${path}`);
}
const configured = (value: object): void => folder.write("shop/cgi-workbench.json", JSON.stringify(value));

async function deployed(to: string, { path = "shop", options = [] as readonly string[], out: name = "kit" } = {}) {
  const out = folder.file(name);
  const all = ["deploy", folder.file(path), "--to", to, "--out", out, "--json", ...options];
  const { stdout, stderr, exitCode } = await commandLine(all);
  expect([exitCode, stderr]).toEqual([0, stderr]);
  const said: { files: string[]; notes: { code: string; data: Record<string, unknown> }[] } = JSON.parse(
    stdout.toString(),
  );
  const noted = (code: string) => said.notes.flatMap((note) => (note.code === code ? [note.data] : []));
  const site = said.files.flatMap((each) => (each.startsWith("site/") ? [each.slice(5)] : []));
  return { site, noted, read: (file: string) => readFileSync(`${out}/${file}`, "utf8"), out };
}

test("a script behind WebSockets is left out of each kit, and named where it was wanted", async () => {
  script("cgi-bin/shop.py");
  script("cgi-bin/chat.py");
  configured({ scripts: { "cgi-bin/chat.py": { mode: "websocket" } } });
  const all = await deployed("nginx");
  expect([all.site, all.noted("web-sockets-left")]).toEqual([["cgi-bin/shop.py"], [{ paths: ["cgi-bin/chat.py"] }]]);
  const one = await deployed("nginx", { path: "shop/cgi-bin/shop.py", out: "one" });
  expect([one.site, one.noted("web-sockets-left"), one.noted("not-run-there")]).toEqual([["cgi-bin/shop.py"], [], []]);
  const asked = ["deploy", folder.file("shop/cgi-bin/chat.py"), "--to", "nginx", "--out", folder.file("two"), "--json"];
  const { exitCode, stderr } = await commandLine(asked);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("websocket")]);
});

test("what the workbench refuses to send is left out and named", async () => {
  script("cgi-bin/shop.py", `#!/usr/bin/env python3\nopen("shop.db")\nopen("prices.inc")\n${page}`);
  for (const name of ["users", "own.json", "page.html", "shop.db", "old.db", "page.html~"])
    folder.write(`shop/${name}`, "x");
  for (const name of ["private/notes.txt", "private/prices.inc", "staff/list.html"]) {
    folder.makeFolder(`shop/${name.split("/")[0]}`);
    folder.write(`shop/${name}`, "x");
  }
  folder.write("outside.html", "x");
  symlinkSync(folder.file("outside.html"), folder.file("shop/outside.html"));
  symlinkSync("staff/list.html", folder.file("shop/open.html"));
  symlinkSync("users", folder.file("shop/also.txt"));
  folder.write(
    "shop/own.json",
    JSON.stringify({
      routes: [
        { path: "/private/", deny: true },
        { path: "/staff/", auth: { realm: "Staff", htpasswd: "users" } },
      ],
    }),
  );
  const options = ["--config", folder.file("shop/own.json")];
  const { site, noted } = await deployed("nginx", { options });
  expect(site).toEqual(["cgi-bin/shop.py", "page.html", "private/prices.inc", "shop.db", "staff/list.html"]);
  expect(noted("refused-here")).toEqual([
    {
      paths: [
        ...["also.txt", "old.db", "open.html", "outside.html"],
        ...["own.json", "page.html~", "private/notes.txt", "users"],
      ],
    },
  ]);
});

test("what has a name that is not UTF-8 is left out and named", async () => {
  script("cgi-bin/shop.py");
  folder.write("shop/ü.html", "x");
  const at = (name: string) => Buffer.from(folder.file(`shop/${name}`), "latin1");
  for (const name of ["cgi-bin/caf\xe9.py", "a\nb\xff.html", ".hid\xe9"]) writeFileSync(at(name), "x");
  mkdirSync(at("men\xfc"));
  writeFileSync(at("men\xfc/list.html"), "x");
  const { site, noted, out } = await deployed("nginx");
  expect(noted("not-named")).toEqual([{ paths: ["a\\x0ab\\xff.html", "cgi-bin/caf\\xe9.py", "men\\xfc"] }]);
  expect(site).toEqual(["cgi-bin/shop.py", "ü.html"]);
  expect(readdirSync(`${out}/site`).toSorted()).toEqual(["cgi-bin", "ü.html"]);
});

test("of one script, the kit has the scripts that it loads, and those that these load", async () => {
  script("cgi-bin/shop.pl", '#!/usr/bin/perl\nrequire "./common.pl";\nprint "Content-Type: text/plain\\n\\n";\n');
  script("cgi-bin/common.pl", '#!/usr/bin/perl\nsystem("./tools/sum.sh");\n1;\n');
  folder.makeFolder("shop/cgi-bin/tools");
  script("cgi-bin/tools/sum.sh", "#!/bin/sh\n. ./lib.sh\n");
  script("cgi-bin/tools/lib.sh", "#!/bin/sh\necho 1\n");
  script("cgi-bin/other.pl", "#!/usr/bin/perl\n");
  const { site, read } = await deployed("nginx", { path: "shop/cgi-bin/shop.pl" });
  expect(site).toEqual(["common.pl", "shop.pl", "tools/lib.sh", "tools/sum.sh"].map((name) => `cgi-bin/${name}`));
  expect(read("shop.conf").match(/^ {4}# Only scripts read .*$/gm)).toHaveLength(3);
});

test("a compiled program is a script, whatever its name, and data is none", async () => {
  script("cgi-bin/shop.cgi", "\x7fELF, and more");
  script("cgi-bin/count", "\x7fELF");
  folder.write("shop/cgi-bin/prices", "1 2 3\n");
  const { read } = await deployed("nginx");
  expect([...read("README.md").matchAll(/^- (cgi-bin\S*):/gm)].map(([, path]) => path)).toEqual([
    "cgi-bin/count",
    "cgi-bin/shop.cgi",
  ]);
  expect(read("shop.conf")).toContain("Only scripts read this: cgi-bin/prices.");
});

test("options in the first line hide no state, no interpreter and no module", async () => {
  script(
    "cgi-bin/book.pl",
    '#!/usr/bin/perl -w\nuse Image::Magick;\nopen(my $b, ">>", "/var/lib/shop/book.txt");\nopen(my $c, ">>", "data/c");\n',
  );
  script("cgi-bin/votes", "#!/bin/sh -e\necho x >> /var/log/shop/votes.log\n");
  script("cgi-bin/env.cgi", '#!/usr/bin/env -S perl -T -w\nuse CGI;\nopen(my $b, ">>", "book.txt");\n');
  const { noted, read } = await deployed("apache");
  expect(noted("keeps-state").map(({ path, line }) => [path, line])).toEqual([
    ["cgi-bin/book.pl", 3],
    ["cgi-bin/book.pl", 4],
    ["cgi-bin/env.cgi", 3],
    ["cgi-bin/votes", 2],
  ]);
  const check = read("check.sh");
  for (const part of ["runs '/usr/bin/perl' '-e' 'require Image::Magick'", "runs 'perl' '-e' 'require CGI'"])
    expect(check).toContain(part);
  for (const place of ["/var/lib/shop", "/var/log/shop", "/srv/shop/site/cgi-bin/data"])
    expect(check).toContain(`if [ ! -d '${place}' ]`);
});

test("units may write where scripts keep files", async () => {
  script(
    "cgi-bin/book.pl",
    '#!/usr/bin/perl\nopen(my $b, ">>", "/var/lib/my shop%/x");\nopen(my $c, ">>", "/var/lib/shop/b");\n',
  );
  configured({ scripts: { "cgi-bin/book.pl": { mode: "persistent" } } });
  const { read } = await deployed("nginx");
  expect(/^ReadWritePaths=(.*)$/m.exec(read("systemd/shop-book-pl@.service"))?.[1]).toBe(
    '"/srv/shop/site" "-/var/lib/shop"',
  );
});

test("a module that is loaded only if it is there, or a word in a text, is not asked for", async () => {
  script(
    "cgi-bin/shop.py",
    `#!/usr/bin/env python3\n"""Reads\nfrom the database\nimport nothing of it\n"""\ntry:\n    import ujson as json\nexcept ImportError:\n    import json\nimport os, re\n${page}`,
  );
  script("cgi-bin/shop.pl", "#!/usr/bin/perl\nuse CGI;\neval {\n    require Maybe;\n};\n__END__\nuse Nothing;\n");
  script("cgi-bin/shop.rb", '#!/usr/bin/env ruby\nbegin\n  require "maybe"\nrescue LoadError\nend\nrequire "json"\n');
  const check = (await deployed("nginx")).read("check.sh");
  const asked = [...check.matchAll(/^if has '[^']*' && ! runs '.*?' '-.' '(.*)'; then$/gm)].map(([, code]) => code);
  expect(asked.toSorted()).toEqual(["import json", "import os", "require '\\''json'\\''", "require CGI"]);
});

test("settings that the kit does not carry are named, each with its place", async () => {
  script("cgi-bin/shop.py");
  configured({
    routes: [
      { path: "/old/", redirect: { to: "/new/" } },
      { path: "/staff/", auth: { realm: "Staff", htpasswd: "users" }, list: true },
      { path: "/cgi-bin/", variables: { A: "1" }, passAuthorization: true },
    ],
    handlers: { ".x": { address: "tcp:127.0.0.1:9000" } },
    scripts: { "cgi-bin/shop.py": { mode: "persistent", workers: 3, requests: 5, watch: ["page.html"] } },
    limits: { totalMs: 5000, captureBytes: 10 },
    policy: { localRedirect: "send", passAuthorization: true },
    server: { admin: "ada@shop.example", port: 8000 },
  });
  const { noted } = await deployed("nginx");
  expect(noted("settings-left")).toEqual([
    {
      settings: [
        ...["routes /old/: redirect", "routes /staff/: list", "handlers .x: address"],
        ...["scripts cgi-bin/shop.py: requests, watch", "limits.totalMs", "policy.localRedirect", "server.admin"],
      ],
    },
  ]);
});

test("what an image installs is a package, or the script is refused by name", async () => {
  script("cgi-bin/shop.pl", "#!/usr/bin/env -S perl -I$(reboot)\n");
  const file = (await deployed("container")).read("Containerfile");
  expect(file).toMatch(/lighttpd curl perl \\$/m);
  script("cgi-bin/odd.cgi", "#!/opt/$(reboot)\n");
  const refused = await commandLine([
    ...["deploy", folder.file("shop"), "--to", "container", "--out", folder.file("other"), "--json"],
  ]);
  expect([refused.exitCode, existsSync(folder.file("other"))]).toEqual([1, false]);
  expect(refused.stderr).toContain("odd.cgi");
});

test.skipIf(!program("strace"))(
  "files that a script wrote while a stored request ran are named (needs strace)",
  async () => {
    const visits = `import logging.handlers\nlogging.handlers.WatchedFileHandler("../visits.log")\n${page}`;
    script("cgi-bin/shop.py", `#!/usr/bin/env python3\n${visits}`);
    const request = async (...options: string[]) =>
      commandLine(["request", folder.file("shop"), "/cgi-bin/shop.py", "--store", ...options]);
    expect((await request()).exitCode).toBe(0);
    expect((await deployed("nginx", { out: "unwatched" })).noted("wrote-files")).toEqual([]);
    expect((await request("--touched")).exitCode).toBe(0);
    expect((await request()).exitCode).toBe(0);
    const { noted } = await deployed("nginx");
    expect(noted("wrote-files")).toMatchObject([{ path: "cgi-bin/shop.py", names: ["visits.log"] }]);
  },
);
