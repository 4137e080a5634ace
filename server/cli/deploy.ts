// `cgi-workbench deploy`: writes a kit with which a folder's scripts, or one script, run on another server.
import { basename, resolve } from "node:path";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import { targetIds } from "../contract/deploy-targets.js";
import { wordsOf } from "../contract/message.js";
import { kitName } from "../features/deploy/kit-name.js";
import { planKit } from "../features/deploy/plan.js";
import { writeKit } from "../features/deploy/write-kit.js";
import { watchedTraces } from "../features/deploy/written-files.js";
import { configOption, parsed } from "./config-option.js";
import { inFolder } from "./in-folder.js";
import { placeOf } from "./place.js";
import { UsageError } from "./usage/usage.js";

export async function deploy(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...configOption,
    to: { type: "string" },
    out: { type: "string" },
    name: { type: "string" },
    at: { type: "string" },
    host: { type: "string", default: "" },
    port: { type: "string", default: "80" },
    json: { type: "boolean" },
  });
  if (positionals.length > 1) throw new UsageError("deploy takes one folder or one script");
  const to = targetIds.find((id) => id === values.to);
  if (to === undefined) throw new UsageError(`--to takes one of ${targetIds.join(", ")}`);
  if (values.out === undefined) throw new UsageError("--out names the folder to write, a new one");
  const out = resolve(values.out);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65_535) throw new UsageError("--port takes a port");
  const { root, script } = await placeOf(resolve(positionals[0] ?? "."));
  const name = values.name ?? kitName(basename(script ?? root));
  if (!/^[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?$/.test(name))
    throw new UsageError("--name takes small letters, digits and -");
  const at = values.at ?? `/srv/${name}`;
  if (!/^(\/[\w.-]+)+$/.test(at)) throw new UsageError("--at takes an absolute path of letters, digits, -, _ and .");
  return inFolder({ dir: root, config: values.config, needsConfiguration: true }, async (workbench, signal) => {
    const workspace = workbench.folder.workspace();
    const recorded = await watchedTraces(workbench, signal);
    const plan = await planKit(workspace, { to, script, name, at, host: values.host, port }, recorded);
    for (const { text } of plan.notes) writeWords(process.stderr, `${wordsOf(text)}\n`);
    const files = await writeKit(plan, workspace.root, out);
    const { notes } = plan;
    if (values.json) process.stdout.write(jsonLine({ schema: 1, to, name, at, folder: out, files, notes }));
    else writeWords(process.stdout, `${files.join("\n")}\n`);
    return 0;
  });
}
