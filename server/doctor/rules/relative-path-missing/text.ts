// What the rule relative-path-missing says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A file that the script opens is not there",
  summary: "The path is relative, and is looked for in the folder in which servers start scripts: the script's own.",
  explanation:
    "A path that does not begin with / is looked for in the current folder. In a terminal that is where you are; a CGI script is started in the folder it lies in. A file that opens by hand from another folder is not found here. Build the path from the script's own place (in Python, pathlib.Path(__file__).parent), or write it whole.",
  reference: "RFC 3875 §7.2",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: FileNotFoundError: [Errno 2] No such file or directory: 'PATH'",
      answers: "500 Internal Server Error",
    },
    { server: "nginx", message: "FastCGI sent in stderr: \"...FileNotFoundError: [Errno 2] No such file or directory: 'PATH'\"", answers: "502 Bad Gateway" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: [],
};
