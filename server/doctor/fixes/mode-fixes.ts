// Fixes that change the mode in which a script runs. Like the mode menu, they write
// cgi-workbench.json and do not change the script.
import type { FixId } from "../../contract/doctor-contract.js";
import type { Mode } from "../../contract/modes.js";
import { withScriptMode } from "../../workspace/config/edit-config.js";
import type { Fix } from "./fix.js";

const modeFix = (id: FixId, mode: Mode, title: string): Fix => ({
  id,
  title,
  change: ({ path, config }) => {
    if (config === null) return null;
    const changed = withScriptMode(config, path, mode);
    return changed === config ? null : { config: changed };
  },
});

export const runAsCgi = modeFix("run-as-cgi", "cgi", "Run as CGI: a new process for each request");
export const runAsFastcgi = modeFix(
  "run-as-fastcgi",
  "fastcgi",
  "Run as FastCGI: worker processes that serve many requests",
);
export const runAsWsgi = modeFix("run-as-wsgi", "wsgi", "Run as WSGI: worker processes that call the application");
export const runAsPsgi = modeFix("run-as-psgi", "psgi", "Run as PSGI: worker processes that call the application");
export const runAsRack = modeFix("run-as-rack", "rack", "Run as Rack: worker processes that call the application");
export const runAsHandler = modeFix(
  "run-as-handler",
  "handler",
  "Run as handler: worker processes that call its functions",
);
