// Which values to try, in which places of the composed request. How many requests that makes is shown before any is
// sent.
import { useMemo, useState } from "react";
import { maxShownVariations } from "../../../server/contract/limits.js";
import { type ExpectationName, expectations } from "../../../server/contract/variations-contract.js";
import { plural } from "../../format/plural.js";
import { formatCount } from "../../format/size.js";
import { useComposer } from "../../model/request/composer-store.js";
import { draftOf } from "../../model/request/draft.js";
import { closeDialog, useDialogOpen, useDialogSubject } from "../../platform/dialogs.js";
import { recall, remember } from "../../platform/storage.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { WindowProblem } from "../../rpc/problem.js";
import { Button, IconButton } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { Choice } from "../../ui/choice.js";
import { FormDialog } from "../../ui/dialog.js";
import { CloseIcon, PlusIcon } from "../../ui/icon.js";
import { Select } from "../../ui/select.js";
import { composedOf, rawOf, whyNotSendable, withJarCookies } from "../composer/index.js";
import { placesOf, wholeRequest } from "./places.js";
import { counted, kindsFor, type Mark, markAt, type ValueKind, valueKinds, withKind } from "./plan-draft.js";
import { startVariations } from "./run-store.js";
import { ValueFields } from "./value-fields.js";
import "./variations.css";

const close = (): void => closeDialog("vary");
const lastKind = "vary-kind";
const acceptKind = (value: unknown): ValueKind | null => kindsFor("").find((kind) => kind === value) ?? null;

export const VaryDialog = () => (useDialogOpen("vary") ? <Asking /> : null);

