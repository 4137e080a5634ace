// What the learner expects before the first request, quoted afterwards beside what happened.
import type { LessonView } from "../../../server/contract/lessons-contract.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { noteInWork } from "./lesson-calls.js";

interface PredictionProps {
  readonly predict: NonNullable<LessonView["predict"]>;
  readonly progress: LessonView["progress"];
}

export function Prediction({ predict: { ask, choices, answer, because }, progress }: PredictionProps) {
  const isSent = useTraceStore(({ rows }) => rows.some(({ from, outcome }) => from === "composer" && outcome !== null));
  const { prediction, attempts } = progress;
  if (prediction !== null && (isSent || attempts > 0))
    return (
      <section className="lesson-predict ui-box" aria-label="Your prediction">
        <p>{ask}</p>
        <dl className="ui-pairs">
          <div className="ui-pair">
            <dt>You said</dt>
            <dd>{choices[prediction - 1]}</dd>
          </div>
          <div className="ui-pair">
            <dt>It is so</dt>
            <dd>
              <strong>{choices[answer - 1]}</strong>
            </dd>
          </div>
        </dl>
        <p className="ui-dim">{because}</p>
      </section>
    );
  return (
    <fieldset className="lesson-predict ui-box">
      <legend className="ui-hidden">Before you press Send: what do you expect?</legend>
      <p>{ask}</p>
      {choices.map((choice, index) => (
        <label key={choice}>
          <input
            type="radio"
            name="lesson-prediction"
            checked={prediction === index + 1}
            onChange={() => void noteInWork({ prediction: index + 1 })}
          />
          <span>{choice}</span>
        </label>
      ))}
      {prediction !== null && <p className="ui-dim">Now press Send and look.</p>}
    </fieldset>
  );
}
