// What the window knows of the examples and languages, and which of their dialogs is open.
import { create } from "zustand";
import type { Language, Sample, SampleChanges } from "../../../server/contract/samples-contract.js";
import { whenIdle } from "../../platform/when-idle.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { onOtherFolder, useWorkspace } from "./workspace-store.js";

export type SamplesDialog = "start" | "catalogue" | "reset" | "new-script";

export interface Overview {
  readonly suggestedFolder: string;
  readonly languages: readonly Language[];
  readonly samples: readonly Sample[];
}
interface SamplesKnowledge {
  readonly overview: Overview | null;
  /** Why it could not be read, a sentence. */
  readonly failure: string | null;
  /** Of the open folder; null before it was read. */
  readonly changes: SampleChanges | null;
  readonly dialog: SamplesDialog | null;
}

export const useSamples = create<SamplesKnowledge>()(() => ({
  overview: null,
  failure: null,
  changes: null,
  dialog: null,
}));

/** Opens a dialog, with what it shows looked up again: a language may have been installed meanwhile. */
export function openSamplesDialog(dialog: SamplesDialog): void {
  useSamples.setState({ dialog });
  void loadOverview(); // keeps its failures
  void lookAtFolder();
}

export const closeSamplesDialog = (): void => useSamples.setState({ dialog: null });

/** Reads the state from the server. Keeps the last one on a failure. */
export async function loadOverview(): Promise<void> {
  const { client } = useServer.getState();
  if (!client) return;
  try {
    useSamples.setState({ overview: await client.samples.overview(), failure: null });
  } catch (error) {
    useSamples.setState({ failure: problemText(problemOf(error)) });
  }
}

/** Whether the open folder is a copy of the examples, and what was changed in it. */
export async function lookAtFolder(): Promise<void> {
  const { client } = useServer.getState();
  const root = useWorkspace.getState().workspace?.root ?? null;
  if (!client || root === null) {
    useSamples.setState({ changes: null });
    return;
  }
  try {
    const changes = await client.samples.changes();
    if (useWorkspace.getState().workspace?.root === root) useSamples.setState({ changes });
  } catch (error) {
    useSamples.setState({ changes: null, failure: problemText(problemOf(error)) });
  }
}

/** Looks at each folder that is opened. Once, at the start of the page. */
export function followSamples(): void {
  onOtherFolder(() => {
    useSamples.setState({ changes: null });
    whenIdle(() => void lookAtFolder()); // keeps its failures
  });
}

export const languageOf = (overview: Overview, sample: Sample): Language | undefined =>
  overview.languages.find(({ id }) => id === sample.language);

/** In words, for a list: "Python 3.11". */
export const languageTitle = ({ title, version }: Language): string =>
  version === null ? title : `${title} ${/^\d+(\.\d+)?/.exec(version)?.[0] ?? version}`;
