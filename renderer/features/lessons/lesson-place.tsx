// The place of the files while a lesson is open: the lesson, and the files in the other tab.
import type { ReactNode } from "react";
import { useTraceFeed } from "../../model/traces/trace-store.js";
import { Tabs } from "../../ui/tabs.js";
import { LessonPane } from "./lesson-pane.js";
import { useLesson } from "./lesson-store.js";

export function LessonPlace({ children }: { readonly children: ReactNode }) {
  const tab = useLesson((lesson) => lesson.tab);
  useTraceFeed(); // as the files do
  return (
    <Tabs
      label="Lesson and files"
      className="lesson-tabs"
      value={tab}
      onChange={(next) => useLesson.setState({ tab: next })}
      items={[
        { value: "lesson", title: "Lesson" },
        { value: "files", title: "Files" },
      ]}
    >
      {tab === "lesson" ? <LessonPane /> : children}
    </Tabs>
  );
}
