// The lab's settings, and whether the lab or the trace is shown: kept while the window is open.
import { create } from "zustand";
import type { LabSettings } from "../../../server/formats/encodings/lab-path.js";

interface LabState {
  readonly mode: "trace" | "lab";
  readonly settings: LabSettings;
}

const first: LabSettings = {
  text: "Grüße, 12 €",
  form: "utf-8",
  language: "python",
  variables: {},
  reads: "language",
  writes: "language",
  header: "utf-8",
  meta: null,
};

export const useLab = create<LabState>()(() => ({ mode: "trace", settings: first }));

export const chooseMode = (mode: LabState["mode"]): void => useLab.setState({ mode });
export const setLab = (part: Partial<LabSettings>): void =>
  useLab.setState(({ settings }) => ({ settings: { ...settings, ...part } }));
export const resetLab = (): void => useLab.setState({ settings: first });
