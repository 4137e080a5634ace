// Kits for containers: what starts in the image serves what the workbench serves and ends as its page says, the hosts
// of Compose are replaced one after another, and state that machines would not share is named before.
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commandLine, serve } from "../../support/command-line.js";
import { parseComposeFile } from "../../support/deploy/compose-file.js";
import { imageWords } from "../../support/deploy/image.js";
import { isHere, Machine, noMachine } from "../../support/deploy/machine.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("shop/cgi-bin");
});
afterEach(() => folder[Symbol.dispose]());

const python = `#!/usr/bin/env python3
import os, sys
body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
print("Content-Type: text/plain; charset=utf-8\\n")
print(os.environ["SCRIPT_NAME"], os.environ.get("PATH_INFO"), os.environ["QUERY_STRING"], os.environ["GREETING"], body)
`;
const slow = `#!/usr/bin/env python3
import time
print("Content-Type: text/plain\\n", flush=True)
time.sleep(2)
print("whole")
`;
function write(path: string, text: string): void {
  folder.write(`shop/${path}`, text);
  folder.makeExecutable(`shop/${path}`);
}
async function deployed(to: string, name = "shop") {
  const out = folder.file(`kit-${to}-${name}`);
  const words = ["deploy", folder.file("shop"), "--name", name, "--to", to, "--out", out, "--json"];
  const said = await commandLine(words);
  expect([to, said.exitCode]).toEqual([to, 0]);
  const report: { notes: { code: string; data: { path: string; line: number; where: string } }[] } = JSON.parse(
    said.stdout.toString(),
  );
  return { ...report, read: (path: string) => readFileSync(join(out, path), "utf8"), out };
}

