// `cgi-workbench probe`: the short form of `try` with the library of hostile and odd requests.
import { expectedText, type Probe, probeGroups } from "../formats/probes/probe.js";
import { chosenProbes } from "../formats/variations/values.js";
import { defaultPolicy } from "../protocol/policy.js";
import { configOption, parsed } from "./config-option.js";
import { onlyOneOf } from "./only-one.js";
import { tryValues } from "./try.js";
import { probeNames } from "./vary-option.js";

export async function probe(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...configOption,
    only: { type: "string" },
    data: { type: "string", short: "d", multiple: true },
    list: { type: "boolean" },
    json: { type: "boolean" },
  });
  onlyOneOf(values, "list", "json");
  if (values.list) {
    process.stdout.write(listText(chosenProbes(probeNames(values.only))));
    return 0;
  }
  const only = values.only === undefined ? "" : `:${values.only}`;
  const config = values.config === undefined ? [] : ["--config", values.config];
  const data = (values.data ?? []).map((form) => `--data=${form}`);
  const json = values.json ? ["--json"] : [];
  return tryValues(
    ["--vary", `request=probes${only}`, "--yes", ...config, ...data, ...json, "--", ...positionals],
    "probe",
  );
}

/** The library, with what each probe must lead to where no policy is configured. */
function listText(probes: readonly Probe[]): string {
  const lines: string[] = [];
  let group = "";
  for (const probe of probes) {
    if (probe.group !== group) lines.push(`${group === "" ? "" : "\n"}${probe.group}: ${probeGroups[probe.group]}`);
    group = probe.group;
    const expected = expectedText(probe, { policy: defaultPolicy, requestBodyBytes: null });
    lines.push(`  ${probe.id.padEnd(22)}${probe.title}: ${expected}`, `  ${"".padEnd(22)}${probe.about}`);
  }
  return `${lines.join("\n")}\n`;
}
