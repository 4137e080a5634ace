// Probes that put markup, a command, a path, a header or an option into each field of the target's query and form.
import { byteString } from "../../protocol/byte-string.js";
import { percentEncode } from "../../protocol/percent.js";
import { groupOf, type ProbeAim, posted, withQuery, written } from "./probe.js";

/** Every field with its value changed; a target without a query and a form gets one field. */
function injected(aim: ProbeAim, change: (value: string) => string) {
  const encoded = (text: string): string => text.replace(/[^\w.~%+-]/g, percentEncode);
  const [path = "", query = ""] = aim.target.split(/\?(.*)/s, 2);
  const changed = (fields: string): string =>
    fields.replace(/[^&]+/g, (pair) => {
      const [name = "", value] = pair.split(/=(.*)/s, 2);
      return value === undefined ? encoded(change(name)) : `${name}=${encoded(change(value))}`;
    });
  const target = query === "" ? aim.target : byteString(`${path}?${changed(query)}`);
  if (aim.form !== "") return posted({ ...aim, target }, "application/x-www-form-urlencoded", changed(aim.form));
  return written(aim, { target: query === "" ? withQuery(aim, `field=${encoded(change("x"))}`) : target });
}

export const injectionProbes = groupOf("injection", {
  "markup-in-fields": {
    title: "Markup in every field",
    about: "A page must show it as text: escaped, with no tag of its own (CWE-79).",
    bytes: (aim) => injected(aim, (value) => `${value}"'><svg onload=probe()>`),
  },
  "command-in-fields": {
    title: "A command in every field",
    about: "Behind ; a shell runs it. It prints who the server's user is, and changes nothing (CWE-78).",
    bytes: (aim) => injected(aim, (value) => `${value};id`),
  },
  "path-in-fields": {
    title: "A path in every field",
    about: "It leads out of the script's folder to a file that everybody may read (CWE-22).",
    bytes: (aim) => injected(aim, () => "../../../../../../../../../../etc/passwd"),
  },
  "header-in-fields": {
    title: "A header in every field",
    about: "Behind a line break it is a header of the response, if the script writes the value into one (CWE-113).",
    bytes: (aim) => injected(aim, (value) => `${value}\r\nX-Probe: injected`),
  },
  "option-in-fields": {
    title: "An option in every field",
    about: "A program that the script starts with it takes it for an option, unless `--` is in front (CWE-88).",
    bytes: (aim) => injected(aim, () => "--option-of-a-probe"),
  },
});
