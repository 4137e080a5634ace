// The help of the move to another server.
import { targetIds } from "../../contract/deploy-targets.js";

export const deploy = `Usage: cgi-workbench deploy [DIR | SCRIPT] --to TARGET --out FOLDER [options]

Writes a kit with which the folder's scripts, or one script, run on another
server: its configuration, the files, units of systemd, agents where a mode has
one, a page that says how to install it, and check.sh, which says on the other
machine what is wrong there; or, for containers, what builds and starts an
image. First it says what will differ, and in which lines scripts keep state
that two machines would not share.

TARGET: ${targetIds.slice(0, 6).join(", ")};
        ${targetIds.slice(6).join(", ")}

  --out FOLDER   a new folder for the kit
  --name NAME    of the files, the units and the scripts' user there; default:
                 from the folder's own name
  --at PATH      where the kit will lie on the other machine; default: /srv/NAME
  --host HOST    the name that requests ask for; default: any
  --port N       the server's port; default: 80
  --config FILE  a configuration in place of DIR's own
  --json         print the names of the files, and what differs, as JSON

Exit code: 0, 1 if the server cannot run a script or cannot have a name, 2 for
wrong use or a mistake in the configuration.
`;
