// Making a new file: never over one that exists, with the first lines of a script
// in languages where a request can run it.
import { forgetReadAs } from "../../model/documents/text-format.js";
import { loadOverview, useSamples } from "../../model/folder/samples-store.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { openRoot } from "./file-undo.js";

/**
 * What a script in that language begins with; "" when the extension is no script's. C
 * begins as a template where it is compiled.
 */
async function templateOf(path: string): Promise<string> {
  const extension = /\.[^./]+$/.exec(path)?.[0].toLowerCase();
  if (useSamples.getState().overview === null) await loadOverview();
  const language = useSamples
    .getState()
    .overview?.languages.find(({ id, template }) => id !== "c" && template.extension === extension);
  return language?.template.text ?? "";
}

/** Writes the new file and shows it. Returns the reason of a failure, or null. */
export async function createFile(path: string): Promise<string | null> {
  const root = openRoot();
  try {
    // A new script is executable, as servers require; a PHP file needs only its extension.
    const text = await templateOf(path);
    await connected().files.create({ root, path, text, executable: text.startsWith("#!") });
    if (openRoot() !== root) return null;
    forgetReadAs(path);
  } catch (error) {
    return problemText(problemOf(error));
  }
  useSelection.getState().open(path);
  return null;
}
