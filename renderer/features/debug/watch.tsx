// Expressions that are evaluated again at each stop, remembered from one script to the next.
import { type FormEvent, useState } from "react";
import { create } from "zustand";
import { recall, remember } from "../../platform/storage.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";
import { TextField } from "../../ui/text-field.js";
import { shownFrame, useDebug } from "./debug-store.js";

const key = "debug.watch";
const useWatched = create<{ readonly watched: readonly string[] }>()(() => ({ watched: recall(key, accept) ?? [] }));

function accept(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const all: readonly unknown[] = value;
  return all.filter((one) => typeof one === "string");
}

function setWatched(watched: readonly string[]): void {
  useWatched.setState({ watched });
  remember(key, watched);
}

export function Watch() {
  const watched = useWatched((state) => state.watched);
  const [typed, setTyped] = useState("");
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const expression = typed.trim();
    if (expression !== "" && !watched.includes(expression)) setWatched([...watched, expression]);
    setTyped("");
  };
  return (
    <>
      <ul>
        {watched.map((expression) => (
          <li key={expression} className="ui-row debug-line">
            <Watched expression={expression} />
            <span className="ui-spacer" />
            <IconButton
              label={`Stop watching ${expression}`}
              onClick={() => setWatched(watched.filter((one) => one !== expression))}
              icon={CloseIcon}
            />
          </li>
        ))}
      </ul>
      <form className="ui-row debug-line" onSubmit={add}>
        <TextField
          className="debug-field"
          aria-label="Expression to watch"
          placeholder="an expression, then Enter"
          value={typed}
          onChange={setTyped}
        />
      </form>
    </>
  );
}

function Watched({ expression }: { readonly expression: string }) {
  const id = useDebug((state) => state.id) ?? "";
  const frameId = useDebug(shownFrame)?.id ?? null;
  const scopes = useDebug((state) => state.scopes);
  const { value, error } = useLoaded(
    frameId === null ? null : id,
    ({ debug }) => debug.evaluate({ id, expression, frameId: frameId ?? 0, context: "watch" }),
    [frameId, scopes], // the value is read again at each stop and after an evaluation
  );
  return (
    <>
      <span className="ui-mono ui-accent ui-cut">{expression}</span>
      <span className={`ui-mono ui-cut ${error !== null || value?.isError ? "ui-dim" : "debug-value"}`}>
        {error ?? value?.result}
      </span>
    </>
  );
}
