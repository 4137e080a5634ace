// Each fix by a real request: a script that fails, the fix applied through the folder it is in, the same request again
// and clean, then everything undone. And as pure functions: a fix that has been made has nothing left to change.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { FixId } from "../../../server/contract/doctor-contract.js";
import { FixService } from "../../../server/doctor/fixes/fix-service.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { maxTextBytes } from "../../../server/workspace/files/text-file.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { problem } from "../../support/coded.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { type FixCase, fixCases, type Seen } from "./fix-cases.js";

let workbench: Workbench;
let folder: TempFolder;
const fixService = new FixService();
beforeAll(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
});
afterAll(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

async function ask(
  name: string,
  { query = "", type, body = "" }: { query?: string; type?: string; body?: string } = {},
): Promise<Seen> {
  const request = {
    method: byteString(body === "" ? "GET" : "POST"),
    target: byteString(`/${name}${query}`),
    headers: type === undefined ? [] : [[byteString("Content-Type"), byteString(type)] as const],
    body: body === "" ? null : { bytes: Buffer.from(body, "latin1") },
  };
  const trace = await workbench.sender.deliver(request, { from: "cli" });
  const text = (stream: TraceRecord["stdout"]): string =>
    stream ? Buffer.from(stream.read(0, stream.captured)).toString("latin1") : "";
  return {
    status: trace.response?.status ?? null,
    outcome: trace.outcome,
    stdout: text(trace.stdout),
    headers: (trace.response?.headers ?? []).map((header) => header.join(": ")).join("\n"),
    body: text(trace.response?.body ?? null),
    trace,
  };
}

let count = 0;
function write({ extension, source, mode = 0o755 }: Pick<FixCase, "extension" | "source" | "mode">): string {
  const name = `cgi-bin/script-${++count}${extension}`;
  folder.write(name, Buffer.from(source, "latin1"));
  chmodSync(folder.file(name), mode);
  return name;
}

async function apply(name: string, fix: FixId): Promise<string> {
  const { changes } = await fixService.preview(workbench.folder.workspace(), name, fix);
  expect(changes.length).toBeGreaterThan(0);
  const expected = changes.flatMap((change) =>
    change.kind === "text" ? [{ path: change.path, hash: change.hash }] : [],
  );
  return fixService.apply(workbench.folder.workspace(), name, fix, expected, []);
}

describe("no fix breaks what is not written byte for byte as its characters", () => {
  const available = (name: string, ...fixes: FixId[]) =>
    fixService.availableFixes(workbench.folder.workspace(), name, fixes).then((found) => found.map(({ id }) => id));
  const nothing = { problem: { code: "nothing-to-change" } };

  test.each(["le", "be"])("UTF-16%s: it is converted to UTF-8 first", async (order) => {
    const utf16 = Buffer.from("\uFEFFprint 'a'\r\n", "utf16le");
    const source = (order === "le" ? utf16 : utf16.swap16()).toString("latin1");
    const name = write({ extension: ".py", source });
    expect(await available(name, "use-line-feeds", "set-shebang", "convert-to-utf-8")).toEqual(["convert-to-utf-8"]);
    await expect(fixService.preview(workbench.folder.workspace(), name, "use-line-feeds")).rejects.toMatchObject(
      nothing,
    );
    await apply(name, "convert-to-utf-8");
    expect(readFileSync(folder.file(name), "latin1")).toBe("print 'a'\r\n");
    expect(await available(name, "use-line-feeds", "set-shebang")).toEqual(["use-line-feeds", "set-shebang"]);
  });

  test("a carriage return within a line is the script's own", async () => {
    const own = "#!/bin/sh\nsed 's/\r$//'\n";
    expect(await available(write({ extension: ".sh", source: own }), "use-line-feeds")).toEqual([]);
    for (const source of [own.replaceAll("\n", "\r\n"), own.replaceAll("\n", "\r\r\n"), `${own.trimEnd()}\r`]) {
      const name = write({ extension: ".sh", source });
      await apply(name, "use-line-feeds");
      expect(readFileSync(folder.file(name), "latin1").trimEnd()).toBe(own.trimEnd());
    }
    const name = write({ extension: ".sh", source: "#!/bin/sh\recho\r" });
    await apply(name, "use-line-feeds");
    expect(readFileSync(folder.file(name), "latin1")).toBe("#!/bin/sh\necho\n");
  });

  test("an archive behind a script has no line ends", async () => {
    const name = write({ extension: ".sh", source: "#!/bin/sh\ntail -n +3 $0\nexit\n\x1f\x8b\0\r\n" });
    expect(await available(name, "use-line-feeds")).toEqual([]);
  });
});

test("a script that is larger than what is read of one can be made executable; no fix changes its text", async () => {
  const name = write({ extension: ".cgi", source: "x".repeat(maxTextBytes + 1), mode: 0o644 });
  const { trace } = await ask(name);
  const { rules, fixes } = await workbench.scripts.fixesOf(trace.id);
  expect(fixes[rules.indexOf("not-executable")]?.map(({ id }) => id)).toEqual(["make-executable"]);
  const mode = (): number => statSync(folder.file(name)).mode & 0o777;
  const token = await apply(name, "make-executable");
  expect(mode()).toBe(0o755);
  await fixService.undo(token);
  expect(mode()).toBe(0o644);
  const preview = fixService.preview(workbench.folder.workspace(), name, "set-shebang");
  await expect(preview).rejects.toEqual(problem("nothing-to-change"));
});

describe("a failing script, its fix, and the same request again", () => {
  for (const one of fixCases) {
    test.skipIf(!program(one.needs))(`${one.fix}: ${one.what} (needs ${one.needs})`, async () => {
      const name = write(one);
      const mode = statSync(folder.file(name)).mode;
      one.failing(await ask(name));
      const token = await apply(name, one.fix);
      one.clean(await ask(name));
      await expect(fixService.preview(workbench.folder.workspace(), name, one.fix)).rejects.toMatchObject({
        problem: { code: "nothing-to-change" },
      });
      await fixService.undo(token);
      expect([readFileSync(folder.file(name), "latin1"), statSync(folder.file(name)).mode]).toEqual([one.source, mode]);
      one.failing(await ask(name));
    });
  }
});

describe("a posted form that the script looks for in the query", () => {
  const head = "Content-Type: text/plain\\n\\n";
  const scripts: readonly (readonly [needs: string, extension: string, source: string])[] = [
    ["sh", ".sh", `#!/bin/sh\nset -e\nprintf '${head}'\nn=\${QUERY_STRING#name=}\necho "hello$n"\n`],
    [
      "python3",
      ".py",
      `#!/usr/bin/env python3\nimport os\nname = os.environ["QUERY_STRING"][5:]\nprint("${head}hello" + name)\n`,
    ],
    [
      "perl",
      ".pl",
      `#!/usr/bin/perl\nuse strict;\nmy ($v) = $ENV{QUERY_STRING} =~ /name=(.*)/;\nprint "${head}hello$v\\n";\n`,
    ],
    [
      "ruby",
      ".rb",
      `#!/usr/bin/env ruby\nname = ENV["QUERY_STRING"].sub("name=", "")\nprint "${head}hello#{name}\\n"\n`,
    ],
    [
      "node",
      ".js",
      `#!/usr/bin/env node\nconst q = process.env.QUERY_STRING.replace("name=", "");\nprocess.stdout.write("${head}hello" + q);\n`,
    ],
    [
      "tclsh",
      ".tcl",
      `#!/usr/bin/env tclsh\nset q [string map {name= ""} $env(QUERY_STRING)]\nputs "${head}hello$q"\n`,
    ],
  ];
  const form = { type: "application/x-www-form-urlencoded", body: "name=you" };
  const rulesOf = async ({ trace }: Seen): Promise<string[]> => {
    return (await workbench.doctor.examined(trace)).findings.map(({ rule }) => rule);
  };

  for (const [needs, extension, source] of scripts)
    test.skipIf(!program(needs))(`${extension} (needs ${needs})`, async () => {
      const name = write({ extension, source });
      const before = await ask(name, form);
      expect([before.status, before.body.trim(), await rulesOf(before)]).toEqual([200, "hello", ["form-not-read"]]);
      await apply(name, "read-form");
      const after = await ask(name, form);
      expect([after.body.trim(), await rulesOf(after)]).toEqual(["helloyou", []]);
      expect((await ask(name, { query: "?name=you" })).body.trim()).toBe("helloyou");
    });
});

describe("cgi.FieldStorage on a Python that has none", () => {
  const form = `#!/usr/bin/env PYTHON
import cgi, sys
sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
form = cgi.FieldStorage()
print("Content-Type: text/plain; charset=utf-8\\n")
for name in sorted(form.keys()):
    print(name, form.getlist(name), sep="=")
if "file" in form:
    item = form["file"]
    print(item.filename, item.type, item.file.read().hex(), item.disposition)
print(form.getfirst("none", "-"), form.getvalue("a"), "a" in form, len(form), bool(form))
`;
  // A newer one fails without the fix; any must give the same answers with it.
  const named = ["python3", "python3.13"].flatMap((name) => program(name) ?? []);
  const pythons = [...named, ...installedByPyenv()].filter(works);
  const multipart = (...parts: string[]): string =>
    `${parts.map((part) => `--xYz\r\n${part}\r\n`).join("")}--xYz--\r\n`;
  const file = multipart(
    'Content-Disposition: form-data; name="a"\r\n\r\nzw\u00c3\u00b6lf',
    'Content-Disposition: form-data; name="file"; filename="\u00c3\u00bc \\"x\\".bin"\r\nContent-Type: application/octet-stream\r\n\r\n\u0000\u00ff\r\n--xY\n\r\n',
    'Content-Disposition: form-data; name="a"\r\n\r\n',
  );
  const requests = [
    { query: "?a=1&a=J%C3%BCrgen&b=&c=x+y" },
    { type: "application/x-www-form-urlencoded", body: "a=1%262&b=&c=%C3%BC&a=2" },
    { type: "application/x-www-form-urlencoded", body: "a=1", query: "?d=4" },
    {
      type: "multipart/form-data; boundary=xYz",
      body: multipart('Content-Disposition: form-data; name="a"\r\n\r\nzw\u00c3\u00b6lf'),
      query: "?a=query",
    },
    { type: "multipart/form-data; boundary=xYz", body: file },
  ];
  const expected = [
    "a=['1', 'J\u00fcrgen']\nc=['x y']\n- ['1', 'J\u00fcrgen'] True 2 True\n",
    "a=['1&2', '2']\nc=['\u00fc']\n- ['1&2', '2'] True 2 True\n",
    "a=['1']\nd=['4']\n- 1 True 2 True\n",
    "a=['query', 'zw\u00f6lf']\n- ['query', 'zw\u00f6lf'] True 1 True\n",
    "a=['zw\u00f6lf', '']\nfile=[b'\\x00\\xff\\r\\n--xY\\n\\r\\n']\n\u00fc \"x\".bin application/octet-stream 00ff0d0a2d2d78590a0d0a form-data\n- ['zw\u00f6lf', ''] True 2 True\n",
  ];

  for (const python of pythons) {
    test(`${python}: GET, urlencoded and multipart with a file`, async () => {
      const name = write({ extension: ".py", source: form.replace("/usr/bin/env PYTHON", python) });
      const before = await ask(name, requests[0]);
      if (before.outcome === "ok")
        for (const [index, request] of requests.entries())
          expect(decode((await ask(name, request)).body), "the true module").toBe(expected[index]);
      else expect(before.trace.process?.exitCode).toBe(1);
      const token = await apply(name, "replace-field-storage");
      for (const [index, request] of requests.entries())
        expect(decode((await ask(name, request)).body)).toBe(expected[index]);
      await fixService.undo(token);
      expect(() => folder.read("cgi-bin/form_fields.py")).toThrow(/ENOENT/);
    });
  }

  test.each(["script", "module"] as const)("is undone whole, or not while the %s has changed since", async (which) => {
    const name = write({ extension: ".py", source: form });
    const module = join(dirname(name), "form_fields.py");
    const token = await apply(name, "replace-field-storage");
    const [changed, other] = which === "script" ? [name, module] : [module, name];
    const [left, kept] = [folder.read(changed), folder.read(other)];
    folder.write(changed, `${left}# typed since\n`);
    await expect(fixService.undo(token)).rejects.toMatchObject({ problem: { code: "changed" } });
    expect(folder.read(other)).toBe(kept);
    folder.write(changed, left);
    await fixService.undo(token);
    expect(folder.read(name)).toBe(form);
  });

  test("changes nothing when a file of it cannot be written: the script would not find its module", async () => {
    const name = write({ extension: ".py", source: form });
    const workspace = workbench.folder.workspace();
    const failing = vi.spyOn(workspace, "writeBytes").mockImplementation((path, bytes, hash) => {
      if (path.endsWith("form_fields.py")) throw new Error("no space left");
      return Workspace.prototype.writeBytes.call(workspace, path, bytes, hash);
    });
    await expect(apply(name, "replace-field-storage")).rejects.toThrow("no space left");
    failing.mockRestore();
    expect(folder.read(name)).toBe(form);
  });

  test("leaves a file of that name alone: the user's own forbids the fix, a changed one of an earlier fix is used", async () => {
    const name = write({ extension: ".py", source: form });
    const module = join(dirname(name), "form_fields.py");
    folder.write(module, "FIELDS = []\n");
    await expect(apply(name, "replace-field-storage")).rejects.toEqual(problem("nothing-to-change"));
    folder.remove(module);
    const first = await apply(name, "replace-field-storage");
    const changed = `${folder.read(module)}# ours\n`;
    folder.write(module, changed);
    const second = await apply(write({ extension: ".py", source: form }), "replace-field-storage");
    expect(folder.read(module)).toBe(changed);
    await fixService.undo(second);
    folder.write(module, changed.replace("# ours\n", ""));
    await fixService.undo(first);
  });

  const decode = (body: string): string => Buffer.from(body, "latin1").toString("utf8");
  function works(path: string): boolean {
    return spawnSync(path, ["-c", ""]).status === 0;
  }
  /** Old and new ones, where its version manager has some. */
  function installedByPyenv(): string[] {
    const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
    if (!existsSync(versions)) return [];
    return readdirSync(versions)
      .filter((version) => /^3\.(6|13)\./.test(version))
      .map((version) => join(versions, version, "bin/python3"));
  }
});

describe("applying", () => {
  test("leaves a file alone that is not what was shown, and what the editor changes itself", async () => {
    const name = write({ extension: ".cgi", source: "#!/bin/sh\r\necho\r\n", mode: 0o644 });
    const { changes } = await fixService.preview(workbench.folder.workspace(), name, "use-line-feeds");
    expect(changes).toMatchObject([
      { kind: "text", path: name, before: "#!/bin/sh\r\necho\r\n", after: "#!/bin/sh\necho\n" },
    ]);
    folder.write(name, "#!/bin/sh\r\n# another\r\n");
    const expected = changes.flatMap((change) =>
      change.kind === "text" ? [{ path: change.path, hash: change.hash }] : [],
    );
    await expect(
      fixService.apply(workbench.folder.workspace(), name, "use-line-feeds", expected, []),
    ).rejects.toMatchObject({
      problem: { code: "changed" },
    });
    expect(folder.read(name)).toBe("#!/bin/sh\r\n# another\r\n");
    await fixService.apply(workbench.folder.workspace(), name, "use-line-feeds", [], [name]);
    expect(folder.read(name)).toContain("\r");
  });

  test("is undone only while the file is as it was left", async () => {
    const name = write({ extension: ".cgi", source: "#!/bin/sh\r\necho\r\n" });
    const token = await apply(name, "use-line-feeds");
    folder.write(name, "#!/bin/sh\n# typed since\n");
    await expect(fixService.undo(token)).rejects.toMatchObject({ problem: { code: "changed" } });
    expect(folder.read(name)).toBe("#!/bin/sh\n# typed since\n");
  });

  test("a configuration that has a mistake, or is not UTF-8, is not changed by a fix", async () => {
    const name = write({ extension: ".py", source: "#!/usr/bin/env python3\n" });
    const latin1 = Buffer.from("{ // f\xfcr sp\xe4ter\n}\n", "latin1");
    for (const config of ['{ "scripts": [] }', "[]", '"x"', "hello", latin1]) {
      folder.write("cgi-workbench.json", config);
      for (const fix of ["set-encoding-environment", "run-as-cgi"])
        await expect(fixService.preview(workbench.folder.workspace(), name, fix)).rejects.toMatchObject({
          problem: { code: "nothing-to-change" },
        });
    }
    folder.remove("cgi-workbench.json");
  });

  test("a configuration that is not read, because another one is, is not changed by a fix", async () => {
    const name = write({ extension: ".py", source: "#!/usr/bin/env python3\n" });
    const files = workbench.folder.workspace();
    const other = {
      root: files.root,
      htaccess: null,
      configFile: "/etc/other.json",
      programs: files.programs,
      changes: files.changes,
      modeOf: (path: string) => files.modeOf(path),
      readBytes: (path: string) => files.readBytes(path),
      writeBytes: (path: string, bytes: Uint8Array, hash: string | null) => files.writeBytes(path, bytes, hash),
    };
    expect(await fixService.availableFixes(other, name, ["set-encoding-environment", "run-as-wsgi"])).toEqual([]);
  });

  test("the configuration keeps its comments", async () => {
    const name = write({ extension: ".py", source: "#!/usr/bin/env python3\n" });
    folder.write("cgi-workbench.json", '{\n  // ours\n  "variables": { "A": "b" },\n}\n');
    await apply(name, "set-encoding-environment");
    expect(folder.read("cgi-workbench.json")).toMatch(/\/\/ ours\n[\s\S]*"PYTHONUTF8": "1"/);
    expect(workbench.folder.workspace().config.scripts[name]?.variables).toEqual({
      PYTHONIOENCODING: "utf-8",
      PYTHONUTF8: "1",
    });
    folder.remove("cgi-workbench.json");
  });
});
