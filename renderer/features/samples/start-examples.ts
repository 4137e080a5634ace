// From "Try the examples" to the first trace: copied (or found where they were copied
// before), opened, the first one shown and sent.
import { openAndWait } from "../../model/folder/opened.js";
import { closeSamplesDialog, lookAtFolder, useSamples } from "../../model/folder/samples-store.js";
import { notify } from "../../platform/notices.js";
import { orCancelled, withProgress } from "../../platform/progress.js";
import { connected } from "../../rpc/store.js";
import { showExample } from "./show-example.js";

/** Rejects with what went wrong, for the dialog to say. */
export async function startExamples(folder: string): Promise<void> {
  const client = connected();
  const { root, isNew, notCompiled } = await withProgress(`Copying the examples to ${folder}`, (signal) =>
    orCancelled(signal, client.samples.copy({ folder }, { signal })),
  );
  await openAndWait(root);
  closeSamplesDialog();
  await lookAtFolder();
  if (!isNew) notify("info", "The examples were already there. Your changes were kept.");
  if (notCompiled !== null) notify("bad", notCompiled);
  const first = useSamples.getState().overview?.samples[0];
  if (first) await showExample(first, first.requests[0], true);
}
