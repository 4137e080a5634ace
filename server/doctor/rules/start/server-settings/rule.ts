// Explains log messages about Apache's own settings in the index of rules. CGI Workbench has no such settings, so no
// trace has this finding.
import { apache, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Apache's settings keep the script from running",
  summary: "Apache runs CGI scripts only where its configuration allows it, and this location is not allowed.",
  explanation:
    "The script itself is fine: it runs here. Apache needs three things in its configuration. First, the folder must be a folder for scripts: by `ScriptAlias`, or by `Options +ExecCGI` together with `AddHandler cgi-script .cgi`. Second, the script gets the path after its name in the URL only if `AcceptPathInfo` is not off. Third, the URL must lead to a file: a folder or a missing file is not a script. Check the `<Directory>` block, and the `.htaccess` files in the folders above.",
  reference: "RFC 3875 §3.2",
  logged: [
    unproved(apache.says("AH02809: Options ExecCGI is off in this directory: S", 403)),
    unproved(apache.says("AH02813: AcceptPathInfo off disallows user's path: S", 404)),
    unproved(apache.logs("notFound", 404)),
    unproved(apache.logs("folder", 403)),
  ],
  on: "failures",
  withoutScript: true,
  check: () => null,
};
