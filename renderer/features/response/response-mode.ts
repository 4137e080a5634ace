// How the Response tab shows a response: remembered for the person, through a reload.
import { create } from "zustand";
import { recall, remember } from "../../platform/storage.js";

export const responseModes = ["rendered", "source", "headers"] as const;
export type ResponseMode = (typeof responseModes)[number];

const storageKey = "response-mode";
const remembered = recall(storageKey, (value) => responseModes.find((mode) => mode === value) ?? null);

export const useResponseMode = create<{ readonly mode: ResponseMode }>()(() => ({ mode: remembered ?? "source" }));

export function chooseResponseMode(mode: ResponseMode): void {
  remember(storageKey, mode);
  useResponseMode.setState({ mode });
}
