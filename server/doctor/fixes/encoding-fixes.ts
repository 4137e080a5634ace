// Fixes of a script whose own bytes have another encoding than it declares: one changes the bytes, one the declaration.
import { byteString, toBytes } from "../../protocol/byte-string.js";
import { examineFile } from "../../workspace/encodings/examine-file.js";
import { textInUtf8 } from "../../workspace/encodings/text-in-utf8.js";
import { decisive, findDeclarations } from "../../workspace/files/declarations.js";
import { isUtf16 } from "../../workspace/files/text-encoding.js";
import { type Fix, textFix } from "./fix.js";

export const convertToUtf8: Fix = {
  id: "convert-to-utf-8",
  title: "Convert to UTF-8",
  change: ({ path, text, encoding }) => {
    const converted = textInUtf8(path, toBytes(text), encoding);
    if (converted.kind === "leave" || converted.from === "utf-8") return null;
    // a first line with a carriage return would lead to no interpreter
    const isProgram = isUtf16(converted.from) && converted.text.startsWith("#!");
    const whole = isProgram ? converted.text.replaceAll("\r\n", "\n") : converted.text;
    return { text: byteString(Buffer.from(whole, "utf8").toString("latin1")) };
  },
};

/**
 * Other than browsers, Python, Perl and Ruby read 80 to 9F in iso-8859-1 as control
 * characters. They know cp1252, XML the full name.
 */
const sourceNames = { "iso-8859-1": "iso-8859-1", "windows-1252": "cp1252" } as const;

/** Browsers read windows-1252 under this name too. */
export const declareLatin1 = textFix("declare-latin-1", "Declare iso-8859-1", ({ path, text }) => {
  const detected = examineFile(path, toBytes(text))?.detected;
  if (detected !== "iso-8859-1" && detected !== "windows-1252") return null;
  const lines = text.split("\n");
  for (const { at, by, line, encoding } of decisive(findDeclarations(lines))) {
    if (at === null || encoding !== "utf-8") continue;
    const before = lines[line - 1] ?? "";
    const name = by !== "source" ? "iso-8859-1" : before.startsWith("<?xml") ? detected : sourceNames[detected];
    lines[line - 1] = `${before.slice(0, at[0])}${name}${before.slice(at[1])}`;
  }
  return lines.join("\n");
});
