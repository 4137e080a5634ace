// The index of all rules: a field for a sentence out of a server's log, or for words; on the left what
// fits, on the right what the chosen rule says.
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useRules } from "../../model/traces/rules-store.js";
import { closeDialog, useDialogOpen, useDialogSubject } from "../../platform/dialogs.js";
import { CodeText } from "../../ui/code-text.js";
import { Dialog } from "../../ui/dialog.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { SeverityIcon } from "../../ui/severity-icon.js";
import { type FoundRule, findRules } from "./find-rules.js";
import { RuleText } from "./rule-text.js";
import "./doctor.css";

export function RulesDialog() {
  const isOpen = useDialogOpen("rules");
  if (!isOpen) return null;
  return (
    <Dialog
      onClose={() => closeDialog("rules")}
      size="huge"
      title="Doctor: all rules"
      description="Paste a server’s log message, or type words, to find the rules that explain it."
    >
      <Index />
    </Dialog>
  );
}

function Index() {
  const { rules, failure } = useRules();
  const [wanted, setWanted] = useState("");
  const [shown, setShown] = useState(useDialogSubject("rules"));
  const sought = useDeferredValue(wanted);
  const found = useMemo(() => findRules(rules ?? [], sought), [rules, sought]);
  const list = useRef<HTMLUListElement>(null);
  const chosen = found.find(({ rule }) => rule.id === shown) ?? found[0] ?? null;
  const chosenId = chosen?.rule.id ?? null;
  useEffect(() => {
    if (chosenId !== null)
      list.current?.querySelector(`[data-rule="${chosenId}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosenId]);
  const choose = (id: string | undefined): void => {
    if (id !== undefined) setShown(id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return; // the key belongs to the input method
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    choose(
      found[Math.max(0, Math.min(found.length - 1, (chosen === null ? 0 : found.indexOf(chosen)) + step))]?.rule.id,
    );
  };
  if (failure !== null) return <p className="ui-bad">{failure}</p>;
  if (rules === null) return <div aria-busy="true" />;
  return (
    <div className="rules">
      <input
        type="search"
        className="ui-field rules-field"
        aria-label="Log message or words"
        aria-controls="rules-list"
        placeholder="End of script output before headers"
        value={wanted}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setWanted(event.target.value);
          setShown(null);
        }}
      />
      <p role="status" className="ui-dim rules-count">
        {countLabel(found, rules.length, sought)}
      </p>
      <ul ref={list} id="rules-list" className="rules-list" aria-label="Rules">
        {found.map(({ rule }) => (
          <li key={rule.id}>
            <button
              type="button"
              className="ui-entry rules-entry"
              data-rule={rule.id}
              aria-current={rule.id === chosenId || undefined}
              onClick={() => choose(rule.id)}
              onKeyDown={onKeyDown}
            >
              <SeverityIcon severity={rule.severity} className="ui-beside" />
              <span>{rule.title}</span>
            </button>
          </li>
        ))}
      </ul>
      {chosen ? <Shown found={chosen} /> : <Nothing />}
    </div>
  );
}

function countLabel(found: readonly FoundRule[], all: number, wanted: string): string {
  if (wanted.trim() === "") return `${all} rules`;
  if (found.length === 0) return "No matching rule";
  const byMessage = found[0]?.message !== null;
  if (found.length === 1) return byMessage ? "This message has one cause." : "1 matching rule";
  return byMessage
    ? `This message has ${found.length} causes. The Doctor tab of a trace shows which one applies.`
    : `${found.length} matching rules`;
}

function Shown({ found: { rule, message } }: { readonly found: FoundRule }) {
  return (
    <ScrollRegion className="ui-stack rules-shown" aria-label={rule.title}>
      <h3 className="ui-strong rules-title">{rule.title}</h3>
      <p>
        <CodeText>{rule.summary}</CodeText>
      </p>
      <RuleText rule={rule} marked={message} />
    </ScrollRegion>
  );
}

function Nothing() {
  return (
    <div className="rules-shown ui-empty">
      <strong>No matching rule</strong>
      <p>
        Remove your own paths, names and times from the message. Or send the request here: the doctor then checks what
        the script wrote.
      </p>
    </div>
  );
}
