// The form of a search: what to find, in which files, and its replacement.
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { parseHexPattern } from "../../../server/protocol/hex-pattern.js";
import { type SearchForm, useSearchForm } from "../../model/folder/search-form.js";
import { anchor } from "../../platform/anchors.js";
import { Button, IconButton } from "../../ui/button.js";
import { ChevronDownIcon, ChevronRightIcon } from "../../ui/icon.js";
import { TextField } from "../../ui/text-field.js";
import { askedBy, cancel, isPreviewOf, previewReplacement, queryOf, search, useSearch } from "./search-store.js";

const set = useSearchForm.setState;

export function SearchFormView() {
  const form = useSearchForm();
  const { text, isHex, matchesCase, wholeWord, isRegex, isReplacing } = form;
  const busy = useSearch((store) => store.busy);
  const isWrong = isHex && parseHexPattern(text).fault !== null;
  const [wasTried, setTried] = useState(false);
  const begin = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault();
    setTried(true);
    void search(); // its failure is in the store
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return; // the key belongs to the input method
    if (event.key === "Escape" && busy === "searching") cancel();
    // While a search goes on there is no button that would submit the form.
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && !event.defaultPrevented) begin(event);
  };
  const Fold = isReplacing ? ChevronDownIcon : ChevronRightIcon;
  return (
    <form className="ui-column search-form" onSubmit={begin} onKeyDown={onKeyDown}>
      <div className="ui-row search-fields">
        <IconButton
          label="Replace"
          hint={isReplacing ? "Hide the replacement" : "Replace what is found"}
          aria-expanded={isReplacing}
          onClick={() => set({ isReplacing: !isReplacing })}
          icon={Fold}
        />
        <TextField
          ref={anchor("search.field")}
          className="search-text"
          aria-label="Find"
          aria-invalid={wasTried && isWrong}
          placeholder={isHex ? "Find bytes: c3 b6 ?? 0a" : "Find in files"}
          value={text}
          onChange={(typed) => set({ text: typed })}
        />
        <Toggle
          sign="Aa"
          label="Aa: match case"
          isOn={matchesCase}
          disabled={isHex}
          change={(matchesCase) => ({ matchesCase })}
        />
        <Toggle
          sign="ab"
          label="ab: match whole word"
          isOn={wholeWord}
          disabled={isHex}
          change={(wholeWord) => ({ wholeWord })}
        />
        <Toggle
          sign=".*"
          label=".*: regular expression"
          isOn={isRegex}
          disabled={isHex}
          change={(isRegex) => ({ isRegex })}
        />
        <Toggle sign="0x" label="0x: find bytes in hex" isOn={isHex} disabled={false} change={(isHex) => ({ isHex })} />
        <PathsField label="Files to include" placeholder="Include: *.pl, cgi-bin" field="include" />
        <PathsField label="Files to exclude" placeholder="Exclude: old/**" field="exclude" />
        {busy === "searching" ? (
          <Button size="small" hint="Cancel the search (Esc)" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button size="small" look="primary" type="submit" disabled={queryOf(form) === null}>
            Find
          </Button>
        )}
      </div>
      {isReplacing && !isHex && <ReplacementFields />}
    </form>
  );
}

function ReplacementFields() {
  const form = useSearchForm();
  const { replacement, isRegex } = form;
  const { query, asked, found, busy, preview } = useSearch();
  const hasNone = found.length === 0 && asked === askedBy(form);
  const isWanted = query?.kind === "text" && queryOf(form) !== null;
  const why = !isWanted ? "Find a text first" : hasNone ? "There is no match" : null;
  return (
    <div className="ui-row search-fields search-replacement">
      <TextField
        className="search-text"
        aria-label="Replacement"
        placeholder={isRegex ? "Replace with ($1 is the first group)" : "Replace with"}
        value={replacement}
        onChange={(typed) => set({ replacement: typed })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key !== "Enter" || why !== null || busy !== null) return;
          event.preventDefault();
          void previewReplacement();
        }}
      />
      <Button
        size="small"
        hint={why ?? "Show what changes before anything is written (⏎)"}
        disabled={why !== null || busy !== null || (preview !== null && isPreviewOf(preview, form))}
        aria-busy={busy === "previewing"}
        onClick={() => void previewReplacement()}
      >
        Preview replacement…
      </Button>
    </div>
  );
}

interface ToggleProps {
  readonly sign: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly disabled: boolean;
  readonly change: (isOn: boolean) => Partial<SearchForm>;
}

function Toggle({ sign, label, isOn, disabled, change }: ToggleProps) {
  const press = (): void => {
    set(change(!isOn));
    if (useSearch.getState().query !== null) void search(); // with what is shown now
  };
  return (
    <IconButton label={label} aria-pressed={isOn} disabled={disabled} onClick={press}>
      {sign}
    </IconButton>
  );
}

interface PathsFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly field: "include" | "exclude";
}

function PathsField({ label, placeholder, field }: PathsFieldProps) {
  const value = useSearchForm((form) => form[field]);
  return (
    <input
      type="text"
      className="ui-field ui-small search-paths"
      aria-label={label}
      placeholder={placeholder}
      spellCheck={false}
      value={value}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  );
}
