// What the rule response-splitting says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The request wrote a line of the header",
  summary: "A value from the request, with its line ends, was put into a header: whoever sends the request can write headers and pages.",
  explanation:
    'The script puts something from the request into a header without taking line ends out. A link with %0D%0A in it then ends the field and begins another one: a cookie for your site, another page, anything. This is called response splitting and is a security hole. Remove "\\r" and "\\n" from everything that goes into a header, or encode it with percent signs.',
  reference: "RFC 9110 §5.5, RFC 3875 §9",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "400 Bad Request: it takes no address with %0D" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
