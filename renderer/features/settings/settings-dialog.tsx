// The settings of this window. The settings of a folder are in its configuration file, which the last line opens.

import { useId, useState } from "react";
import { formatBytes } from "../../format/size.js";
import { fontPxRange, isFontPx, setEditor, useEditorSettings } from "../../model/documents/editor-settings.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { setSendOnSave, useComposer } from "../../model/request/composer-store.js";
import { runCommand } from "../../platform/command-registry.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { toggleProjector, useProjector } from "../../platform/projector.js";
import { chooseTheme, type ThemeChoice, useTheme } from "../../platform/theme.js";
import { useCounts } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { Dialog } from "../../ui/dialog.js";
import { Check, Part } from "./parts.js";
import { StoredTraces } from "./stored-traces.js";
import "./settings.css";

export function SettingsDialog() {
  const isOpen = useDialogOpen("settings");
  const hasFolder = useWorkspace((store) => store.workspace !== null);
  if (!isOpen) return null;
  return (
    <Dialog onClose={() => closeDialog("settings")} size="large" title="Settings">
      <div className="ui-column settings">
        <Look />
        <Editor />
        <Requests />
        <Folder />
        {hasFolder && <StoredTraces />}
      </div>
    </Dialog>
  );
}

const themes: readonly { readonly value: ThemeChoice; readonly title: string }[] = [
  { value: "system", title: "System" },
  { value: "light", title: "Light" },
  { value: "dark", title: "Dark" },
];

function Look() {
  const choice = useTheme((store) => store.choice);
  const isLarge = useProjector((store) => store.isOn);
  return (
    <Part title="Window">
      <div className="ui-row settings-row">
        <span>Theme</span>
        <Choice label="Theme" value={choice} choices={themes} onChange={chooseTheme} />
      </div>
      <Check label="Projector mode" isOn={isLarge} onChange={toggleProjector} />
    </Part>
  );
}

function Editor() {
  const isWrapping = useEditorSettings((settings) => settings.isWrapping);
  return (
    <Part title="Editor">
      <FontSize />
      <Check label="Wrap long lines" isOn={isWrapping} onChange={(next) => setEditor({ isWrapping: next })} />
    </Part>
  );
}

function Requests() {
  const sendOnSave = useComposer((composer) => composer.sendOnSave);
  return (
    <Part title="Requests">
      <Check label="Send on save" isOn={sendOnSave} onChange={setSendOnSave}>
        Saving a script sends its last request again. You’ll be asked before methods other than GET and HEAD are sent
        again.
      </Check>
    </Part>
  );
}

function Folder() {
  const traces = useCounts(({ counts }) => counts?.traces ?? null);
  const hasFolder = useWorkspace((store) => store.workspace !== null);
  if (!hasFolder || !traces) return null;
  const open = (): void => {
    closeDialog("settings");
    requestAnimationFrame(() => runCommand("config.open")); // after the dialog gave the focus back
  };
  return (
    <Part title="This folder">
      <div className="ui-row settings-row">
        <span>Memory for traces</span>
        <span className="ui-num">
          {formatBytes(traces.bytes)} of {formatBytes(traces.budgetBytes)}
        </span>
      </div>
      <div className="ui-row settings-row">
        <span className="ui-dim">The folder’s configuration file sets ports, limits, routes and variables.</span>
        <Button onClick={open}>Open configuration file</Button>
      </div>
    </Part>
  );
}

// The editor's font size: applied as soon as the typed number is in range.
function FontSize() {
  const id = useId();
  const fontPx = useEditorSettings((settings) => settings.fontPx);
  const [text, setText] = useState(String(fontPx));
  const isGood = text.trim() !== "" && isFontPx(Number(text));
  const change = (next: string): void => {
    setText(next);
    if (next.trim() !== "" && isFontPx(Number(next))) setEditor({ fontPx: Number(next) });
  };
  return (
    <div>
      <label className="ui-row settings-row">
        <span>Font size (px)</span>
        <input
          type="number"
          className="ui-field settings-number"
          min={fontPxRange.least}
          max={fontPxRange.most}
          step="any"
          aria-invalid={!isGood}
          aria-describedby={isGood ? undefined : id}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      </label>
      {!isGood && (
        <p id={id} className="ui-bad settings-words">
          Enter a number from {fontPxRange.least} to {fontPxRange.most}. The size stays at {fontPx}.
        </p>
      )}
    </div>
  );
}
