// What the rule python-module-missing says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A Python module is not installed",
  summary: "The script imports a module that the Python which runs it does not have.",
  explanation:
    "The script imports a module that is not there for the Python named in its first line. Perhaps it is installed for another Python, or in a virtual environment that is active in your terminal but not in the server; servers start scripts without it. Name the environment's own interpreter in the first line (#!/path/to/venv/bin/python), or install the module for this one.",
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: ModuleNotFoundError: No module named 'NAME'", answers: "500 Internal Server Error" },
    { server: "nginx", message: "FastCGI sent in stderr: \"...ModuleNotFoundError: No module named 'NAME'\"", answers: "502 Bad Gateway" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: [],
};
