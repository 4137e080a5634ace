// Reads the httpd.conf of BusyBox as the directives of Apache that mean the same.
import { dirname } from "node:path";
import type { ApacheConfiguration, Directive, Section } from "./apache/read.js";
import type { ConfigFiles } from "./config-files.js";
import { adoptMessage } from "./messages.js";
import type { Report } from "./report.js";

/** `H:` is the document root, which its command line may also name: then it is the folder of the file. */
export async function readBusybox(files: ConfigFiles, report: Report, path: string): Promise<ApacheConfiguration> {
  const directives: Directive[] = [];
  const file = await files.open(path, []);
  const start = { file: path, line: 1, text: "" };
  if ("refusal" in file) report.leftOut(start, file.refusal);
  const lines = "text" in file ? file.text.split("\n").slice(0, 20_000) : [];
  const root = lines.map((line) => /^H:(\/\S*)/.exec(line)?.[1]).find((one) => one !== undefined) ?? dirname(path);
  const add = (index: number, text: string, key: string, words: readonly string[], scope: readonly Section[] = []) =>
    directives.push({ file: path, line: index + 1, text, name: text, key, words, scope });
  add(0, "H", "documentroot", [root]);
  add(0, "H", "scriptalias", ["/cgi-bin/", `${root}/cgi-bin/`]);
  for (const [index, line] of lines.entries()) {
    const [, key = "", value = ""] = /^([^#:]*):\s*([^#]*?)\s*$/.exec(line.replace(/#.*/, "")) ?? [];
    const text = key.startsWith("/") ? key : line.trim();
    const place = { file: path, line: index + 1, text };
    const section: Section = { ...place, key: "location", words: [key] };
    if (line.trim() === "" || line.startsWith("#")) continue;
    if (/^h$/i.test(key)) report.understood(place);
    else if (/^[ad]$/i.test(key) && value !== "")
      add(index, text, /^a$/i.test(key) ? "allow" : "deny", ["from", value === "*" ? "all" : value]);
    else if (/^i$/i.test(key)) add(index, text, "directoryindex", [value]);
    else if (/^e\d+$/i.test(key)) report.approximated(place, adoptMessage("own-error-page"));
    else if (/^\*\.\w+$/.test(key)) add(index, text, "addhandler", [`interpreter:${value}`, key.slice(1)]);
    else if (/^\.\w+$/.test(key)) report.leftOut(place, adoptMessage("media-type", { name: key }));
    else if (key.startsWith("/")) {
      add(index, text, "require", ["all", "denied"], [section]);
      report.approximated(place, adoptMessage("sign-in-not-possible"));
    } else report.leftOut(place, adoptMessage("malformed-directive", { name: key || text }));
  }
  return { directives, serverRoot: dirname(path), isWhole: true };
}
