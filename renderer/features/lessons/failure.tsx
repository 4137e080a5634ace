// Why a check failed: the mistake that was recognised, the bytes that prove it, and where to see them.
import type { LessonFailure } from "../../../server/contract/lessons-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import { useWithheld } from "../../model/traces/withheld.js";
import { CodeText } from "../../ui/code-text.js";
import { ByteValue } from "../bytes/index.js";
import { showProof } from "./lesson-calls.js";
import { hexOf, proofOf } from "./proof.js";
import { nameOfPlace, placeFor } from "./show-place.js";

/** What the wanted text is to the other one, by the code of the sentence. */
const relations: Readonly<Record<string, string>> = {
  "text-lacks": "Should contain",
  "text-begins": "Should begin with",
  "text-ends": "Should end with",
  "text-unmatched": "Should match",
};
const factNames: Readonly<Record<string, string>> = {
  body: "page",
  stdout: "output",
  stderr: "error output",
  status: "status",
  exit: "exit code",
};

/** What is compared by its bytes; other facts are numbers and names. */
const textFact = /^(body|stdout|stderr|argv|(env|header|wrote) .+)$/;

export function Failure({ failure }: { readonly failure: LessonFailure }) {
  const { remark, why, fact, trace } = failure;
  // The doctor's own remark leads to its findings once the lesson shows them.
  const isWithheld = useWithheld(({ findings }) => findings);
  const place = (remark?.number === 0 && isWithheld ? null : remark?.look) ?? placeFor(fact);
  return (
    <div className="lesson-failure">
      <p>
        <CodeText>{remark?.say ?? why.text}</CodeText>
      </p>
      {failure.got !== null && failure.wanted !== "" ? (
        <Compared failure={failure} got={failure.got} />
      ) : (
        remark !== null && <p className="ui-dim">{wordsOf(why.text)}</p>
      )}
      {trace !== null && (
        <div className="lesson-ways">
          <button type="button" className="ui-link" onClick={() => void showProof(trace, place)}>
            Show me in {nameOfPlace(place)}
          </button>
          <button type="button" className="ui-link" onClick={() => void showProof(trace, null)}>
            Open the trace
          </button>
        </div>
      )}
    </div>
  );
}

interface ComparedProps {
  readonly failure: LessonFailure;
  readonly got: string;
}

function Compared({ failure: { fact, wanted, why }, got }: ComparedProps) {
  const name = factNames[fact] ?? fact;
  const word = why.code === "text-unmatched" ? wholeWord(wanted) : null;
  const isText = textFact.test(fact) && ["fact-differs", "text-lacks", "text-begins"].includes(why.code);
  const proof = isText ? proofOf(got, wanted) : { before: "", got: got.slice(0, 200), wanted, after: "" };
  return (
    <dl className="ui-pairs lesson-proof">
      <div className="ui-pair">
        <dt>Your {name}</dt>
        <dd className="ui-mono">
          <Line before={proof.before} text={proof.got} after={proof.after} tone="bad" hasBytes={isText} />
        </dd>
      </div>
      <div className="ui-pair">
        <dt>{word === null ? (relations[why.code] ?? "Should be") : "Should contain"}</dt>
        <dd className="ui-mono">
          <Line before={proof.before} text={word ?? proof.wanted} after={proof.after} tone="2" hasBytes={isText} />
        </dd>
      </div>
    </dl>
  );
}

/** The word in a pattern that asks for a word on its own; null: it asks for something else. */
const wholeWord = (pattern: string): string | null => /^\(\^\|\\\w\)(\w+)\(\\\w\|\$\)$/.exec(pattern)?.[1] ?? null;

interface LineProps {
  readonly before: string;
  readonly text: string;
  readonly after: string;
  readonly tone: "bad" | "2";
  /** Whether its bytes are shown, too. */
  readonly hasBytes: boolean;
}

function Line({ before, text, after, tone, hasBytes }: LineProps) {
  const hex = hasBytes ? hexOf(text) : null;
  return (
    <>
      <ByteValue value={before} />
      {text === "" ? (
        <span className="ui-dim">{before + after === "" ? "nothing" : "▏"}</span>
      ) : (
        <mark className={`ui-tag ui-tag-${tone}`}>
          <ByteValue value={text} />
        </mark>
      )}
      <ByteValue value={after} />
      {hex !== null && <span className="lesson-hex ui-dim">{hex}</span>}
    </>
  );
}
