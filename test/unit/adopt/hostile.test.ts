// Configurations that want to be read out of their folder, to be endless, or to break the reader.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adopt } from "../../../server/adopt/adopt.js";
import { parseConfig } from "../../../server/workspace/config/config-file.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const fixtures = join(repositoryRoot, "test/fixtures/adopt");
const options = { host: null, folders: [] };

async function adopted(folder: TempFolder, text: string | Uint8Array, name = "in/site.conf") {
  folder.makeFolder("in");
  folder.write(name, text);
  const report = await adopt(folder.file(name), options);
  const codes = report.lines.map(({ line, result, message }) => `${line} ${result} ${message?.code ?? ""}`.trim());
  return { ...report, codes };
}

describe("includes", () => {
  test("outside of the folder, through a link, a device, a pipe and itself", async () => {
    using folder = tempFolder();
    folder.makeFolder("in");
    folder.write("secret.conf", "Alias /stolen /srv\n");
    folder.write("in/ok.conf", "Alias /ok /srv/ok\n");
    symlinkSync("../secret.conf", folder.file("in/link.conf"));
    execFileSync("mkfifo", [folder.file("in/pipe.conf")]);
    const { codes, files, configuration } = await adopted(
      folder,
      [
        "../secret.conf",
        "link.conf",
        "/dev/zero",
        "pipe.conf",
        "site.conf",
        "ok.conf",
        "nothing.conf",
        "/etc/passwd",
        "/proc/self/environ",
      ]
        .map((path) => `Include ${path}`)
        .join("\n"),
    );
    expect(codes.toSorted()).toEqual([
      "1 left-out include-outside",
      "1 understood",
      "2 left-out include-outside",
      "3 left-out include-outside",
      "4 left-out include-missing",
      "5 left-out include-cycle",
      "6 understood",
      "7 left-out include-missing",
      "8 left-out include-outside",
      "9 left-out include-outside",
    ]);
    expect(files).toEqual([folder.file("in/site.conf"), folder.file("in/ok.conf")]);
    expect(JSON.stringify(configuration)).not.toContain("stolen");
  });

  test("--include permits another folder", async () => {
    using folder = tempFolder();
    folder.makeFolder("in");
    folder.makeFolder("more");
    folder.write("more/a.conf", "Alias /a /srv/a\n");
    folder.write("in/site.conf", "Include ../more/*.conf\n");
    const report = await adopt(folder.file("in/site.conf"), { host: null, folders: [folder.file("more")] });
    expect(report.configuration).toMatchObject({ routes: [{ path: "/a", dir: "/srv/a" }] });
  });

  test("too many, too deep, too large", async () => {
    using folder = tempFolder();
    folder.makeFolder("in/many");
    for (let n = 0; n < 300; n++) folder.write(`in/many/${n}.conf`, "\n");
    for (let n = 0; n < 20; n++) folder.write(`in/deep${n}.conf`, `Include deep${n + 1}.conf\n`);
    folder.write("in/large.conf", "#".repeat((1 << 20) + 1));
    const many = await adopted(folder, "Include many/*.conf\n");
    expect(many.codes).toEqual(["1 left-out too-many-files"]);
    expect(many.files.length).toBeLessThanOrEqual(200);
    expect((await adopted(folder, "Include deep0.conf")).codes).toContain("1 left-out too-many-files");
    expect((await adopted(folder, "Include large.conf")).codes).toEqual(["1 left-out include-too-large"]);
  });
});

test.each(["", "\\"])("lighttpd, a string without an end is one, whatever is escaped in it: %j", async (end) => {
  using folder = tempFolder();
  const { codes } = await adopted(folder, `server.name = "a.example"\n"${'\\"\n'.repeat(2000)}${end}`);
  expect(codes.toSorted()).toEqual(["1 understood", "2 left-out malformed-directive"]);
});

test("an .htaccess file sets nothing of the whole server", async () => {
  using folder = tempFolder();
  folder.makeFolder("in");
  folder.write(
    "in/.htaccess",
    "ScriptAlias /x /bin\nDocumentRoot /\n<Location />\nRequire all granted\n</Location>\nDefine A b\nTimeout 1\n",
  );
  const { configuration, lines } = await adopt(folder.file("in"), options);
  expect(lines.flatMap(({ result, line }) => (result === "left-out" ? [line] : []))).toEqual([1, 2, 4, 7]);
  expect(JSON.stringify(configuration)).not.toContain("/bin");
});

test("variables grow no text without end, and none is this program's own", async () => {
  using folder = tempFolder();
  const mention = "$".concat("{A}");
  const growing = `Define A ${mention.repeat(3)}\n`.repeat(60);
  const { configuration } = await adopted(
    folder,
    `Define A aa\n${growing}\nSetEnv X \${A}\nSetEnv HOME_IS "\${HOME}"\n`,
  );
  const text = JSON.stringify(configuration);
  expect(text.length).toBeLessThan(2000);
  expect(text).not.toContain(process.env["HOME"]);
});

