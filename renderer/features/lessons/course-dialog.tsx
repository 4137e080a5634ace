// The course: its lessons in their order, how far one has come, and the way to go on.

import { useEffect, useState } from "react";
import type { LessonLine } from "../../../server/contract/lessons-contract.js";
import type { LanguageId } from "../../../server/contract/samples-contract.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { recall, remember } from "../../platform/storage.js";
import { useWhy } from "../../platform/use-why.js";
import type { Client } from "../../rpc/connection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { Dialog } from "../../ui/dialog.js";
import { CheckIcon } from "../../ui/icon.js";
import { setLessonLanguage, useLesson } from "./lesson-store.js";
import "./lessons.css";

type Listed = Awaited<ReturnType<Client["lessons"]["list"]>>;

const close = (): void => closeDialog("course");
const codeTitles: Partial<Record<LanguageId, string>> = { python: "Python", perl: "Perl", php: "PHP", shell: "Shell" };
const languageTitle = (language: string): string =>
  new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
const remembered = (key: string): string | null => recall(key, (value) => (typeof value === "string" ? value : null));

export const CourseDialog = () => (useDialogOpen("course") ? <Course /> : null);

function Course() {
  const client = useClient();
  const language = useLesson((lesson) => lesson.language);
  const [works, setWorks] = useState(() => remembered("lesson-works"));
  const [code, setCode] = useState(() => remembered("lesson-code") ?? "python");
  const [course, setCourse] = useState<Listed | null>(null);
  const [why, setWhy] = useWhy();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    client?.lessons.list({ language, works }).then(
      (list) => {
        if (!isCurrent) return;
        setCourse(list);
        setWhy(null);
      },
      (error: unknown) => isCurrent && setWhy(problemText(problemOf(error))),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, language, works, setWhy]);
  const lessons = course?.parts.flatMap((part) => part.lessons) ?? [];
  const codes = (["python", "perl", "php", "shell"] as const).filter((one) =>
    lessons.some((lesson) => lesson.codes.includes(one)),
  );
  const chosen = codes.find((one) => one === code) ?? codes[0] ?? "python";
  const next = lessons.find(({ work }) => work?.isPassed === false) ?? lessons.find(({ work }) => work === null);
  const start = async (lesson: LessonLine): Promise<void> => {
    setBusy(true);
    remember("lesson-code", chosen);
    if (works !== null) remember("lesson-works", works);
    try {
      await (await import("./lesson-calls.js")).startLesson(lesson.id, lesson.work?.code ?? chosen, works);
      close();
    } catch (error) {
      setWhy(problemText(problemOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const passed = lessons.filter(({ work }) => work?.isPassed === true).length;
  return (
    <Dialog
      onClose={close}
      size="huge"
      title={course?.title ?? "Learn CGI"}
      description={course === null ? "Reading the course…" : `${passed} of ${lessons.length} lessons passed`}
      actions={
        <>
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
          <Alert>{why}</Alert>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <section className="lesson-course-list" aria-label="Lessons" tabIndex={0}>
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
          </section>
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
