// Find and replace in the folder's files.
import type { Workbench } from "../app/workbench.js";
import { once } from "../base/once.js";
import { never, os } from "./implementer.js";
import { shownFolder } from "./shown-folder.js";

/** With a library of regular expressions, which takes time to load. */
async function load() {
  const { Replacements } = await import("../workspace/search/replacements.js");
  const { Searches } = await import("../workspace/search/searches.js");
  return { searches: new Searches(), replacements: new Replacements() };
}

export const searchDomain = ({ folder }: Pick<Workbench, "folder">) => {
  const parts = once(load);
  return {
    begin: os.search.begin.handler(async ({ input }) => ({
      id: (await parts()).searches.begin(folder.workspace(), input),
    })),
    next: os.search.next.handler(async ({ input, signal = never }) => (await parts()).searches.next(input.id, signal)),
    preview: os.search.preview.handler(async ({ input, signal = never }) =>
      (await parts()).replacements.preview(shownFolder(folder, input), input, input.files, signal),
    ),
    replace: os.search.replace.handler(async ({ input }) =>
      (await parts()).replacements.replace(shownFolder(folder, input), input, input.files),
    ),
    undo: os.search.undo.handler(async ({ input }) => (await parts()).replacements.undo(input.token)),
  };
};
