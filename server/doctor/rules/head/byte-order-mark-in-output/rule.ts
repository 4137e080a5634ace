// EF BB BF before the first header.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A byte order mark comes before the headers",
  summary:
    "The output begins with the bytes `ef bb bf`, an invisible mark that some editors write at the start of UTF-8 text.",
  explanation:
    "The output must begin with the name of the first header. Here three invisible bytes come first: a byte order mark, which an editor wrote at the start of the script or of a file that it prints. With it, the first line is not a valid header. Save the script and the files that it prints as “UTF-8 without BOM”. In Python write with `utf-8`, not `utf-8-sig`.",
  reference: "RFC 3875 §6.2",
  logged: [
    apache.logs("invalidName", 500, { TEXT: "\\xef\\xbb\\xbfContent-Type" }),
    lighttpd.silent("200 OK, Content-Type is lost"),
    nginx.silent("200 OK, Content-Type is lost"),
  ],
  fixes: ["remove-byte-order-mark"],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (bad?.stopped.from !== 0 || !bad.head.startsWith("\xef\xbb\xbf")) return null;
    return {
      detail: "The output begins with `ef bb bf`, which cannot be part of a header.",
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, 3),
    };
  },
};
