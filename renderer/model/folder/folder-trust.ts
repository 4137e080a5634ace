// Whether the user trusts the open folder. Until then its settings wait, and nothing is sent by itself.
import type { TrustReport } from "../../../server/contract/trust-contract.js";
import { useServer } from "../../rpc/store.js";
import { needsFolder } from "./command-needs.js";

const trustNow = (): TrustReport | null => useServer.getState().state?.workspace?.trust ?? null;

/** True without a folder. */
export const isFolderTrusted = (): boolean => trustNow()?.state !== "new" && trustNow()?.state !== "changed";

export const whyNotTrust = (): string | null =>
  needsFolder() ?? (isFolderTrusted() ? "This folder is trusted already." : null);

export const whyNotEndTrust = (): string | null =>
  needsFolder() ?? (isFolderTrusted() ? null : "You do not trust this folder.");

export async function endFolderTrust(): Promise<void> {
  const { client, state } = useServer.getState();
  if (client && state?.workspace) await client.workspace.endTrust({ root: state.workspace.root });
}

/** Trusts what the window shows: the server refuses it if the folder's settings are others by then. */
export async function trustFolder(): Promise<void> {
  const { client, state } = useServer.getState();
  if (!client || !state?.workspace) return;
  const { root, trust } = state.workspace;
  await client.workspace.trust({ root, fingerprint: trust.fingerprint });
}
