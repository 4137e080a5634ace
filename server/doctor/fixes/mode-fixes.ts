// Fixes of how a script is run: written into cgi-workbench.json as the menu of modes does it; the script itself stays as it is.
import type { FixId } from "../../contract/doctor-contract.js";
import type { Mode } from "../../contract/modes.js";
import { withScriptMode } from "../../workspace/config/edit-config.js";
import type { Fix } from "./fix.js";

const modeFix = (id: FixId, mode: Mode, title: string): Fix => ({
  id,
  title,
  change: ({ path, config }) => {
    const changed = withScriptMode(config, path, mode);
    return changed === config ? null : { config: changed };
  },
});

export const runAsCgi = modeFix("run-as-cgi", "cgi", "Run it as CGI: a new process for each request");
export const runAsFastcgi = modeFix("run-as-fastcgi", "fastcgi", "Run it as FastCGI: processes that stay");
