// A folder that the workbench has just made: it holds nothing but its own files, so it is trusted.
import { fingerprintOf, trustedSettings } from "../routing/trusted-settings.js";
import { readConfig } from "../workspace/config/config-file.js";
import { TrustedFolders } from "../workspace/trust/trusted-folders.js";

export async function ownFingerprint(root: string): Promise<string> {
  const read = await readConfig({ root, ruleIds: null });
  return fingerprintOf(read.ok ? trustedSettings(read.config) : []);
}
export const trustOwn = async (root: string): Promise<void> =>
  new TrustedFolders().grant(root, await ownFingerprint(root));
