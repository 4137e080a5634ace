// PHP code that PHP took for text, because it begins with a short tag.
import { traitsOf } from "../../../../contract/modes.js";
import { fromBytes } from "../../../../protocol/byte-string.js";
import type { DeferredRule } from "../../../base/rule.js";
import { rangeIn } from "../../../evidence/output.js";
import { pageEncoding } from "../../../evidence/page-encoding.js";

const examinedBytes = 1 << 16;
/** Code, not an XML declaration or another processing instruction. */
const shortTag = /<\?\s[^>]{0,400}?[;({$]/;

export const rule: DeferredRule = {
  severity: "warning",
  title: "PHP code is in the page: short tags are off",
  summary: "PHP sent code that begins with `<?` as text. It runs such code only if `short_open_tag` is on.",
  explanation:
    "PHP runs what is between `<?php` and `?>`. The short form `<?` works only with `short_open_tag = On` in `php.ini`, and PHP's own templates of that file switch it off. Everybody can then read the code in the page. Write `<?php` instead of `<?`; `<?=` for output always works.",
  on: "anything",
  check: (facts) => {
    const { route, script, stdout } = facts;
    if (!stdout || (traitsOf(route.mode)?.interpreter !== "php" && route.file?.endsWith(".php") !== true)) return null;
    // a picture or a compressed file has any bytes; the php command writes no header by itself
    if (script?.kind !== "invalid" && pageEncoding(facts) === null) return null;
    const match = shortTag.exec(fromBytes(stdout.read(0, examinedBytes)));
    if (match === null) return null;
    return {
      detail: "The page contains `<?` and the code that follows it. Write `<?php` there.",
      stream: "stdout",
      range: rangeIn(stdout, match.index, match.index + match[0].length),
    };
  },
};
