// Files from outside: their traces come into the list, their requests into the folder.
import type { SavedCollection } from "../../../server/contract/exchange-contract.js";
import { maxExchangedText, maxImportedFiles } from "../../../server/contract/limits.js";
import { formatBytes } from "../../format/size.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { connected } from "../../rpc/store.js";

/** Null: they can be sent to the server. */
export function whyNotImported(files: readonly File[]): string | null {
  if (files.length > maxImportedFiles) return `These are more than ${maxImportedFiles} files. Use the command line.`;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size <= maxExchangedText) return null;
  const [first] = files;
  const subject = files.length === 1 && first ? `${first.name} is` : "The files together are";
  return `${subject} larger than ${formatBytes(maxExchangedText)}. Use the command line: cgi-workbench import.`;
}

/** Rejects if the server cannot read them. */
export async function importFiles(files: readonly File[], pathOf = ({ name }: File): string => name): Promise<void> {
  const sent = await Promise.all(files.map(async (file) => ({ name: pathOf(file), text: await file.text() })));
  const { ids, collections } = await connected().exchange.import({ files: sent });
  const [first] = ids;
  const [file] = files;
  if (first !== undefined) {
    showBottomTab("traces");
    useSelection.getState().bringUp(first);
    const from = files.length === 1 && file ? file.name : `${files.length} files`;
    notify("info", ids.length === 1 ? `Opened the trace of ${from}.` : `Opened ${ids.length} traces of ${from}.`);
  }
  for (const collection of collections) {
    showBottomTab("saved");
    if (collection.path !== null) useSelection.getState().open(collection.path, 1);
    notify("info", wordsOf(collection));
  }
}

function wordsOf({ path, requests, leftOut, environments, kept, comeFirst, damaged = [] }: SavedCollection): string {
  const words = [
    ...(path === null ? [] : [`Imported ${requests === 1 ? "1 request" : `${requests} requests`} into ${path}.`]),
    ...(environments.length === 0 ? [] : [`Environments are in ${environments.join(" and ")}.`]),
    ...(damaged.length === 0 ? [] : [`Damaged, and not imported: ${damaged.join(", ")}.`]),
    ...(leftOut === 0 ? [] : [`Left out: ${leftOut}. Comments in the file say what.`]),
    ...(kept === 0 ? [] : [`Kept ${kept === 1 ? "1 value" : `${kept} values`} that already existed.`]),
    ...comeFirst.map(
      ({ path: file, names }) =>
        `${file} has its own values of ${names.join(", ")}, which come first. Delete them there to use the environments.`,
    ),
  ];
  return words.length === 0 ? "The folder already has all values of this file." : words.join(" ");
}
