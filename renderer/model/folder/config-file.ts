// The folder's configuration file: shown, and made when there is none.
import { notify, notifyFailure } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";
import { useFiles } from "./file-store.js";

export const configFile = "cgi-workbench.json";

/** Changes nothing: it teaches how to go on. */
const beginning = `{
  // Ctrl+Space shows every setting with its meaning. Saved, it applies at once; a mistake changes nothing and is shown with its line.
  "server": {},
}
`;

export const useHasConfig = (): boolean => useFiles(({ byPath }) => byPath.has(configFile));

/** Opens it in the editor, at a line when one is given; writes the beginning of one when there is none. */
export async function openConfig(line?: number): Promise<void> {
  const { client } = useServer.getState();
  if (!client) return;
  try {
    if (!useFiles.getState().byPath.has(configFile)) {
      const saved = await client.files.write({ path: configFile, text: beginning, bom: false, expectedHash: null });
      if (saved.kind === "saved") notify("info", `${configFile} was created; without a setting in it nothing changes.`);
    }
    useSelection.getState().open(configFile, line);
  } catch (error) {
    notifyFailure(`${configFile} could not be created`, error);
  }
}
