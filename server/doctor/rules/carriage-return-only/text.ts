// What the rule carriage-return-only says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "Lines end in a carriage return alone",
  summary: "The header's lines end in CR without LF, so all of it is one line.",
  explanation:
    'A line ends in LF ("\\n") or CR LF ("\\r\\n"). Here a carriage return stands alone, as on Macs before 2001, so the server sees one endless line and no empty line after it. Write "\\n". In a value a carriage return is no line end but damage: text that came with Windows line ends should be stripped before it goes into a header.',
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "200 OK, everything becomes the page, or 500 Internal Server Error" },
    { server: "nginx", message: "upstream prematurely closed FastCGI stdout while reading response header from upstream", answers: "502 Bad Gateway" },
  ],
  fixes: [],
};
