// Which folder is a work on a lesson. Everything else of lessons comes later.
import { create } from "zustand";
import { useWorkspace } from "../../model/folder/workspace-store.js";

/** Null: none that is known. */
export const useLessonFolder = create<{ readonly root: string | null }>()(() => ({ root: null }));

/** Whether the open folder is one. */
export function useHasLesson(): boolean {
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  return useLessonFolder((lesson) => lesson.root !== null && lesson.root === root);
}
