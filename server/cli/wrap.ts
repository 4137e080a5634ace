// `cgi-workbench wrap`: prints a file that makes an application of a CGI script, or a CGI script of an application.
import { writeFile } from "node:fs/promises";
import { basename, dirname, relative } from "node:path";
import { NotRegularFile, readRange } from "../base/disk.js";
import { systemReason } from "../base/error-text.js";
import { type AgentLanguage, agentLanguages } from "../contract/modes.js";
import { languageOf } from "../doctor/fixes/language.js";
import { wrappedText } from "../features/wrap/wrapped-text.js";
import { fromBytes } from "../protocol/byte-string.js";
import { parsed } from "./config-option.js";
import { UsageError } from "./usage/usage.js";
import { fileWithoutLinks } from "./without-links.js";

/** The language shows in the first lines. */
const maxReadBytes = 1024 * 1024;

export async function wrap(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    cgi: { type: "boolean" },
    output: { type: "string", short: "o" },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("wrap takes one file");
  const from = values.output === undefined ? basename(file) : await pathFrom(values.output, file);
  const text = await wrappedText(await languageIn(file), values.cgi ? "cgi" : "application", from);
  if (values.output === undefined) process.stdout.write(text);
  else await create(values.output, text);
  return 0;
}

/** The path of a file, from the folder of another one: the system follows links before it goes up a folder. */
const pathFrom = async (other: string, file: string): Promise<string> =>
  relative(dirname(await fileWithoutLinks(other)), await fileWithoutLinks(file));

async function languageIn(file: string): Promise<AgentLanguage> {
  const bytes = await readRange(file, 0, maxReadBytes).catch((error: unknown) => {
    if (error instanceof NotRegularFile) throw new UsageError(error.message);
    throw new UsageError(`${file} cannot be read: ${systemReason(error)}. Check the path.`);
  });
  const found = languageOf(file, fromBytes(bytes));
  const language = agentLanguages.find((one) => one === found);
  if (language === undefined) throw new UsageError(`${file} is none of Python, Perl and Ruby`);
  return language;
}

/** Never over a file that is there. */
async function create(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: "wx", mode: 0o755 }).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be written: ${systemReason(error)}. Name a new file.`);
  });
}
