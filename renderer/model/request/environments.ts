// The folder's environments (sets of variables for requests), and the one that is
// chosen. Their values stay on the server.
import { create } from "zustand";
import { wordsOf } from "../../../server/contract/message.js";
import { recall, remember } from "../../platform/storage.js";
import { useServer } from "../../rpc/store.js";
import { useWorkspace } from "../folder/workspace-store.js";

interface EnvironmentChoice {
  /** The folder they belong to. */
  readonly root: string | null;
  readonly names: readonly string[];
  /** Why they cannot be read, a sentence. */
  readonly mistake: string | null;
  /** Null: none. */
  readonly chosen: string | null;
}

export const environmentFiles = ["http-client.env.json", "http-client.private.env.json"] as const;

export const useEnvironments = create<EnvironmentChoice>()(() => ({
  root: null,
  names: [],
  mistake: null,
  chosen: null,
}));

const rootNow = (): string | null => useWorkspace.getState().workspace?.root ?? null;
const keyOf = (root: string): string => `environment:${root}`;

/** What the user chose, also while no file has it: a file may be repaired, or come back. */
let wanted: string | null = null;

/**
 * Reads the names again. The chosen environment stays chosen if it still exists, or if a mistake hides whether it does.
 */
export async function loadEnvironments(): Promise<void> {
  const root = rootNow();
  const { client } = useServer.getState();
  if (!client || root === null) return;
  const { names, mistake } = await client.saved.environments();
  if (rootNow() !== root) return; // another folder was opened meanwhile
  const before = useEnvironments.getState();
  if (before.root !== root) wanted = recall(keyOf(root), (value) => (typeof value === "string" ? value : null));
  const chosen = wanted !== null && (mistake !== null || names.includes(wanted)) ? wanted : null;
  useEnvironments.setState({ root, names, mistake: wordsOf(mistake?.text ?? null), chosen });
}

export function chooseEnvironment(chosen: string | null): void {
  const { root } = useEnvironments.getState();
  wanted = chosen;
  useEnvironments.setState({ chosen });
  if (root !== null) remember(keyOf(root), chosen);
}

/** The one for requests to the open folder. */
export const chosenEnvironment = (): string | null => chosenIn(useEnvironments.getState(), rootNow());

export function useChosenEnvironment(): string | null {
  const open = useWorkspace(({ workspace }) => workspace?.root ?? null);
  return useEnvironments((choice) => chosenIn(choice, open));
}

const chosenIn = ({ root, chosen }: EnvironmentChoice, open: string | null): string | null =>
  root === open ? chosen : null;