const missing = isHere("lighttpd", "python3", "php-cgi") ? noMachine() : "lighttpd";
test.skipIf(missing !== null)(
  "the first process of the image serves the scripts and ends after what has begun (needs lighttpd and root)",
  async () => {
    for (const name of ["plain.py", "forked.py", "kept.py"]) write(`cgi-bin/${name}`, python);
    write("cgi-bin/slow.py", slow);
    folder.write("shop/page.php", `<?php echo $_SERVER["REQUEST_METHOD"], $_SERVER["PATH_INFO"] ?? "", $_GET["a"];`);
    folder.write("shop/page.html", "<p>a page\n");
    const scripts = { "cgi-bin/forked.py": { mode: "prefork" }, "cgi-bin/kept.py": { mode: "persistent" } };
    folder.write("shop/cgi-workbench.json", JSON.stringify({ scripts, variables: { GREETING: "good $day" } }));
    const { out } = await deployed("container");
    cpSync(join(out, ".env.example"), join(out, ".env"));
    const image = imageWords(out, "shop", { GREETING: "good $day" });
    expect(image.file).toMatch(/lighttpd curl php-cgi python3 \\/);
    await using machine = await Machine.start();
    expect(machine.run(image.start)).toMatchObject({ code: 0, stderr: "" });
    const there = await machine.reach(8080);
    await waitFor("the container answers", () =>
      fetch(`${there}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    await using here = await serve([folder.file("shop"), "--no-ui", "--port", "0"]);
    const ask = async (base: string, path: string, init?: RequestInit) => {
      const answer = await fetch(`${base}/${path}`, init);
      return [path, answer.status, answer.headers.get("content-type"), await answer.text()];
    };
    for (const name of ["cgi-bin/plain.py", "cgi-bin/forked.py", "cgi-bin/kept.py", "page.php"])
      for (const init of [{}, { method: "POST", body: "n=1" }])
        expect(await ask(there, `${name}/more?a=1`, init)).toEqual(
          await ask(here.ready.scripts, `${name}/more?a=1`, init),
        );

    const begun = await fetch(`${there}/cgi-bin/slow.py`);
    machine.run(image.end);
    expect(await begun.text()).toBe("whole\n");
    await waitFor("it has ended", () =>
      fetch(there).then(
        () => false,
        () => true,
      ),
    );
  },
  60_000,
);

test("kits for Compose have networks of their own, which nginx knows, too", async () => {
  write("cgi-bin/shop.py", python);
  const networkOf = async (name: string) => {
    const { read } = await deployed("compose", name);
    const { services, networks } = parseComposeFile(read("compose.yaml"));
    const [config] = networks.default.ipam.config;
    const network = config?.subnet.replace(/\.0\/24$/, "");
    const hosts = (["app-1", "app-2", "app-3"] as const).map((host) => services[host].networks.default.ipv4_address);
    expect(hosts).toEqual([`${network}.11`, `${network}.12`, `${network}.13`]);
    expect(config?.ip_range).toBe(`${network}.128/25`);
    const upstream = /upstream app \{([^}]*)\}/.exec(read("front/app.conf"))?.[1] ?? "";
    expect([...upstream.matchAll(/server (\S+):8080/g)].map(([, host]) => host)).toEqual(hosts);
    return network;
  };
  const [one, other] = await Promise.all([networkOf("shop"), networkOf("wiki")]);
  expect(one).not.toBe(other);
}, 30_000);

test("an upgrade that ended early goes on with the host that stayed drained, and never drains two", async () => {
  write("cgi-bin/shop.py", python);
  const { out } = await deployed("compose");
  folder.makeFolder("bin");
  folder.write("bin/sleep", "#!/bin/sh\n");
  // In place of docker: which host is replaced, and which are drained meanwhile. One of them does not answer.
  folder.write(
    "bin/docker",
    `#!/bin/sh\n[ "$2" = up ] || exit 0\nfor last; do :; done\necho "$last" front/drained-*\n[ "$last" != "$FAILS" ]\n`,
  );
  for (const name of ["sleep", "docker"]) folder.makeExecutable(`bin/${name}`);
  const upgraded = (fails: string) => {
    const env = { PATH: `${folder.file("bin")}:${process.env["PATH"]}`, FAILS: fails };
    const { status, stdout } = spawnSync(join(out, "upgrade.sh"), { env, encoding: "utf8" });
    return [status, ...stdout.trim().split("\n")];
  };
  const [one, two, three] = ["1", "2", "3"].map((number) => `app-${number} front/drained-${number}`);
  expect(upgraded("app-2")).toEqual([1, one, two]);
  expect(upgraded("app-2")).toEqual([1, two]);
  expect(upgraded("")).toEqual([0, two, one, three]);
  expect(upgraded("")).toEqual([0, one, two, three]);
  for (const number of [1, 3]) writeFileSync(join(out, `front/drained-${number}`), "");
  expect(upgraded("")).toEqual([1, ""]);
}, 30_000);

test("state that two machines would not share is named with its line", async () => {
  cpSync(join(repositoryRoot, "test/fixtures/deploy/with-state"), folder.file("shop"), { recursive: true });
  for (const name of ["counter.py", "guestbook.pl", "shop.py", "basket.rb", "votes.sh", "members.pl", "notes.rb"])
    folder.makeExecutable(`shop/${name}`);
  const { notes } = await deployed("compose");
  const named = notes.flatMap(({ code, data }) => (code === "keeps-state" ? [[data.path, data.line, data.where]] : []));
  expect(named.toSorted()).toEqual([
    ...[
      ["basket.rb", 3, "many"],
      ["cache.wsgi", 4, "many"],
      ["counter.py", 8, "many"],
      ["guestbook.pl", 4, "many"],
    ],
    ...[
      ["login.php", 2, "many"],
      ["members.pl", 3, "many"],
      ["notes.rb", 3, "many"],
      ["shop.py", 4, "many"],
    ],
    ...[
      ["upload.php", 3, "many"],
      ["votes.sh", 4, "many"],
    ],
  ]);
});
