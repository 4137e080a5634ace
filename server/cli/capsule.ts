// `cgi-workbench capsule`: writes a stored trace as one sh script that runs it again.
import { exportTrace } from "../trace/formats/export-trace.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { parsed } from "./config-option.js";
import { hideOption, tellSecrets, writeExported } from "./exported.js";
import { storedTrace } from "./stored.js";
import { UsageError } from "./usage/usage.js";

export async function capsule(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    output: { type: "string", short: "o" },
    mask: { type: "boolean" },
    ...hideOption,
  });
  const [folder, id] = positionals;
  if (folder === undefined || id === undefined || positionals.length > 2)
    throw new UsageError("capsule takes DIR ID; see cgi-workbench capsule --help");
  const found = toTraceJson(await storedTrace(folder, id));
  const exported = exportTrace(found, "capsule", { isMasked: values.mask === true, hidden: values.hide ?? [] });
  tellSecrets(exported, values.mask ? "Without --mask it" : "--mask");
  return writeExported(exported, values.output);
}
