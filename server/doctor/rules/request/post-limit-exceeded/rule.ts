// PHP dropped the whole form, since the body is larger than post_max_size.
import type { DeferredRule } from "../../../base/rule.js";
import { postLimit } from "../../../evidence/post-limit.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "PHP dropped the form: it is larger than post_max_size",
  summary: "The body is larger than PHP accepts, so `$_POST` and `$_FILES` are empty.",
  explanation:
    "PHP reads no form whose body is larger than `post_max_size` (8 MB unless php.ini says otherwise). The script runs all the same, with `$_POST` and `$_FILES` empty, as if the form had not been filled in. PHP says so only on standard error.\n\nRaise `post_max_size`, and for files `upload_max_filesize`, in the php.ini that php-cgi reads: it is another one than that of the command `php`. `php-cgi -i` names it as “Loaded Configuration File”. A script can tell a dropped form by `CONTENT_LENGTH` with an empty `$_POST`.",
  on: "anything",
  check: (facts) => {
    const found = postLimit(facts);
    if (found === null) return null;
    const [sent = "", limit = ""] = found.groups;
    return {
      detail: `The body has ${sent} bytes, and \`post_max_size\` is ${limit}: \`$_POST\` and \`$_FILES\` are empty. Raise it in the php.ini that php-cgi reads; \`php-cgi -i\` names that file.`,
      ...found.location,
    };
  },
};
