// How the Response tab shows a response: remembered per user, also after a reload.
import { create } from "zustand";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { recall, remember } from "../../platform/storage.js";
import { showTab } from "./inspector-state.js";

export const responseModes = ["rendered", "source", "headers"] as const;
export type ResponseMode = (typeof responseModes)[number];

const storageKey = "response-mode";
const remembered = recall(storageKey, (value) => responseModes.find((mode) => mode === value) ?? null);

export const useResponseMode = create<{ readonly mode: ResponseMode }>()(() => ({ mode: remembered ?? "source" }));

export function chooseResponseMode(mode: ResponseMode): void {
  remember(storageKey, mode);
  useResponseMode.setState({ mode });
}

/** Turns to the response, shown in this way. */
export function showResponse(mode: ResponseMode): void {
  if (!useLayout.getState().inspector) togglePane("inspector");
  showTab("response");
  chooseResponseMode(mode);
}
