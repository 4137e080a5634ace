// The folder's configuration file: opens it, and creates it when there is none.
import { notify, orNotify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";
import { useFiles } from "./file-store.js";

export const configFile = "cgi-workbench.json";

/** Changes nothing: it teaches how to go on. */
const beginning = `{
  // Ctrl+Space lists every setting and what it does. Changes apply when you save. A file with a mistake is not applied.
  "server": {},
}
`;

export const useHasConfig = (): boolean => useFiles(({ byPath }) => byPath.has(configFile));

/** Opens it in the editor; creates one from a template when there is none. */
export async function openConfig(): Promise<void> {
  const { client } = useServer.getState();
  if (!client) return;
  const { root, byPath } = useFiles.getState();
  await orNotify(`${configFile} could not be created`, async () => {
    if (!byPath.has(configFile)) {
      const saved = await client.files.write({
        root,
        path: configFile,
        text: beginning,
        bom: false,
        expectedHash: null,
      });
      if (saved.kind === "saved")
        notify("info", `Created ${configFile}. It holds no settings yet, so nothing changes.`);
    }
    useSelection.getState().open(configFile);
  });
}
