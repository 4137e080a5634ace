// JSON and other types that are always UTF-8, whatever charset the response declares: the text is read as declared.
import { describe, expect, test } from "vitest";
import { textInUtf8 } from "../../../server/workspace/encodings/text-in-utf8.js";
import { caseFindings } from "../../support/case-findings.js";

/** The bytes of `text` in that charset, as a shell prints them. */
const script = (type: string, hex: string): string =>
  `#!/bin/sh\nprintf 'Content-Type: ${type}\\n\\n${hex.replace(/../g, (byte) => `\\${Number.parseInt(byte, 16).toString(8).padStart(3, "0")}`)}'\n`;
const json = (hex: string): string => `7b226122203a2022${hex}227d`;

const declared: [type: string, hex: string, meant: string][] = [
  ["application/problem+json; charset=iso-8859-7", json("c1c8c7cdc1"), "ΑΘΗΝΑ"],
  ["application/json;charset=WINDOWS-1251", json("cff0e8e2e5f2"), "Привет"],
  ["application/json; charset=iso-2022-jp", json("1b2442467c4b5c1b2842"), "日本"],
  ["text/event-stream; charset=gbk", "646174613a20d6d0cec40a0a", "中文"],
  ["application/json; charset=iso-8859-1", json("4772fc6e"), "Grün"],
];
describe("text in the charset that is declared and means nothing", () => {
  test.each(declared)("%s", async (type, hex, meant) => {
    const findings = await caseFindings("x.sh", script(type, hex));
    expect(findings.map(({ rule }) => rule)).toEqual(["not-utf-8"]);
    expect(findings[0]?.detail).toContain(`instead of “${meant}”`);
    expect(findings[0]?.title).toContain(`declares ${/charset=(.*)$/.exec(type)?.[1]?.toLowerCase()}`);
    expect(findings[0]?.fixes).toEqual(["convert-to-utf-8"]);
  });

  test("a script whose own bytes are in it is read so when it is converted", () => {
    const source = Buffer.concat([
      Buffer.from("#!/bin/sh\nprintf 'Content-Type: application/json; charset=windows-1253\\n\\n\"", "latin1"),
      Buffer.from("c1c8c7cdc1", "hex"),
      Buffer.from("\"'\n", "latin1"),
    ]);
    const converted = textInUtf8("cgi-bin/x.sh", source);
    expect(converted).toMatchObject({ kind: "convert", text: expect.stringContaining('charset=utf-8\\n\\n"ΑΘΗΝΑ"') });
  });
});

const healthy: [what: string, type: string, hex: string][] = [
  ["UTF-8 that is declared as UTF-16", "application/json; charset=utf-16", json("c3bc")],
  ["ASCII that is declared as UTF-16", "application/json; charset=utf-16", json("6162")],
  ["UTF-8 that is declared as Latin-1", "application/json; charset=iso-8859-1", json("c3bc")],
  ["ASCII", "application/json; charset=windows-1253", json("6162")],
  ["a type whose charset counts", "text/csv; charset=windows-1253", "c1c8c7cdc1"],
];
test.each(healthy)("%s has no such finding", async (_what, type, hex) => {
  expect((await caseFindings("x.sh", script(type, hex))).map(({ rule }) => rule)).not.toContain("not-utf-8");
});

describe("a page that declares UTF-16", () => {
  const wide = Buffer.from("\ufeff<p>Grün</p>", "utf16le").toString("hex");
  test.each([
    ["UTF-8", "text/html; charset=utf-16", "3c703e4772c3bc6e", "“Grün”"],
    ["ASCII", "text/plain; charset=utf-16le", "4772756e210a", "“Grun!”"],
  ])("%s is declared wrongly", async (_what, type, hex, meant) => {
    const [first] = await caseFindings("x.sh", script(type, hex));
    expect(first).toMatchObject({ rule: "charset-wrong", fixes: ["declare-charset"] });
    expect(first?.detail).toContain(`instead of ${meant}`);
  });

  test.each([
    ["with a mark", "text/html; charset=utf-16", wide],
    ["without one", "text/html; charset=utf-16le", wide.slice(4)],
  ])("UTF-16 %s is right", async (_what, type, hex) => {
    expect(await caseFindings("x.sh", script(type, hex))).toEqual([]);
  });
});

test("JSON without a charset that is not UTF-8 keeps its finding", async () => {
  const [first] = await caseFindings("x.sh", script("application/json", json("c1c8c7cdc1")));
  expect(first).toMatchObject({ rule: "not-utf-8", title: "The page declares UTF-8 but is not UTF-8" });
});
