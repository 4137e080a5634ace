// The licences of the packages in the build: most of them ask for their text in every copy. One text file, which
// both shells show and both packages hold.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LaunchError, root } from "./launch.mjs";

const file = join(root, "dist/renderer/THIRD-PARTY.txt");
const isNotice = /^(licen[cs]e|copying|notice|thirdpartynotices)/i;
const line = "=".repeat(100);

/** Not packages: what one of them holds under a licence of its own. */
const parts = [
  {
    name: "codicon.ttf (the icons of monaco-editor)",
    licence: "CC BY 4.0",
    source: "https://github.com/microsoft/vscode-codicons",
    texts: [
      "Copyright (c) Microsoft Corporation. Licensed under the Creative Commons Attribution 4.0 International licence: https://creativecommons.org/licenses/by/4.0/legalcode. The font is unchanged.",
    ],
  },
];

/** @param {Iterable<string>} modules paths of the modules in the build */
export function writeNotices(modules) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, noticesText(modules));
}

/** @throws LaunchError if a package has no licence text */
export function noticesText(modules) {
  const folders = new Set([...modules].flatMap((path) => packageFolder(path) ?? []));
  for (const name of Object.keys(manifestOf(root).dependencies)) addInstalled(name, root, folders);
  const packages = [...folders].map(noticeOf);
  const named = new Map(packages.map((notice) => [notice.name, notice])); // one of each, whatever their number
  const sorted = [...named.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
  return [intro, ...[...sorted, ...parts].map(textOf)].join("\n");
}

const intro = `CGI Workbench contains the following software, each under its own licence.
The licences of Electron and Chromium lie beside the desktop app's program.
`;

const textOf = ({ name, licence, source, texts }) =>
  [line, name, `Licence: ${licence}`, ...(source ? [`Source: ${source}`] : []), line, "", ...texts, ""].join("\n");

/** The folder of the package that a module belongs to; null for the workbench's own. */
function packageFolder(module) {
  const path = module.replaceAll("\\", "/").replace(/^\0/, "");
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/@]+(?=\/)/.exec(path)?.[0] ?? null;
}

/** A package that is not bundled, and what it depends on: each may be absent if it is for another system. */
function addInstalled(name, from, folders) {
  for (let above = from; ; above = dirname(above)) {
    const folder = join(above, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) {
      if (folders.has(folder)) return;
      folders.add(folder);
      const { dependencies = {}, optionalDependencies = {} } = manifestOf(folder);
      for (const below of Object.keys({ ...dependencies, ...optionalDependencies }))
        addInstalled(below, folder, folders);
      return;
    }
    if (above === dirname(above)) return;
  }
}

function noticeOf(folder) {
  const { name, version, license, author, repository, homepage } = manifestOf(folder);
  const files = readdirSync(folder).filter((entry) => isNotice.test(entry));
  const texts = files.map((entry) => readFileSync(join(folder, entry), "utf8").trim());
  if (texts.length === 0) texts.push(standardText(license, author?.name ?? author, name));
  const source = homepage ?? repository?.url ?? repository ?? null;
  return { name: `${name} ${version}`, licence: license, source, texts };
}

/** For packages without a licence file. */
function standardText(licence, author, name) {
  const holder = typeof author === "string" ? author : `the authors of ${name}`;
  if (licence === "MIT") {
    const ours = readFileSync(join(root, "LICENSE"), "utf8").trim();
    return ours.replace(/^Copyright.*$/m, () => `Copyright (c) ${holder}`);
  }
  if (licence === "Apache-2.0")
    return `Copyright ${holder}. Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0. Its text is below.\n\n${readFileSync(join(root, "node_modules/detect-libc/LICENSE"), "utf8").trim()}`;
  throw new LaunchError(`${name} has no licence file, and there is no text for ${licence}.`);
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
