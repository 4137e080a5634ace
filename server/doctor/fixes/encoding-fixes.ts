// Fixes of a script whose own bytes have another encoding than it declares: one changes the bytes, one the declaration.
import { byteString, toBytes } from "../../protocol/byte-string.js";
import { decisive, findDeclarations } from "../../workspace/encodings/declarations.js";
import { examineFile } from "../../workspace/encodings/examine-file.js";
import { textInUtf8 } from "../../workspace/encodings/text-in-utf8.js";
import { type Fix, textFix } from "./fix.js";

export const convertToUtf8: Fix = {
  id: "convert-to-utf-8",
  title: "Convert this file to UTF-8",
  change: ({ path, text }) => {
    const converted = textInUtf8(path, toBytes(text));
    if (converted.kind === "leave" || converted.from === "utf-8") return null;
    return { text: byteString(Buffer.from(converted.text, "utf8").toString("latin1")) };
  },
};

/** Browsers read windows-1252 under this name too. */
export const declareLatin1 = textFix("declare-latin-1", "Declare iso-8859-1", ({ path, text }) => {
  const detected = examineFile(path, toBytes(text))?.detected;
  if (detected !== "iso-8859-1" && detected !== "windows-1252") return null;
  const lines = text.split("\n");
  for (const { at, line, encoding } of decisive(findDeclarations(lines))) {
    if (at === null || encoding !== "utf-8") continue;
    const before = lines[line - 1] ?? "";
    lines[line - 1] = `${before.slice(0, at[0])}iso-8859-1${before.slice(at[1])}`;
  }
  return lines.join("\n");
});
