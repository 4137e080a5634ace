// The checks: what must be true, whether it was the last time, and what follows once all of it is.

import type { LessonCheck, LessonView } from "../../../server/contract/lessons-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { CheckIcon, ErrorIcon } from "../../ui/icon.js";
import { Failure } from "./failure.js";
import { checkLesson, showSolution, startNext, trustLesson } from "./lesson-calls.js";
import { useLesson } from "./lesson-store.js";
import { Programs } from "./programs.js";

export function LessonChecks({ view }: { readonly view: LessonView }) {
  const { report, isChecking, why } = useLesson();
  const passed = report?.checks.filter(({ state }) => state === "passed").length ?? 0;
  const found = report === null ? "Saving checks it." : `${passed} of ${report.checks.length} pass.`;
  const failed = report?.checks.find(({ state }) => state === "failed");
  return (
    <section className="lesson-checks" aria-label="Checks" data-pane>
      <div className="ui-row lesson-bar">
        <h3>Checks</h3>
        <span
          className="ui-dim ui-cut"
          role="status"
          title={report ? `Its values are new each time; these are of the seed ${report.seed}.` : undefined}
        >
          {isChecking ? "Checking…" : found}
          {!isChecking && failed?.failure != null && (
            <span className="ui-hidden">
              {` Failed: ${failed.say} ${failed.failure.remark?.say ?? wordsOf(failed.failure.why.text)}`}
            </span>
          )}
        </span>
        {view.trust === null && (
          <Button
            look={report?.passed === true ? "plain" : "primary"}
            aria-busy={isChecking}
            onClick={() => void checkLesson()}
          >
            Check
          </Button>
        )}
      </div>
      <Alert className="lesson-why">{why}</Alert>
      {view.trust !== null && (
        <Programs runs={view.trust.runs} action={<Button onClick={() => void trustLesson()}>Trust this lesson</Button>}>
          This lesson is not of the course. Its checks run these files of its author, with your rights:
        </Programs>
      )}
      <ul className="lesson-list">
        {view.checks.map(({ id, say }) => (
          <Check key={id} say={say} check={report?.checks.find((one) => one.id === id) ?? null} view={view} />
        ))}
      </ul>
      {report?.passed === true && <Passed view={view} />}
    </section>
  );
}

const stateWords = { passed: "passed", failed: "failed", waiting: "waits", "not-judged": "not judged" } as const;
const icons = { passed: CheckIcon, failed: ErrorIcon, waiting: null, "not-judged": null } as const;

interface CheckProps {
  readonly say: string;
  /** Null: not checked yet. */
  readonly check: LessonCheck | null;
  readonly view: LessonView;
}

function Check({ say, check, view }: CheckProps) {
  const state = check?.state ?? null;
  const Icon = state === null ? null : icons[state];
  const waitsFor = view.checks.find(({ id }) => id === check?.after)?.say;
  return (
    <li className="lesson-check" data-state={state ?? "not-checked"}>
      {Icon === null ? <span className="ui-icon-room" /> : <Icon />}
      <div>
        <p className="lesson-say">
          <span lang={view.language}>{say}</span>{" "}
          <span className="ui-dim ui-small lesson-state">{state === null ? "not checked" : stateWords[state]}</span>
        </p>
        {waitsFor !== undefined && <p className="ui-dim">After “{waitsFor}”</p>}
        {state === "not-judged" && <p className="ui-dim">This machine did not run enough requests at one moment.</p>}
        {check?.failure != null && <Failure failure={check.failure} />}
      </div>
    </li>
  );
}

function Passed({ view: { next } }: { readonly view: LessonView }) {
  return (
    <div className="lesson-next">
      <Button onClick={() => void showSolution()}>Compare with the course’s answer</Button>
      {next !== null && (
        <Button look="primary" onClick={() => void startNext()}>
          Next: {next.title}
        </Button>
      )}
    </div>
  );
}
