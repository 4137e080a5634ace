// `cgi-workbench trace`: prints a stored trace, as schema 1 or in a form for other programs and people.
import { jsonLine } from "../base/terminal-text.js";
import { type ExportForm, exportTrace } from "../trace/formats/export-trace.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { nameAmong, parsed } from "./config-option.js";
import { hideOption, tellSecrets, writeExported } from "./exported.js";
import { onlyOneOf } from "./only-one.js";
import { storedTrace } from "./stored.js";
import { UsageError } from "./usage/usage.js";

const forms = ["curl", "http", "env", "markdown", "html"] as const satisfies readonly ExportForm[];

export async function trace(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    json: { type: "boolean" },
    as: { type: "string" },
    secrets: { type: "boolean" },
    ...hideOption,
  });
  const [folder, id] = positionals;
  if (folder === undefined || id === undefined || positionals.length > 2)
    throw new UsageError("trace takes DIR ID; see cgi-workbench trace --help");
  const form = values.as === undefined ? undefined : nameAmong(forms, values.as, "--as takes one of");
  if ((form === undefined) !== (values.json === true)) throw new UsageError("trace needs either --json or --as FORM");
  if (form === undefined && (values.secrets || values.hide))
    throw new UsageError("--secrets and --hide belong to --as: JSON has every value");
  onlyOneOf(values, "secrets", "hide");
  const found = toTraceJson(await storedTrace(folder, id));
  if (form === undefined) {
    process.stdout.write(jsonLine(found));
    return 0;
  }
  const exported = exportTrace(found, form, { isMasked: !values.secrets, hidden: values.hide ?? [] });
  tellSecrets(exported, values.secrets ? "Without --secrets it" : "--secrets");
  return writeExported(exported, undefined);
}
