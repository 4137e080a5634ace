// What the doctor has found and a lesson keeps back: a finding, and its fix even more so, is often the answer.
import { create } from "zustand";

export const useWithheld = create<{
  readonly findings: boolean;
  readonly fixes: boolean;
  /** When they come, a sentence. */
  readonly until: string;
}>()(() => ({ findings: false, fixes: false, until: "" }));
