// The options of a verb; `--config FILE` is a configuration in place of the folder's own, for folders that cannot have
// one.
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { errorCode } from "../base/disk.js";
import { UsageError } from "./usage/usage.js";

/** A verb's words: the values of its options, and the others in order. @throws the error of Node's `parseArgs` */
export const parsed = <const Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
) => parseArgs({ args: [...args], allowPositionals: true, options });

/** The number of an option; null without the option. @throws UsageError for anything else */
export function numberOf(
  option: string,
  text: string | undefined,
  [from, to]: readonly [number, number],
  form = /^\d+$/,
): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (form.test(text) && value >= from && value <= to) return value;
  throw new UsageError(`${option} takes a number from ${from} to ${to}, not “${text}”`);
}
export const decimal = /^\d*\.?\d+$/;

/** The name among those that `takes` is about, such as "--mode takes one of". @throws UsageError for any other one */
export function nameAmong<Name extends string>(names: readonly Name[], text: string, takes: string): Name {
  const found = names.find((name) => name === text.trim());
  if (found !== undefined) return found;
  throw new UsageError(`${takes} ${names.join(", ")}, not “${text}”`);
}

/** For `parsed`. */
export const configOption = { config: { type: "string" } } as const;

/** Its absolute path; null without the option. @throws UsageError if there is no such file */
export async function configFileOf(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  const info = await stat(path).catch((error: unknown) => {
    throw new UsageError(`the file of --config cannot be read: ${path}, ${errorCode(error)}`);
  });
  if (!info.isFile()) throw new UsageError(`--config takes a file, and ${path} is not a regular file`);
  return resolve(path);
}
