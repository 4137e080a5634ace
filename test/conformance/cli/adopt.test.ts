// `cgi-workbench adopt`: where the configuration and the report go, and what is refused.
import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { adoptReport } from "../../../server/contract/adopt-contract.js";
import { commandLine } from "../../support/command-line.js";
import { tempFolder } from "../../support/temp-workspace.js";

const site = 'ScriptAlias /cgi-bin/ /srv/cgi-bin/\nSetEnv TOKEN "hunter2"\nUnheardOf word\n';

test("without --out the configuration is on standard output, and the report beside it", async () => {
  using folder = tempFolder();
  folder.write("site.conf", site);
  const { stdout, stderr, exitCode } = await commandLine(["adopt", folder.file("site.conf")]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout.toString())).toEqual({
    routes: [
      { path: "/", variables: { TOKEN: "hunter2" } },
      { path: "/cgi-bin/", dir: "/srv/cgi-bin", run: "all", variables: { TOKEN: "hunter2" } },
    ],
    serveLike: "apache",
  });
  expect(stderr).toContain("site.conf:1: understood: ScriptAlias /cgi-bin/ /srv/cgi-bin/\n");
  expect(stderr).toContain("site.conf:3: left-out: UnheardOf\n  The workbench does not know UnheardOf.\n");
  expect(stderr).toMatch(/2 understood, 0 approximated, 1 left out; files: 1\n$/);
  expect(stderr).not.toContain("hunter2");
});

test("--out writes a new file for this user alone, which serves at once", async () => {
  using folder = tempFolder();
  folder.makeFolder("programs");
  folder.write("programs/a", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nadopted'");
  folder.makeExecutable("programs/a");
  folder.write("site.conf", `ScriptAlias /run/ ${folder.file("programs")}/\n`);
  folder.makeFolder("site");
  const out = folder.file("site/cgi-workbench.json");
  const first = await commandLine(["adopt", folder.file("site.conf"), "--out", out]);
  expect([first.exitCode, first.stderr]).toEqual([0, ""]);
  expect(first.stdout.toString()).toContain("1 understood");
  expect(statSync(out).mode & 0o777).toBe(0o600);
  const { stdout } = await commandLine(["request", folder.file("site"), "/run/a"]);
  expect(stdout.toString()).toBe("adopted");
  const again = await commandLine(["adopt", folder.file("site.conf"), "--out", out]);
  expect([again.exitCode, again.stdout.toString()]).toEqual([1, ""]);
  expect(again.stderr).toContain(`${out} exists.`);
});

test("--json is the report; --host chooses, and a folder is read by its main file or its parts", async () => {
  using folder = tempFolder();
  const host = (name: string) => `<VirtualHost *:80>\nServerName ${name}\nDocumentRoot /srv/${name}\n</VirtualHost>\n`;
  folder.write("a.conf", `${host("one.test")}${host("two.test")}`);
  folder.write("b.conf", "Alias /more /srv/more\n");
  const { stdout, exitCode } = await commandLine(["adopt", folder.path, "--host", "two.test", "--json"]);
  expect(exitCode).toBe(0);
  const { configuration, files } = adoptReport.parse(JSON.parse(stdout.toString()));
  expect(files).toEqual([folder.file("a.conf"), folder.file("b.conf")]);
  expect(configuration).toMatchObject({
    server: { hosts: ["two.test"] },
    routes: [
      { path: "/", dir: "/srv/two.test" },
      { path: "/more", dir: "/srv/more" },
    ],
  });
  const unknown = await commandLine(["adopt", folder.path, "--host", "three.test"]);
  expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining("one.test, two.test")]);
});

test("a folder with .htaccess files gets their rules, which need no trust", async () => {
  using folder = tempFolder();
  folder.makeFolder("site/secret/deep");
  folder.makeFolder("site/open");
  folder.write("site/secret/a.txt", "hidden");
  folder.write("site/open/start.txt", "open");
  folder.write("site/secret/.htaccess", "Require all denied\nAlias /x /etc\n");
  folder.write("site/open/.htaccess", "DirectoryIndex start.txt\n");
  const site = folder.file("site");
  const { stdout, exitCode } = await commandLine(["adopt", site, "--out", `${site}/cgi-workbench.json`]);
  expect(exitCode).toBe(0);
  expect(stdout.toString()).toContain("Alias belongs into the server’s own configuration.");
  expect(JSON.parse(folder.read("site/cgi-workbench.json"))).toEqual({
    routes: [
      { path: "/open", index: ["start.txt"] },
      { path: "/secret", deny: true },
    ],
  });
  const bodies = [];
  for (const target of ["/open/", "/secret/a.txt"])
    bodies.push((await commandLine(["request", site, target])).stdout.toString());
  expect(bodies).toEqual(["open", expect.not.stringContaining("hidden")]);
});

test.each([
  [[], 2],
  [["/nonexistent"], 1],
  [["a", "b"], 2],
] as const)("adopt %j is refused", async (words, code) => {
  const { exitCode, stdout } = await commandLine(["adopt", ...words]);
  expect([exitCode, stdout.toString()]).toEqual([code, ""]);
});
