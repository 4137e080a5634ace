// The Python module that replaces the removed `cgi`: FieldStorage with the same names and results, for GET, form posts
// and multipart posts with files. For Python 3.6 and later; uses only the standard library.
import { readFileSync } from "node:fs";
import { adapterFile } from "../../base/built-files.js";

/** Its import name. */
export const fieldStorageName = "form_fields";

/** What of `cgi` and `cgitb` the module has. */
export const fieldStorageNames: ReadonlySet<string> = new Set(
  "FieldStorage MiniFieldStorage parse_header escape print_environ enable handler maxlen".split(" "),
);

/** Its text. */
export const fieldStorageModule = (): string => readFileSync(adapterFile("form_fields.py"), "utf8");
