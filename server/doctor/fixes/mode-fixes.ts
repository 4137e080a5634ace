// Fixes that change the mode in which a script runs. Like the mode menu, they write
// cgi-workbench.json and do not change the script.
import { withScriptMode } from "../../workspace/config/edit-config.js";
import type { Fix } from "./fix.js";

const modeFix = (mode: "cgi" | "fastcgi" | "wsgi" | "psgi" | "rack" | "handler", title: string): Fix => ({
  id: `run-as-${mode}`,
  title,
  change: ({ path, config }) => {
    if (config === null) return null;
    const changed = withScriptMode(config, path, mode);
    return changed === config ? null : { config: changed };
  },
});

export const modeFixes: readonly Fix[] = [
  modeFix("cgi", "Run as CGI: a new process for each request"),
  modeFix("fastcgi", "Run as FastCGI: worker processes that serve many requests"),
  modeFix("wsgi", "Run as WSGI: worker processes that call the application"),
  modeFix("psgi", "Run as PSGI: worker processes that call the application"),
  modeFix("rack", "Run as Rack: worker processes that call the application"),
  modeFix("handler", "Run as handler: worker processes that call its functions"),
];
