// `cgi-workbench untrust [dir]`: the folder's settings that need trust wait again.
import { writeWords } from "../base/terminal-text.js";
import { problemText, toProblem } from "../contract/problem.js";
import { TrustedFolders } from "../workspace/trust/trusted-folders.js";
import { parsed } from "./config-option.js";
import { cliMessage } from "./messages.js";
import { UsageError } from "./usage/usage.js";
import { withoutLinks } from "./without-links.js";

export async function untrust(args: readonly string[]): Promise<number> {
  const { positionals } = parsed(args, {});
  if (positionals.length > 1) throw new UsageError("untrust takes one folder");
  const path = await withoutLinks(positionals[0] ?? "."); // a folder that is gone can still be named in the record
  const wasTrusted = await new TrustedFolders().revoke(path);
  const message = cliMessage(wasTrusted ? "trust-ended" : "was-not-trusted", { path });
  writeWords(process.stdout, `${problemText(toProblem(message))}\n`);
  return 0;
}
