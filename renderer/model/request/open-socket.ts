// The WebSocket that the composer has open, and whether its script takes connections in place of requests.
import { create } from "zustand";
import { speaksWebSocket } from "../../../server/contract/modes.js";
import { useFiles } from "../folder/file-store.js";
import { useComposer } from "./composer-store.js";

/** `id`: of its trace; null: none is open. */
export const useOpenSocket = create<{ readonly id: string | null }>()(() => ({ id: null }));

type Files = Pick<ReturnType<typeof useFiles.getState>, "byPath">;

const isSocketIn = ({ byPath }: Files, subject: string | null): boolean => {
  const mode = byPath.get(subject ?? "")?.mode ?? null;
  return mode !== null && speaksWebSocket(mode);
};

/** A request to the script opens a WebSocket. */
export const opensSocket = (script: string | null): boolean => isSocketIn(useFiles.getState(), script);

export function useOpensSocket(): boolean {
  const subject = useComposer((composer) => composer.subject);
  return useFiles((files) => isSocketIn(files, subject));
}
