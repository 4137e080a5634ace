// Find and replace in the folder's files.
import type { Workbench } from "../app/workbench.js";
import { Replacements } from "../workspace/search/replacements.js";
import { Searches } from "../workspace/search/searches.js";
import { never, os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const searchDomain = ({ folder }: Pick<Workbench, "folder">) => {
  const searches = new Searches();
  const replacements = new Replacements();
  return {
    begin: os.search.begin.handler(({ input }) => refusing(() => ({ id: searches.begin(folder.workspace(), input) }))),
    next: os.search.next.handler(({ input, signal = never }) => refusing(() => searches.next(input.id, signal))),
    preview: os.search.preview.handler(({ input }) =>
      refusing(() => replacements.preview(folder.workspace(), input, input.files)),
    ),
    replace: os.search.replace.handler(({ input }) =>
      refusing(() => replacements.replace(folder.workspace(), input, input.files)),
    ),
    undo: os.search.undo.handler(({ input }) => refusing(() => replacements.undo(input.token))),
  };
};
