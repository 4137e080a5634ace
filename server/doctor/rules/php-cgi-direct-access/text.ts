// What the rule php-cgi-direct-access says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "PHP refuses: it thinks it was called directly",
  summary: "php-cgi runs a script only when REDIRECT_STATUS is set, which Apache does and other servers must be told to.",
  explanation:
    'php-cgi could be misused by calling it directly by its own address. To prevent that it refuses to run ("Security Alert! The PHP CGI cannot be accessed directly.") unless the variable REDIRECT_STATUS is set, which Apache does when it hands a .php file over. A server that does not must be configured to: REDIRECT_STATUS=200.',
  reference: null,
  logged: [{ server: "php", message: "Security Alert! The PHP CGI cannot be accessed directly.", answers: "the alert as a page" }],
  fixes: [],
};
