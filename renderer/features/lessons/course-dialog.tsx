// The course: its lessons in their order, how far one has come, and the way to go on.

import { useState } from "react";
import type { LessonLine } from "../../../server/contract/lessons-contract.js";
import type { LanguageId } from "../../../server/contract/samples-contract.js";
import { closeDialog, openDialog, useDialogOpen, useDialogSubject } from "../../platform/dialogs.js";
import { recall, remember } from "../../platform/storage.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { Dialog } from "../../ui/dialog.js";
import { CheckIcon } from "../../ui/icon.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { Collect, HandOut } from "./class-dialogs.js";
import { setLessonLanguage, useLesson } from "./lesson-store.js";
import "./lessons.css";

const close = (): void => closeDialog("course");
const codeTitles: Partial<Record<LanguageId, string>> = { python: "Python", perl: "Perl", php: "PHP", shell: "Shell" };
const languageTitle = (language: string): string =>
  new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
const remembered = (key: string): string | null => recall(key, (value) => (typeof value === "string" ? value : null));

export const CourseDialog = () => (useDialogOpen("course") ? <Course /> : null);

function Course() {
  const language = useLesson((lesson) => lesson.language);
  const [works, setWorks] = useState(() => remembered("lesson-works"));
  const [code, setCode] = useState(() => remembered("lesson-code") ?? "python");
  const { value: course, error } = useLoaded(
    "course",
    (client, signal) => client.lessons.list({ language, works }, { signal }),
    [language, works],
  );
  const lessons = course?.parts.flatMap((part) => part.lessons) ?? [];
  const codes = (["python", "perl", "php", "shell"] as const).filter((one) =>
    lessons.some((lesson) => lesson.codes.includes(one)),
  );
  const chosen = codes.find((one) => one === code) ?? codes[0] ?? "python";
  const next = lessons.find(({ work }) => work?.isPassed === false) ?? lessons.find(({ work }) => work === null);
  const {
    why,
    isBusy,
    attempt: start,
  } = useAttempt(async (lesson: LessonLine) => {
    remember("lesson-code", chosen);
    if (works !== null) remember("lesson-works", works);
    await (await import("./lesson-calls.js")).startLesson(lesson.id, lesson.work?.code ?? chosen, works);
    close();
  });
  const part = useDialogSubject("course");
  if (part === "collect") return <Collect onClose={close} />;
  if (part === "hand-out") return <HandOut lessons={lessons} code={chosen} onClose={close} />;
  const passed = lessons.filter(({ work }) => work?.isPassed === true).length;
  return (
    <Dialog
      onClose={close}
      size="huge"
      title={course?.title ?? "Learn CGI"}
      description={course === null ? "Reading the course…" : `${passed} of ${lessons.length} lessons passed`}
      actions={
        <>
          <Button onClick={() => openDialog("course", "hand-out")}>Hand out…</Button>
          <Button onClick={() => openDialog("course", "collect")}>Collect…</Button>
          <span className="ui-spacer" />
          <Button onClick={close}>Close</Button>
          {next && (
            <Button look="primary" disabled={isBusy} aria-busy={isBusy} onClick={() => void start(next)}>
              {next.work === null ? "Start" : "Continue"}: {next.title}
            </Button>
          )}
        </>
      }
    >
      {course !== null && (
        <>
          <div className="ui-row lesson-choices">
            <Choice
              label="Language of the texts"
              value={language}
              choices={course.languages.map((one) => ({ value: one, title: languageTitle(one) }))}
              onChange={(one) => void setLessonLanguage(one)}
            />
            <Choice
              label="Language of the scripts"
              value={chosen}
              choices={codes.map((one) => ({ value: one, title: codeTitles[one] ?? one }))}
              onChange={setCode}
            />
            <label className="lesson-works">
              <span className="ui-dim">Your work is in</span>
              <input
                className="ui-field ui-mono"
                spellCheck={false}
                defaultValue={course.works}
                onBlur={(event) => setWorks(event.target.value.trim() === "" ? null : event.target.value.trim())}
              />
            </label>
          </div>
          <Alert>{why ?? error}</Alert>
          <ScrollRegion className="lesson-course-list" aria-label="Lessons">
            {course.parts.map((part) => (
              <section key={part.title} aria-label={part.title}>
                <h3 className="ui-heading">{part.title}</h3>
                <ul>
                  {part.lessons.map((lesson) => (
                    <li key={lesson.id}>
                      <Row
                        lesson={lesson}
                        number={lessons.indexOf(lesson) + 1}
                        language={language}
                        onStart={() => void start(lesson)}
                      />
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </ScrollRegion>
        </>
      )}
    </Dialog>
  );
}

interface RowProps {
  readonly lesson: LessonLine;
  readonly number: number;
  readonly language: string;
  readonly onStart: () => void;
}

function Row({ lesson: { title, goal, codes, work }, number, language, onStart }: RowProps) {
  const isPossible = codes.length > 0;
  return (
    <button type="button" className="ui-entry lesson-row" disabled={!isPossible} onClick={onStart}>
      <span className="ui-num ui-dim">{number}</span>
      <strong className="ui-cut" lang={language}>
        {title}
      </strong>
      <span className="ui-dim ui-cut" lang={language}>
        {goal}
      </span>
      <span className="ui-row lesson-row-state ui-dim">
        {work?.isPassed === true && <CheckIcon className="ui-ok" />}
        {!isPossible ? "needs a language" : work === null ? "" : work.isPassed ? "passed" : "started"}
      </span>
    </button>
  );
}
