// What the rule php-no-input-file says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "PHP does not find the script it is to run",
  summary: "SCRIPT_FILENAME is missing, or names a file that PHP cannot see.",
  explanation:
    'php-cgi and php-fpm learn from the variable SCRIPT_FILENAME which file to run. When it is missing, or names a file that is not there for PHP (in another container or root folder, or not readable for its user), php-cgi answers "No input file specified." and php-fpm "File not found." with "Primary script unknown" in the log. Compare the path with what PHP sees.',
  reference: "RFC 3875 §4.1",
  logged: [
    { server: "php", message: "No input file specified.", answers: "404 Not Found" },
    { server: "nginx", message: 'FastCGI sent in stderr: "Primary script unknown"', answers: "404 File not found.", unproved: true },
    { server: "Apache", message: "AH01071: Got error 'Primary script unknown'", answers: "404 File not found.", unproved: true },
  ],
  fixes: [],
};
