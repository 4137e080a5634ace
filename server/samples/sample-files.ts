// The files of a copy of the examples: those of installed languages, a page with links to them, and a configuration.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configFileName } from "../contract/config.js";
import type { LanguageId, Sample } from "../contract/samples-contract.js";
import { handlerScript, samples, sumPath, sumScript } from "./catalogue.js";

export interface SampleFile {
  /** Below the examples' folder. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}
type IsHere = (language: LanguageId) => boolean;

/** The folder that marks a copy of the examples; hidden, so it is neither listed nor served. */
export const markName = ".cgi-workbench-examples";
/** Where the examples' scripts store data; also hidden. */
export const dataFolder = ".data";
/** The C example, which is compiled to cgi-bin/sum. */
export const sumSource = "c/sum.c";

/** The examples with /sum in the first installed language. */
export function samplesHere(isHere: IsHere): readonly Sample[] {
  const file = sumScript(isHere);
  const language = samples.find((sample) => sample.file === file)?.language ?? "shell";
  return samples.map((sample) => (sample.id === "sum" ? { ...sample, file, language } : sample));
}

/** `folder`: the built examples (`samplesFolder` of built-files.ts). */
export async function sampleFiles(folder: string, isHere: IsHere): Promise<readonly SampleFile[]> {
  const here = samplesHere(isHere).filter(({ language }) => isHere(language));
  const scripts = await Promise.all(
    [...new Set(here.map(({ file }) => file))].map(async (path) => ({
      path,
      bytes: new Uint8Array(await readFile(join(folder, "files", path))),
      executable: !path.endsWith(".c"),
    })),
  );
  const page = await readFile(join(folder, "files/index.html"), "utf8");
  const made = (path: string, text: string): SampleFile => ({
    path,
    bytes: new TextEncoder().encode(text),
    executable: false,
  });
  return [
    ...scripts,
    made("index.html", page.replace("<!-- examples -->", links(here))),
    made(configFileName, configuration(sumScript(isHere), isHere("python"))),
  ];
}

const links = (here: readonly Sample[]): string =>
  here
    .map(
      ({ title, teaches, requests: [first] }) =>
        `<dt><a href="${escaped(first?.target ?? "/")}">${escaped(title)}</a></dt>\n      <dd>${escaped(teaches)}</dd>`,
    )
    .join("\n      ");

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const handler = `,
  // The functions of this file are called by name.
  "scripts": { "${handlerScript}": { "mode": "handler" } }`;

const configuration = (file: string, hasHandler: boolean): string => `{
  // Addresses that are not the scripts' own names: a request for ${sumPath} is answered by this script, with
  // SCRIPT_NAME=${sumPath}.
  "routes": [{ "path": "${sumPath}", "file": "${file}" }]${hasHandler ? handler : ""}
}
`;
