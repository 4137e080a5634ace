// Three invisible bytes come before #!, so the kernel does not recognize it.
import { startFailedLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fileEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A byte order mark comes before #!",
  summary:
    "The file begins with the bytes `ef bb bf`, an invisible mark that some editors write at the start of UTF-8 text.",
  explanation:
    "Some editors, mostly on Windows, begin a UTF-8 file with three invisible bytes: the byte order mark (BOM). The system looks for `#!` at the very first byte and finds `ef bb bf` instead, so it does not know how to run the file (“Exec format error”). Save the file as “UTF-8 without BOM”.",
  reference: "RFC 3875 §3.4",
  logged: startFailedLogged("ENOEXEC"),
  fixes: ["remove-byte-order-mark"],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "ENOEXEC" || !refused.file.source.startsWith("\xef\xbb\xbf")) return null;
    return {
      detail:
        "The file begins with `ef bb bf`, so the system does not find `#!` at the first byte. Save the file as UTF-8 without BOM.",
      line: 1,
      evidence: [refused.evidence, fileEvidence(refused.file, 1)],
    };
  },
};
