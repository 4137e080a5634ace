// The encodings of all files, and their conversion to UTF-8.
import type { Workbench } from "../app/workbench.js";
import { Conversions } from "../workspace/encodings/conversions.js";
import { scanFolder } from "../workspace/encodings/scan-folder.js";
import { never, os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const encodingsDomain = ({ folder }: Pick<Workbench, "folder">) => {
  const conversions = new Conversions();
  return {
    scan: os.encodings.scan.handler(({ signal = never }) => refusing(() => scanFolder(folder.workspace(), signal))),
    preview: os.encodings.preview.handler(({ input }) =>
      refusing(() => conversions.preview(folder.workspace(), input.files)),
    ),
    convert: os.encodings.convert.handler(({ input }) =>
      refusing(() => conversions.convert(folder.workspace(), input.files)),
    ),
    undo: os.encodings.undo.handler(({ input }) => refusing(() => conversions.undo(input.token))),
  };
};
