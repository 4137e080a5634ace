// The workspace's files, for explorer and editor.
import type { Workbench } from "../workbench.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const filesDomain = (workbench: Workbench) => ({
  list: os.files.list.handler(() => refusing(() => workbench.workspace().list())),
  read: os.files.read.handler(({ input }) => refusing(() => workbench.workspace().read(input.path))),
  write: os.files.write.handler(({ input }) => refusing(() => workbench.workspace().write(input.path, input))),
});
