// What the rule date-invalid says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A date in the header is not written as HTTP asks",
  summary: "Dates in headers have one form: Sun, 06 Nov 1994 08:49:37 GMT.",
  explanation:
    'A date that a client cannot read is as good as none: Expires then means "stale already", Last-Modified is ignored. The form is always the same: weekday, day with two digits, month in English, year, time in GMT. In Python: email.utils.formatdate(usegmt=True); in Perl: HTTP::Date::time2str; in PHP: gmdate("D, d M Y H:i:s") . " GMT"; in a shell: LC_ALL=C date -u "+%a, %d %b %Y %H:%M:%S GMT".',
  reference: "RFC 9110 §5.6.7",
  logged: [
    { server: "Apache", message: null, answers: "200 OK without the field" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