function Asking() {
  const subject = useDialogSubject("vary");
  const draft = draftOf(useComposer());
  const places = placesOf(withJarCookies(draft), subject);
  const valueAt = (place: string): string => places.find((one) => one.place === place)?.value ?? "";
  const markFor = (place: string, kind: ValueKind | null = null): Mark => {
    const kinds = kindsFor(place);
    const chosen = kinds.find((one) => one === (kind ?? recall(lastKind, acceptKind))) ?? kinds[0] ?? "list";
    return markAt(place, chosen, valueAt(place));
  };
  const [marks, setMarks] = useState<readonly Mark[]>(() => {
    const [place = "", preset] = subject?.split("=") ?? [];
    const isSelected = ({ value }: { readonly value: string }): boolean =>
      place.startsWith("~") && value === place.slice(1);
    const known = places.find((one) => one.place === place) ?? places.find(isSelected) ?? places[0];
    return [
      markFor(
        known?.place ?? wholeRequest,
        kindsFor(wholeRequest).find((kind) => kind === preset),
      ),
    ];
  });
  const [pairing, setPairing] = useState<"together" | "each">("together");
  const [chosen, setChosen] = useState<readonly ExpectationName[] | null>(null);
  const [rate, setRate] = useState("");
  const [unsafe, setUnsafe] = useState(0);
  const made = useMemo(() => counted(marks, pairing), [marks, pairing]);
  const plan = typeof made === "string" ? null : made;
  const changed = (next: readonly Mark[]): void => {
    setMarks(next);
    setUnsafe(0);
    forget();
  };
  const change = (mark: Mark): void => changed(marks.map((other) => (other.id === mark.id ? mark : other)));
  const hasProbes = marks.some(({ kind }) => kind === "probes");
  const expect = chosen ?? plan?.expects ?? ["no-5xx", "no-finding"];
  const isPossible = plan !== null && plan.count > 0 && plan.count <= maxShownVariations && !(Number(rate) < 0);
  const { why, isBusy, attempt, forget } = useAttempt(async () => {
    if (plan === null) return;
    const ofAll = marks.some(({ place }) => place.startsWith("cookie.")) ? withJarCookies(draft) : draft;
    // A probe replaces the whole request, and takes its target alone.
    const sent = hasProbes ? { ...draft, raw: { ...draft.raw, isOn: false } } : ofAll;
    const missing = whyNotSendable(sent);
    if (missing) throw new WindowProblem(missing);
    for (const { kind } of marks) remember(lastKind, kind);
    const asked = await startVariations(titleOf(marks, draft.target), {
      request: sent.raw.isOn ? rawOf(sent) : await composedOf(sent),
      plan: { vary: [...plan.vary], pairing, expect: chosen && [...chosen], rate: rate === "" ? null : Number(rate) },
      isAllowed: unsafe > 0,
    });
    if (asked === 0) close();
    else setUnsafe(asked);
  });
  return (
    <FormDialog
      title="Try values"
      description="Sends the request once with each value. A table compares the responses."
      size="large"
      action={unsafe > 0 ? `Send ${plural(plan?.count ?? 0, "request")}` : "Start"}
      isDangerous={unsafe > 0}
      isPossible={isPossible}
      isBusy={isBusy}
      problem={why}
      onClose={close}
      onSubmit={attempt}
    >
      {marks.map((mark, index) => (
        <fieldset key={mark.id} className="ui-column vary-mark" aria-label={`Values ${index + 1}`}>
          <div className="ui-row vary-line">
            <Select
              aria-label="Place"
              value={mark.place}
              choices={places.map(({ place, title }) => ({ value: place, title }))}
              onChange={(place) => change({ ...markFor(place, mark.kind), id: mark.id })}
            />
            <Select
              aria-label="Values"
              value={mark.kind}
              choices={kindsFor(mark.place).map((kind) => ({ value: kind, title: valueKinds[kind] }))}
              onChange={(kind) => change(withKind(mark, kind, valueAt(mark.place)))}
            />
            {marks.length > 1 && (
              <IconButton
                label="Remove these values"
                onClick={() => changed(marks.filter((other) => other !== mark))}
                icon={CloseIcon}
              />
            )}
          </div>
          <ValueFields mark={mark} onChange={change} />
        </fieldset>
      ))}
      {places.length > 1 && !hasProbes && (
        <div className="ui-row vary-line">
          <Button
            size="small"
            onClick={() => {
              const free = places.find(({ place }) => marks.every((mark) => mark.place !== place));
              changed([...marks, markFor((free ?? places[0])?.place ?? wholeRequest)]);
            }}
          >
            <PlusIcon /> Another place
          </Button>
          {marks.length > 1 && (
            <Choice
              label="How the places vary"
              value={pairing}
              choices={[
                { value: "together", title: "Together" },
                { value: "each", title: "Each with each" },
              ]}
              onChange={(next) => {
                setPairing(next);
                setUnsafe(0);
              }}
            />
          )}
        </div>
      )}
      {!hasProbes && <Expectations expect={expect} onChange={setChosen} />}
      <label className="ui-row vary-line">
        At most
        <input
          className="ui-field vary-number"
          type="number"
          min={0.1}
          max={10_000}
          step="any"
          placeholder="any number"
          value={rate}
          onChange={(event) => setRate(event.target.value)}
        />
        requests per second
      </label>
      <p className={unsafe > 0 ? "ui-warn" : undefined} role="status">
        {unsafe > 0
          ? `${formatCount(unsafe)} of ${plural(plan?.count ?? 0, "request")} use another method than GET and HEAD. They may change something.`
          : typeof made === "string"
            ? made
            : countText(made.count)}
      </p>
    </FormDialog>
  );
}

const countText = (count: number): string =>
  count > maxShownVariations
    ? `${formatCount(count)} requests are too many. The window sends ${formatCount(maxShownVariations)} at most, cgi-workbench try sends more.`
    : plural(count, "request");

const titleOf = (marks: readonly Mark[], target: string): string =>
  `${marks.map(({ place, kind }) => (place === wholeRequest ? valueKinds[kind] : place)).join(", ")} · ${target.slice(0, 200)}`;

const expectationTitles: Readonly<Record<ExpectationName, string>> = {
  "no-5xx": "No status of 500 or above",
  "no-finding": "No error found by the doctor, and no new warning",
  escaped: "The value is escaped in HTML",
  "comes-back": "The value comes back",
  same: "Same status and body as the first",
};

interface ExpectationsProps {
  readonly expect: readonly ExpectationName[];
  readonly onChange: (expect: readonly ExpectationName[]) => void;
}

function Expectations({ expect, onChange }: ExpectationsProps) {
  return (
    <fieldset className="ui-column">
      <legend className="ui-label">Each response must have</legend>
      {expectations.map((name) => (
        <Check
          key={name}
          isOn={expect.includes(name)}
          onChange={(isOn) => onChange(expectations.filter((one) => (one === name ? isOn : expect.includes(one))))}
        >
          {expectationTitles[name]}
        </Check>
      ))}
    </fieldset>
  );
}
