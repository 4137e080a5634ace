// The encodings of all files, and their conversion to UTF-8.
import type { Workbench } from "../app/workbench.js";
import { once } from "../base/once.js";
import { scanFolder } from "../workspace/encodings/scan-folder.js";
import { never, os } from "./implementer.js";
import { shownFolder } from "./shown-folder.js";

/** With the tables of all encodings, which take time to load. */
const load = async () => new (await import("../workspace/encodings/conversions.js")).Conversions();

export const encodingsDomain = ({ folder }: Pick<Workbench, "folder">) => {
  const conversions = once(load);
  return {
    scan: os.encodings.scan.handler(({ signal = never }) => scanFolder(folder.workspace(), signal)),
    preview: os.encodings.preview.handler(async ({ input }) =>
      (await conversions()).preview(shownFolder(folder, input), input.files),
    ),
    convert: os.encodings.convert.handler(async ({ input }) =>
      (await conversions()).convert(shownFolder(folder, input), input.files),
    ),
    undo: os.encodings.undo.handler(async ({ input }) => (await conversions()).undo(input.token)),
  };
};
