// The encodings of all files: what each file is and declares, and the conversion to UTF-8 with its undo.
import { isAscii, isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { Conversions } from "../../../server/workspace/encodings/conversions.js";
import { planConversion } from "../../../server/workspace/encodings/convert-file.js";
import { examineFile } from "../../../server/workspace/encodings/examine-file.js";
import { scanBounds, scanFolder } from "../../../server/workspace/encodings/scan-folder.js";
import { decodeFile, detectEncoding } from "../../../server/workspace/files/text-encoding.js";
import { nextSequence, sequences } from "../../../server/workspace/files/utf8-sequences.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { withFullDisk } from "./full-disk.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const row = (bytes: Buffer | string) => examineFile("a.cgi", Buffer.from(bytes));

describe("UTF-8 sequences", () => {
  test("of a valid text are its characters above ASCII", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const bytes = Buffer.from(text);
        const found = [...sequences(bytes)].map(({ at, length }) => bytes.subarray(at, at + length).toString());
        expect(found.join("")).toBe(
          Buffer.from(text)
            .toString()
            .replace(/\p{ASCII}/gu, ""),
        );
      }),
    );
  });

  test("are all valid exactly where the bytes are valid UTF-8", () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: 0xff, maxLength: 12 }), (bytes) => {
        expect([...sequences(bytes)].every(({ isValid }) => isValid)).toBe(isUtf8(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  test("every lead and second byte as the decoder has them", () => {
    for (let lead = 0x80; lead < 0x100; lead++)
      for (let second = 0; second < 0x100; second++) {
        const length = nextSequence(Uint8Array.of(lead, second, 0x80, 0x80), 0);
        const expected = [2, 3, 4].find((count) => isUtf8(Uint8Array.of(lead, second, 0x80, 0x80).subarray(0, count)));
        expect(length).toBe(expected ?? 0);
      }
  });
});

describe("one file", () => {
  test.each([
    ["plain text", "ascii", "agrees"],
    ["print('Content-Type: text/html; charset=utf-8')\nprint('Küche')", "utf-8", "agrees"],
    ["print('Küche')", "utf-8", "undeclared"],
    ['<meta charset="iso-8859-1">Küche', "utf-8", "contradicts"],
    ["\uFEFFKüche", "utf-8", "bom"],
    ['<meta charset="utf-16le">', "ascii", "contradicts"],
  ])("%j is %s, and %s", (text, detected, verdict) => {
    expect(row(text)).toMatchObject({ detected, verdict });
  });

  test.each([
    ["# Formular f\xfcr\nprint 'Content-type: text/html; charset=utf-8'", "iso-8859-1", "contradicts"],
    ['print "Content-Type: text/html; charset=ISO-8859-1\\n\\nK\xfcche";', "iso-8859-1", "agrees"],
    ["print header(-charset => 'iso-8859-1'), '5 \x80';", "windows-1252", "agrees"],
    ["use utf8;\nprint 'K\xfcche';", "iso-8859-1", "contradicts"],
    ["K\xfcche", "iso-8859-1", "undeclared"],
    ["# M\xc3\xb6bel, M\xf6bel", "mixed", "mixed"],
    ["# -*- coding: koi8-r -*-\n# \xf0\xd2\xc9\xd7\xc5\xd4\n", "koi8-r", "agrees"],
    [
      "#!/usr/bin/python3\n# coding: latin-1\nprint('Content-Type: text/html; charset=utf-8')\n# \xfc",
      "iso-8859-1",
      "agrees",
    ],
    ["# encoding: euc-jp\nputs '\xc6\xfc'", "euc-jp", "agrees"],
    ["#!/usr/bin/perl\n# vim: set fileencoding=euc-jp :\n# \xc6\xfc", "euc-jp", "agrees"],
    ["# -*- encoding: shift_jis -*-\n# \x93\xfa", "shift_jis", "agrees"],
    ['<?xml version="1.0" encoding="Shift_JIS"?>\n<a>\x93\xfa</a>', "shift_jis", "agrees"],
    ['@charset "Shift_JIS";\n/* \x93\xfa */', "shift_jis", "agrees"],
    ["charset = 'utf-8'\nprint('Content-Type: text/html; charset=' + charset)\n# \xfc", "iso-8859-1", "undeclared"],
  ])("the bytes %j are %s, and %s", (bytes, detected, verdict) => {
    expect(row(latin1(bytes))).toMatchObject({ detected, verdict });
  });

  test("says where the charset is declared, and shows the first bytes above ASCII", () => {
    expect(row(latin1("#!/bin/sh\n# K\xfcche\necho 'Content-Type: text/html; charset=UTF-8'\n"))).toMatchObject({
      declared: { charset: "UTF-8", encoding: "utf-8", by: "header", line: 3 },
      first: {
        line: 2,
        parts: [
          { kind: "text", text: "# K" },
          { kind: "bytes", hex: "fc", utf8: false },
          { kind: "text", text: "che" },
        ],
      },
    });
    const wide = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">';
    expect(row(wide)?.declared).toMatchObject({ by: "meta", line: 1 });
  });

  test("bytes with a NUL are no text, unless they are UTF-16 with its mark", () => {
    expect(row(Buffer.of(0x7f, 0x45, 0x00, 0xff))).toBeNull();
    expect(row(Buffer.from("\uFEFF# Küche", "utf16le"))).toMatchObject({ detected: "utf-16le", verdict: "bom" });
  });

  test("any bytes have an answer that fits them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: 0xff, min: 1, maxLength: 60 }), (bytes) => {
        const found = examineFile("a", bytes);
        if (found === null) return;
        expect(found.detected === "ascii").toBe(isAscii(bytes));
        if (found.detected === "mixed") {
          expect(isUtf8(bytes)).toBe(false);
          expect(Buffer.from(bytes).toString("latin1")).toMatch(/[\xc2-\xf4][\x80-\xbf]/);
        }
        if (found.detected === "utf-8") expect(isUtf8(bytes)).toBe(true);
        expect(found.first === null).toBe(isAscii(bytes) || found.detected.startsWith("utf-16"));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a conversion", () => {
  test("keeps every character, and what it leaves has nothing left to convert", () => {
    const text = fc.string({ unit: fc.constantFrom(..."abc \n\r\t'<>=#äöüßÿé§"), maxLength: 80 });
    fc.assert(
      fc.property(text, fc.constantFrom("", "charset", '<meta charset="latin1">'), (body, head) => {
        const bytes = latin1(head + body);
        const planned = planConversion("a", bytes);
        if (planned.kind === "leave") return;
        const from = detectEncoding(bytes) ?? "utf-8";
        expect(planned.text.replace("utf-8", "latin1")).toBe(decodeFile(bytes, from));
        expect(planConversion("a", Buffer.from(planned.text))).toMatchObject({
          kind: "leave",
          why: { code: "nothing-to-change" },
        });
      }),
    );
  });

  test("reads a file as the user does, unless it is UTF-8", () => {
    expect(planConversion("a", latin1("# \xf0\xd2\xc9\xd7\xc5\xd4"), "koi8-r")).toMatchObject({ text: "# Привет" });
    expect(planConversion("a", Buffer.from("\uFEFFKüche"), "iso-8859-1")).toMatchObject({ text: "Küche" });
    expect(planConversion("a", latin1("M\xc3\xb6bel M\xf6bel"), "iso-8859-1")).toMatchObject({
      why: { code: "mixed" },
    });
  });

  test.each(["cp850", "cp437", "no-such"])(
    "leaves out a source that declares %s, in which it could not be read",
    (name) => {
      const bytes = latin1(`#!/usr/bin/python3\n# -*- coding: ${name} -*-\nprint("gr\x81n")\n`);
      expect(planConversion("a.py", bytes)).toMatchObject({
        kind: "leave",
        why: { code: "declares-unknown", data: { charset: name, line: 2 } },
      });
    },
  );

  test("leaves out what declares another encoding than the Western one that it was taken for", () => {
    const bytes = latin1(`${"#\n".repeat(1024)}print "Content-Type: text/html; charset=koi8-r\\n\\n\xf0\xd2\xc9";\n`);
    expect(planConversion("a.pl", bytes)).toMatchObject({
      kind: "leave",
      why: { code: "declares-other", data: { encoding: "KOI8-R", line: 1025 } },
    });
    const text = `${"#\n".repeat(1024)}print "Content-Type: text/html; charset=utf-8\\n\\nПри";\n`;
    expect(planConversion("a.pl", bytes, "koi8-r")).toMatchObject({ text });
    const undecodable = latin1("# -*- coding: iso-8859-7 -*-\n# \xe1\xe2\xff\n");
    expect(planConversion("a.py", undecodable)).toMatchObject({ why: { code: "declares-other" } });
  });

  test("reads a script as it declares to CGI.pm", () => {
    const bytes = latin1("print header(-charset => 'koi8-r'), '\xf0\xd2\xc9';");
    expect(planConversion("a.pl", bytes)).toMatchObject({ text: "print header(-charset => 'utf-8'), 'При';" });
  });

  test.each([
    ["mac-roman", "gr\x9fn"],
    ["mac_roman", "gr\x9fn"],
    ["latin-1-unix", "gr\xfcn"],
  ])("reads a source that declares %s", (name, text) => {
    const bytes = latin1(`# -*- coding: ${name} -*-\nprint("${text}")\n`);
    expect(planConversion("a.py", bytes)).toMatchObject({
      kind: "convert",
      text: '# -*- coding: utf-8 -*-\nprint("grün")\n',
    });
  });

  const xml = '<?xml version="1.0" encoding="iso-8859-1"?>';
  const meta = '<meta charset="iso-8859-1">';
  test.each([
    [
      "a meta element below an XML declaration",
      `${xml}\n<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" />\n<p>f\xfcr\n`,
    ],
    ["both in one line", `${xml}<html>${meta}<p>f\xfcr`],
    ["a meta element in a very long line", `<!doctype html>${meta}<p>f\xfcr${" x".repeat(1000)}`],
    ["a header and a meta element", `print "Content-Type: text/html; charset=iso-8859-1\\n\\n${meta}f\xfcr";`],
  ])("leaves no declaration that is wrong afterwards: %s", (_what, before) => {
    const planned = planConversion("a", latin1(before));
    const after = before.replaceAll("iso-8859-1", "utf-8");
    expect(planned).toMatchObject({ kind: "convert", text: after });
    expect(row(after)).toMatchObject({ detected: "utf-8", verdict: "agrees" });
  });

  test("shows the beginning of a very long line", () => {
    const planned = planConversion("a", latin1(`${meta}f\xfcr${" x".repeat(1000)}`));
    const [shown] = planned.kind === "convert" ? planned.change.declarations : [];
    expect([shown?.before, shown?.after].map((line) => line?.length)).toEqual([1001, 1001]);
  });

  test("leaves alone what a program prints that declares its own encoding, and a label that is cut", () => {
    const program = `#!/usr/bin/python3\n# coding: latin-1\nprint('${meta}')\n# f\xfcr\n`;
    expect(planConversion("a.py", latin1(program))).toMatchObject({ text: program.replace("latin-1", "utf-8") });
    const cut = `${" ".repeat(975)}<meta charset="iso-8859-15">f\xfcr`; // “iso-8859-1” are the last characters searched
    expect(planConversion("a.html", latin1(cut))).toMatchObject({ text: cut });
  });

  test("changes a declaration in an element of several lines", () => {
    const page = [
      '<meta http-equiv="Content-Type"',
      '  content="text/html; charset=iso-8859-1">',
      "<meta name=a",
      "",
      "  charset='ISO-8859-1'><meta charset=latin1>f\xfcr\n",
    ];
    const converted = page.join("\r\n").replace(/iso-8859-1|latin1/gi, "utf-8");
    expect(planConversion("a.html", latin1(page.join("\r\n")))).toMatchObject({ text: converted });
    const xml = "<?xml version='1.0'\n encoding='ISO-8859-1'?>\n<a>f\xfcr</a>";
    expect(planConversion("a.xml", latin1(xml))).toMatchObject({ text: xml.replace("ISO-8859-1", "utf-8") });
    expect(row(converted)).toMatchObject({ verdict: "agrees", declared: { by: "meta", line: 2 } });
    const closed = "<meta name=a>\ncharset=iso-8859-1 f\xfcr";
    expect(planConversion("a.html", latin1(closed))).toMatchObject({ text: closed });
  });

  test("lists the characters with both bytes, and changes the declaration", () => {
    const bytes = latin1("print 'Content-Type: text/html; charset=iso-8859-1';\r\n# f\xfcr R\xfcck \xdf\n");
    expect(planConversion("a.pl", bytes)).toMatchObject({
      kind: "convert",
      text: "print 'Content-Type: text/html; charset=utf-8';\r\n# für Rück ß\n",
      change: {
        from: "iso-8859-1",
        characters: [
          { character: "ü", before: "fc", after: "c3 bc", count: 2 },
          { character: "ß", before: "df", after: "c3 9f", count: 1 },
        ],
        declarations: [{ line: 1 }],
      },
    });
  });
});

describe("a folder", () => {
  let folder: TempFolder;
  let workspace: Workspace;
  const conversions = new Conversions();
  const never = new AbortController().signal;
  const detected = (...paths: string[]) => paths.map((path) => ({ path, encoding: null }));
  const bytesOf = (path: string): Buffer => readFileSync(folder.file(path));
  beforeAll(async () => {
    folder = tempFolder();
    workspace = await Workspace.open(folder.path);
  });
  afterAll(async () => {
    await workspace.dispose();
    folder[Symbol.dispose]();
  });
  const latin = latin1("#!/usr/bin/perl\r\n# f\xfcr\n");
  const mixed = latin1("# M\xc3\xb6bel, M\xf6bel\n");
  beforeEach(() => {
    folder.write("latin.pl", latin);
    folder.write("mixed.pl", mixed);
    folder.write("page.html", '<meta charset="utf-8"><p>Küche');
    folder.write("image.bin", Buffer.of(0, 1, 2, 255));
  });

  test("is examined within its bounds, which the report names", async () => {
    const report = await scanFolder(workspace, never);
    expect(report.files.map(({ path, verdict }) => [path, verdict])).toEqual(
      expect.arrayContaining([
        ["latin.pl", "undeclared"],
        ["mixed.pl", "mixed"],
        ["page.html", "agrees"],
      ]),
    );
    expect(report).toMatchObject({ binary: 1, skipped: 0, bound: null, maxFiles: scanBounds.maxFiles });
    expect(await scanFolder(workspace, never, { ...scanBounds, maxFiles: 1 })).toMatchObject({ bound: "files" });
    expect(await scanFolder(workspace, never, { ...scanBounds, maxBytes: 20 })).toMatchObject({ bound: "bytes" });
    expect(await scanFolder(workspace, never, { ...scanBounds, maxFileBytes: 20 })).toMatchObject({ skipped: 2 });
  });

  test("is no longer examined when the caller does not want it", async () => {
    await expect(scanFolder(workspace, AbortSignal.abort("enough"))).rejects.toBe("enough");
  });

  test("is converted and restored byte by byte; what changed meanwhile stays", async () => {
    const { files, left } = await conversions.preview(
      workspace,
      detected("latin.pl", "mixed.pl", "page.html", "none.pl"),
    );
    expect(files.map(({ path }) => path)).toEqual(["latin.pl"]);
    expect(left.map(({ path, why }) => [path, why.code])).toEqual([
      ["mixed.pl", "mixed"],
      ["page.html", "nothing-to-change"],
      ["none.pl", "gone"],
    ]);
    const converted = await conversions.convert(workspace, files);
    expect(converted).toMatchObject({ converted: ["latin.pl"], left: [] });
    expect(bytesOf("latin.pl").toString()).toBe("#!/usr/bin/perl\r\n# für\n");
    expect(await conversions.convert(workspace, files)).toMatchObject({
      token: null,
      left: [{ path: "latin.pl", why: { code: "changed" } }],
    });
    const token = converted.token ?? "";
    expect(await conversions.undo(token)).toEqual({ restored: ["latin.pl"], left: [], token: null });
    expect(bytesOf("latin.pl")).toEqual(latin);
    await expect(conversions.undo(token)).rejects.toThrow(ProblemError);
  });

  test("an undo leaves a file alone that was changed after the conversion", async () => {
    const { files } = await conversions.preview(workspace, detected("latin.pl"));
    const { token } = await conversions.convert(workspace, files);
    folder.write("latin.pl", "edited");
    expect(await conversions.undo(token ?? "")).toMatchObject({
      restored: [],
      left: [{ path: "latin.pl", why: { code: "changed-since" } }],
      token: null,
    });
    expect(bytesOf("latin.pl").toString()).toBe("edited");
  });

  test("an undo that fails for a file can be repeated for that file", async () => {
    folder.write("other.pl", latin);
    const disk = withFullDisk(workspace);
    const { files } = await conversions.preview(disk.folder, detected("latin.pl", "other.pl"));
    const token = (await conversions.convert(disk.folder, files)).token ?? "";
    disk.full.add("latin.pl");
    expect(await conversions.undo(token)).toMatchObject({
      restored: ["other.pl"],
      left: [{ path: "latin.pl", why: { code: "failed" } }],
      token,
    });
    disk.full.clear();
    expect(await conversions.undo(token)).toEqual({ restored: ["latin.pl"], left: [], token: null });
    expect([bytesOf("latin.pl"), bytesOf("other.pl")]).toEqual([latin, latin]);
    folder.remove("other.pl");
  });
});
