// `cgi-workbench servers`: sends one request here, and prints what other servers would do with it.
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { ServersReport } from "../contract/command-output.js";
import { wordsOf } from "../contract/message.js";
import type { ServerAnswer } from "../contract/servers-contract.js";
import { compareServers } from "../features/servers/compare-servers.js";
import { askServer } from "../features/servers/real/ask-server.js";
import { statusLine } from "../formats/glossary/statuses.js";
import { utf8 } from "../protocol/byte-string.js";
import { configOption, parsed } from "./config-option.js";
import { folderAndTarget, inFolder } from "./in-folder.js";
import { outgoingOf, requestOptions } from "./request-options.js";
import { storeOptions, storingOf } from "./store-options.js";

export async function servers(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...configOption,
    ...requestOptions,
    ...storeOptions,
    json: { type: "boolean" },
    real: { type: "boolean" },
  });
  const { dir, target } = folderAndTarget("servers", positionals);
  const outgoing = await outgoingOf(values, target);
  const options = { store: storingOf(values) };
  return inFolder({ dir, config: values.config, ...options }, async ({ sender, folder }, signal) => {
    const trace = await sender.deliver(outgoing, { from: "cli" }, { signal });
    const { root: path, config } = folder.workspace();
    const root = utf8(path);
    const bodyBytes = Number.POSITIVE_INFINITY;
    const answers = [...(await compareServers(trace, root, bodyBytes)).servers];
    const asking = { catchesMail: config.mail === "caught", bodyBytes };
    // One after the other: each runs the script.
    if (values.real)
      for (const [index, { id }] of answers.entries())
        answers[index] = await askServer(trace, root, id, { ...asking, signal });
    if (values.json) process.stdout.write(jsonLine(reportOf(answers)));
    else for (const answer of answers) writeWords(process.stdout, textOf(answer));
    return 0;
  });
}

const reportOf = (answers: readonly ServerAnswer[]): ServersReport =>
  Object.fromEntries(
    answers.map(({ id, name, version, leaks, runs, body, log, ...rest }) => [
      id,
      { ...rest, bodyBase64: body.base64, log: log.length === 0 ? null : log.join("\n") },
    ]),
  );

function textOf(answer: ServerAnswer): string {
  const { name, version, isKnown, status, body, log, why, seen, unseen, unusable, suexec } = answer;
  const result = !isKnown ? "not known" : status === null ? "no status" : statusLine(status).trim();
  const from = seen ? ", seen" : unseen === null ? "" : ", predicted";
  const lines = [
    `${name} (${version}): ${result}${isKnown ? `, body ${body.bytes} B` : ""}${from}`,
    `  ${wordsOf(why.text)}`,
  ];
  for (const message of [...(unseen === null ? [] : [unseen]), ...unusable, ...suexec])
    lines.push(`  ${wordsOf(message.text)}`);
  return `${[...lines, ...log.map((sentence) => `  log: ${sentence}`)].join("\n")}\n`;
}