test("secrets are not in the report", async () => {
  using folder = tempFolder();
  const { lines } = await adopted(
    folder,
    'SetEnv DB_PASSWORD "hunter2"\nDefine KEY hunter2\nphp_value x.y hunter2\nRequestHeader set Authorization hunter2\nAuthLDAPBindPassword hunter2\nUnheardOf hunter2\n',
  );
  expect(lines.length).toBe(6);
  expect(JSON.stringify(lines)).not.toContain("hunter2");
  expect(lines.map(({ text }) => text)).toContain("SetEnv DB_PASSWORD");
});

test.each([
  ["a file of 10 MB", "Alias /a /b\n".repeat(900_000)],
  ["20,001 lines", "Alias /a /b\n".repeat(20_001)],
  ["sections within sections", `${"<Directory /a>\n".repeat(3000)}`],
  ["1,000 sections, each within the last", "<IfModule alias_module>\n<Location />\n".repeat(1000)],
  [
    "10,000 sections and paths",
    Array.from({ length: 6500 }, (_, n) => `Alias /${n} /srv/${n}\n<Location /${n}>\n</Location>`).join("\n"),
  ],
  ["5,000 sections for all paths", "<Location />\nRequire local\n</Location>\nAlias /a/b /c\n".repeat(4900)],
  ["UTF-16", Buffer.from("Alias /a /srv/a\n", "utf16le")],
  ["Latin-1", Buffer.from("Alias /\xe9 /srv/\xe9\n", "latin1")],
  ["NUL bytes", "Alias /a /srv/\0a\nDocumentRoot /\0\n"],
  ["one endless line", `Alias /a ${"x".repeat(1_000_000)}`],
  ["a pattern with many alternatives", `AliasMatch ^/${"(a|b|c|d)".repeat(60)}$ /srv/x\n`],
  ["a pattern that nests", `FilesMatch ${"(".repeat(5000)}a${")".repeat(5000)}\nAliasMatch ${"(".repeat(5000)} /x\n`],
  ["lighttpd, open lists", `alias.url = ${'("a" => '.repeat(20_000)}`],
  ["lighttpd, open conditions", '$HTTP["url"] =~ "^/x" {\n'.repeat(20_000)],
  ["nginx, open blocks", "location / {\n".repeat(20_000)],
  ["nginx, an endless statement", `server { root ${"x ".repeat(300_000)}`],
  ["BusyBox", "A:127.0.0.1\nD:*\n/x:u:p\n*.php:/usr/bin/php-cgi\nH:/srv\nqq\n:\n"],
  ["continued at its end", "Alias /a \\"],
  ["open quotes", "Alias \"/a /b\nSetEnv 'X\n"],
  ["two folders as index files", "Alias /a /srv/a\nDirectoryIndex a/ /b/ c.html\n"],
  ["stray ends", "</Directory>\n</>\n<>\n< Directory /x>\n</VirtualHost>\n"],
])("%s", async (_, text) => {
  using folder = tempFolder();
  if (text.length > 1 << 20) {
    const { codes } = await adopted(folder, text);
    expect(codes).toEqual(["0 left-out include-too-large"]);
    return;
  }
  const { configuration, lines } = await adopted(folder, text);
  expect(parseConfig(JSON.stringify(configuration))).toMatchObject({ ok: true });
  expect(lines.length).toBeGreaterThan(0);
});

test("1,000 mutated configurations: a report with line numbers and a valid configuration", {
  timeout: 120_000,
}, async () => {
  const texts = readdirSync(fixtures).flatMap((server) =>
    readdirSync(join(fixtures, server)).map((name) => readFileSync(join(fixtures, server, name), "utf8")),
  );
  const odd = [
    "<Directory />",
    "</Directory>",
    "Include site.conf",
    "Include *",
    "<IfModule",
    '"',
    "\\",
    "${",
    "\0",
    "é",
    "\u{1f600}",
    "Require not",
    "<RequireAll>",
    "(",
    "^/(.*)$ /x/$1",
    "-1",
    "../../..",
    "%2e",
  ];
  const mutation = fc.record({
    base: fc.nat(texts.length - 1),
    cuts: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(60),
        insert: fc.constantFrom("", ...odd),
      }),
      { maxLength: 6 },
    ),
    second: fc.option(fc.nat(texts.length - 1)),
  });
  using folder = tempFolder();
  await fc.assert(
    fc.asyncProperty(mutation, async ({ base, cuts, second }) => {
      let text = texts[base] ?? "";
      for (const { at, length, insert } of cuts) {
        const from = Math.floor(at * text.length);
        text = text.slice(0, from) + insert + text.slice(from + length);
      }
      if (second !== null) text += texts[second];
      const { configuration, lines, files } = await adopted(folder, text);
      expect(parseConfig(JSON.stringify(configuration))).toMatchObject({ ok: true });
      const count = text.split("\n").length;
      for (const { line } of lines) expect(line >= 1 && line <= count).toBe(true);
      for (const file of files) expect(file.startsWith(folder.path)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
