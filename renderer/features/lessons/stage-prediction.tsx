// A lesson on the stage: the class predicts first, from large choices, and then sees what happened.
import { type ReactNode, type RefObject, useLayoutEffect, useState } from "react";
import { usePresentation } from "../../platform/presentation.js";
import { Button } from "../../ui/button.js";
import { noteInWork } from "./lesson-calls.js";
import { useLesson } from "./lesson-store.js";
import "./lessons.css";

interface StagePredictionProps {
  /** It has the focus when the question is gone. */
  readonly stage: RefObject<HTMLElement | null>;
  readonly exit: ReactNode;
  /** What happened. */
  readonly children: ReactNode;
}

export function StagePrediction({ stage, exit, children }: StagePredictionProps) {
  const view = useLesson((lesson) => lesson.view);
  const [isSkipped, setSkipped] = useState(false);
  const predict = view?.progress.prediction === null && !isSkipped ? view.predict : null;
  const isAsking = predict !== null;
  // Before a key can come: none steps while the question is asked.
  useLayoutEffect(() => {
    usePresentation.setState({ isAsking });
    return () => usePresentation.setState({ isAsking: false });
  }, [isAsking]);
  if (view === null || predict === null) return children;
  const lang = view.untranslated.includes("front") ? "en" : view.language;
  const goOn = (how: () => void): void => {
    stage.current?.focus();
    how();
  };
  return (
    <section className="lesson-stage" aria-label="Your prediction">
      <p className="lesson-stage-ask" lang={lang}>
        {predict.ask}
      </p>
      {predict.choices.map((choice, index) => (
        <Button key={choice} lang={lang} onClick={() => goOn(() => void noteInWork({ prediction: index + 1 }))}>
          {choice}
        </Button>
      ))}
      <div className="ui-row">
        <Button look="quiet" onClick={() => goOn(() => setSkipped(true))}>
          Show what happened
        </Button>
        {exit}
      </div>
    </section>
  );
}
