// The open lesson: its text above, its checks below.
import { useEffect, useRef } from "react";
import type { LessonView } from "../../../server/contract/lessons-contract.js";
import { runCommand } from "../../platform/command-registry.js";
import { Button } from "../../ui/button.js";
import { Markdown } from "../../ui/markdown.js";
import { noteInWork, startOver } from "./lesson-calls.js";
import { LessonChecks } from "./lesson-checks.js";
import { useLesson } from "./lesson-store.js";
import { Prediction } from "./prediction.js";
import { nameOfPlace, showPlace } from "./show-place.js";
import "./lessons.css";

export function LessonPane() {
  const view = useLesson((lesson) => lesson.view);
  if (view === null) return null;
  return (
    <div key={view.id} className="lesson">
      <LessonText view={view} />
      <LessonChecks view={view} />
    </div>
  );
}

function LessonText({ view }: { readonly view: LessonView }) {
  const { place, title, goal, story, task, predict, progress, look, untranslated } = view;
  const isPassed = progress.passedAt !== null;
  const langOf = (section: LessonView["untranslated"][number]): string =>
    untranslated.includes(section) ? "en" : view.language;
  return (
    <section
      className="ui-wrap lesson-text"
      aria-label="Text of the lesson"
      lang={view.language}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      data-pane
    >
      <p className="ui-row lesson-course" lang="en">
        <button type="button" className="ui-link" onClick={() => runCommand("lesson.course")}>
          {place === null ? "The course…" : `Lesson ${place.number} of ${place.of}`}
        </button>
        {untranslated.length > 0 && <span className="ui-badge">partly not translated</span>}
        <span className="ui-spacer" />
        <button type="button" className="ui-link" onClick={() => void startOver()}>
          Start over
        </button>
      </p>
      <h2 lang={langOf("front")}>{title}</h2>
      <p className="ui-strong lesson-goal" lang={langOf("front")}>
        {goal}
      </p>
      <div className="lesson-words" lang={langOf("story")}>
        <Markdown text={story} />
      </div>
      {predict !== null && (
        <div lang={langOf("front")}>
          <Prediction predict={predict} progress={progress} />
        </div>
      )}
      <div className="lesson-words" lang={langOf("task")}>
        <Markdown text={task} />
      </div>
      <Hints view={view} lang={langOf("hints")} />
      {look.length > 0 && (
        <ul className="ui-small lesson-look" aria-label="Where to look">
          {look.map(({ place: at, say }) => (
            <li key={at}>
              <button type="button" className="ui-link" lang="en" onClick={() => void showPlace(at)}>
                {nameOfPlace(at)}
              </button>{" "}
              <span className="ui-dim" lang={langOf("front")}>
                {say}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isPassed && <After view={view} lang={langOf("after")} />}
    </section>
  );
}

interface PartProps {
  readonly view: LessonView;
  readonly lang: string;
}

function Hints({ view: { hints, progress }, lang }: PartProps) {
  const shown = progress.passedAt === null ? progress.hints : hints.length;
  return (
    <section className="lesson-hints" aria-label="Hints" lang="en">
      {shown > 0 && (
        <ol className="lesson-hint-list" lang={lang} aria-live="polite">
          {hints.slice(0, shown).map((hint) => (
            <li key={hint}>
              <Markdown text={hint} />
            </li>
          ))}
        </ol>
      )}
      {shown < hints.length && (
        <Button size="small" onClick={() => void noteInWork({ hints: shown + 1 })}>
          {shown === 0 ? "Show a hint" : "Show another hint"} ({shown + 1} of {hints.length})
        </Button>
      )}
    </section>
  );
}

/** Comes into view when the work has passed. */
function After({ view: { after, misconception }, lang }: PartProps) {
  const place = useRef<HTMLElement>(null);
  const passes = useLesson(({ report }) => report?.passed === true);
  useEffect(() => {
    if (passes) place.current?.scrollIntoView({ block: "start" });
  }, [passes]);
  return (
    <section ref={place} className="lesson-after ui-note" aria-label="Afterwards" lang={lang}>
      <div className="lesson-words">
        <p>
          <s>{misconception}</s>
        </p>
        <Markdown text={after} />
      </div>
    </section>
  );
}
