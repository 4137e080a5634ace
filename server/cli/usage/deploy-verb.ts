// The help of the moves to another server, and from one.
import { targetIds } from "../../contract/deploy-targets.js";

export const deploy = `Usage: cgi-workbench deploy [DIR | SCRIPT] --to TARGET --out FOLDER [options]

Writes a kit with which the folder's scripts, or one script, run on another
server: its configuration, the files, units of systemd, agents where a mode has
one, a page that says how to install it, and check.sh, which says on the other
machine what is wrong there; or, for containers, what builds and starts an
image. First it says what will differ, and in which lines scripts keep state
that two machines would not share.

TARGET: ${targetIds.slice(0, 7).join(", ")};
        ${targetIds.slice(7).join(", ")}

  --out FOLDER   a new folder for the kit
  --name NAME    of the files, the units and the scripts' user there; default:
                 from the folder's or the script's own name
  --at PATH      where the kit will lie on the other machine; default: /srv/NAME
  --host HOST    the name that requests ask for; default: any
  --port N       the server's port; default: 80
  --config FILE  a configuration in place of DIR's own
  --json         print the names of the files, and what differs, as JSON

Exit code: 0, 1 if the server cannot run a script or cannot have a name, 2 for
wrong use or a mistake in the configuration.
`;

export const adopt = `Usage: cgi-workbench adopt FILE | DIR [--out FILE] [options]

Reads the configuration of Apache, lighttpd, nginx or BusyBox httpd and makes
one of CGI Workbench of it: FILE is its main file or a part such as a site’s,
DIR the folder that holds them, or a site’s folder with .htaccess files. Each
line is reported as understood, approximated or left out, with the reason.
Nothing of the original is changed, and nothing is started.

  --out FILE      write the configuration to a new file, such as
                  site/cgi-workbench.json; without it, it goes to standard
                  output, and the report to standard error
  --host NAME     take the virtual host of this name; default: the first
                  that serves something, or what lies outside of lighttpd’s
  --include DIR   read files that are included from this folder, too; may be
                  given several times
  --json          print the report with the configuration as JSON

Files are read from the configuration’s own folder, and for the system’s own
configuration from all of it. Variables come from Define and envvars alone.

Exit code: 0, 1 if there is nothing to read or the new file exists, 2 for wrong
use.
`;
