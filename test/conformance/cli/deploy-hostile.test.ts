// Names that are code for a shell, in the places of a folder from which a kit takes them. check.sh, which root starts,
// runs none of them, nor do the commands that it names; a variable's value is read as systemd reads it.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { Machine, noMachine } from "../../support/deploy/machine.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("shop/cgi-bin");
});
afterEach(() => folder[Symbol.dispose]());

// A name of a file has no slash, so each would leave its mark where check.sh runs.
const code = [
  ...["$(touch pwned)", "`touch pwned`", ";touch pwned;", "|touch pwned|", "&touch pwned&", "a'$(touch pwned)'"],
  ...["';touch pwned;'", '";touch pwned;"', `$(touch$\{IFS}pwned)`, "\\';touch pwned;\\'", "a && touch pwned #"],
  ...["<(touch pwned)", "{touch,pwned}", "*", "~root", "$HOME", "%n%s", "-rf", "a\\", "ü'; touch pwned; 'ü"],
];
const page = 'print("Content-Type: text/plain\\n")\n';

describe.skipIf(noMachine() !== null)("hostile names (needs root)", () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await Machine.start();
  }, 60_000);
  afterEach(() => machine[Symbol.asyncDispose]());
  const marks = () => machine.run("find /srv /run /etc -name '*pwned*' ! -path '*/site/*' 2>/dev/null").stdout;
  const check = async (to: string) => {
    const out = folder.file("kit");
    const made = await commandLine(["deploy", folder.file("shop"), "--to", to, "--out", out]);
    expect(made.stderr).not.toMatch(/Error/);
    machine.run(`cp -r '${out}' /srv/shop && useradd --system shop`);
    const plain = machine.run("cd /srv/shop && cp .env.example .env; ./check.sh");
    expect(plain.stdout).toMatch(/repair: /);
    const { stdout } = machine.run("cd /srv/shop && find site -type f -exec chmod go-rwx {} + && ./check.sh");
    for (const [, words = ""] of `${plain.stdout}${stdout}`.matchAll(/^ {2}repair: ((?:chmod|chown|install) .*)$/gm))
      machine.run(`cd /srv/shop && ${words}`);
    return stdout;
  };

  test("of files, in check.sh and in the repairs that it prints", async () => {
    for (const name of code) {
      folder.write(`shop/cgi-bin/${name}.py`, `#!/usr/bin/env python3\n${page}`);
      folder.makeExecutable(`shop/cgi-bin/${name}.py`);
    }
    const said = await check("nginx");
    expect(said).toContain("cannot read");
    expect(marks()).toBe("");
    // The repairs, with these names in them, were right.
    expect(machine.run("cd /srv/shop/site/cgi-bin && find . -name '*.py' ! -perm -o+r").stdout).toBe("");
  }, 60_000);

  test("of interpreters and modules in first lines and sources", async () => {
    for (const [index, name] of code.entries()) {
      const program = name.replaceAll(" ", `$\{IFS}`);
      folder.makeFolder(`shop/cgi-bin/${program}`);
      folder.write(`shop/cgi-bin/${program}/python3`, "#!/bin/sh\nexit 1\n");
      folder.makeExecutable(`shop/cgi-bin/${program}/python3`);
      folder.write(
        `shop/cgi-bin/kept${index}.py`,
        `#!/srv/shop/site/cgi-bin/${program}/python3\nimport json\nimport x${program}\n${page}`,
      );
      folder.makeExecutable(`shop/cgi-bin/kept${index}.py`);
    }
    await check("nginx");
    expect(marks()).toBe("");
  }, 60_000);

  test("of values in .env, which are read and not run", async () => {
    folder.write("shop/cgi-bin/shop.py", `#!/usr/bin/env python3\n${page}`);
    folder.makeExecutable("shop/cgi-bin/shop.py");
    const variables = Object.fromEntries(code.map((value, index) => [`V${index}`, value]));
    folder.write("shop/cgi-workbench.json", JSON.stringify({ variables }));
    await check("lighttpd");
    machine.run(
      `printf '%s\\n' 'V0=$(touch pwned)' 'touch pwned' 'V1="\`touch pwned\`"' 'V2=x; touch pwned' >> /srv/shop/.env`,
    );
    machine.run("cd /srv/shop && ./check.sh");
    expect(marks()).toBe("");
  }, 60_000);

  test("a file of variables is read by systemd's rules", async () => {
    folder.write("shop/cgi-bin/shop.py", `#!/usr/bin/env python3\n${page}`);
    folder.makeExecutable("shop/cgi-bin/shop.py");
    const lines: Readonly<Record<string, string>> = {
      PLAIN: "a word",
      DOUBLE: '"it\'s \\"5\\" \\$HOME \\\\ \\`x\\` \\n"',
      SINGLE: "'$HOME \"x\" \\\\'",
      SPACES: "  a  b  ",
      JOINED: "a\\\n b",
      PARTS: "\"a b\"' c'd",
      ESCAPED: 'a\\ b\\"',
      EMPTY: "",
      HASH: "a # b",
    };
    folder.write(
      "shop/.env",
      `# A=1\\\n; B=2\n${Object.entries(lines)
        .map(([name, value]) => ` ${name} =${value}\n`)
        .join("")}LAST=x`,
    );
    const out = folder.file("kit");
    await commandLine(["deploy", folder.file("shop"), "--to", "nginx", "--out", out]);
    const [values = ""] = /^value_of\(\) \{[\s\S]*?^\}$/m.exec(readFileSync(`${out}/check.sh`, "utf8")) ?? [];
    const names = [...Object.keys(lines), "LAST"];
    const each = `for name in ${names.join(" ")}; do value_of $name; printf '\\0'; done`;
    const read = machine.run(`at='${folder.file("shop")}'\n${values}\n${each}`).stdout.split("\0");
    const asRead = Object.fromEntries(names.map((name, index) => [name, read[index]]));
    expect(asRead).toEqual({
      PLAIN: "a word",
      DOUBLE: 'it\'s "5" $HOME \\ `x` \\n',
      SINGLE: '$HOME "x" \\\\',
      SPACES: "a  b",
      JOINED: "a b",
      PARTS: "a b cd",
      ESCAPED: 'a b"',
      EMPTY: "",
      HASH: "a # b",
      LAST: "x",
    });
    const { stdout } = machine.run(
      `cd '${repositoryRoot}/test/support/deploy' && python3 -B -c "import json, units; print(json.dumps(units.variables('${folder.file("shop/.env")}')))"`,
    );
    expect(JSON.parse(stdout)).toEqual(asRead);
  }, 60_000);
});
