// The script's own file is UTF-16: neither the system nor most interpreters can read it.
import { isServerError } from "../../../../contract/failure.js";
import { utf16Order } from "../../../../formats/encodings/utf-16.js";
import { toBytes } from "../../../../protocol/byte-string.js";
import { handlerReason } from "../../../../routing/messages.js";
import { startFailedLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { isWideData } from "../../../evidence/data-file.js";
import { fileEvidence } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script is saved as UTF-16",
  summary: "The file has two bytes for each character. Systems and interpreters need UTF-8 without a byte order mark.",
  explanation:
    "An editor shows the first line, but its first two bytes are not `#!`: in UTF-16 every letter has a second byte, `00`, and often a byte order mark, `ff fe`, comes before all of them. The system does not start such a file, and Python, PHP and shells do not read it. Windows PowerShell 5.1 writes UTF-16 with `>`, and some editors call it “Unicode”.\n\nSave the file as UTF-8 without a byte order mark, with line ends of one byte (LF).",
  reference: "RFC 3875 §3.4",
  logged: startFailedLogged("ENOEXEC"),
  fixes: ["convert-to-utf-8"],
  on: "anything",
  explains: "errors",
  check: (facts) => {
    const { file, notes } = facts;
    const isHandled = notes.handlerBecause !== null && handlerReason.is(notes.handlerBecause, "saved-as-utf-16");
    const isWide = file !== null && utf16Order(toBytes(file.source)) !== null && !isWideData(file.path, file.source);
    if (!isHandled && !isWide) return null;
    return {
      severity: isServerError(facts.response?.status ?? null) ? "error" : "warning",
      detail:
        "The file is UTF-16: two bytes a character, of which one is `00`, so the system does not find `#!` at the beginning. Save it as UTF-8 without a byte order mark.",
      line: 1,
      evidence: file === null ? [] : [fileEvidence(file, 1)],
    };
  },
};
