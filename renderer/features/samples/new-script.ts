// A new script from a language's template: executable, with the first line it needs; C is compiled at once.
import type { Language } from "../../../server/contract/samples-contract.js";
import { forgetReadAs } from "../../model/documents/text-format.js";
import { listed, openAndWait } from "../../model/folder/opened.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useSelection } from "../../platform/selection.js";
import { connected } from "../../rpc/store.js";
import { programOf } from "./new-script-path.js";

export interface NewScript {
  /** A folder to open first, made when it is missing; null: the open one. */
  readonly folder: string | null;
  /** In the folder. */
  readonly path: string;
  readonly language: Language;
}

/** Rejects with what went wrong, for the dialog to say. */
export async function makeScript({ folder, path, language }: NewScript): Promise<void> {
  const client = connected();
  if (folder !== null) await openAndWait((await client.samples.makeFolder({ folder })).root);
  const isSource = language.id === "c";
  const root = useWorkspace.getState().workspace?.root ?? null;
  await client.files.create({
    root,
    path,
    text: language.template.text.replaceAll("PROGRAM", programOf(path)).replaceAll("SOURCE", path),
    executable: !isSource,
  });
  forgetReadAs(path);
  if (isSource) await client.samples.compile({ root, path });
  await listed(path);
  useSelection.getState().open(path);
}
