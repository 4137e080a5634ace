// The menu in which the way to run a script is chosen.
import { useRef } from "react";
import { modeTraits } from "../../../server/contract/modes.js";
import { baseOf } from "../../format/file-path.js";
import { useFiles } from "../../model/folder/file-store.js";
import { shortcutOf } from "../../platform/command-registry.js";
import { openModeComparison } from "../../platform/mode-comparison.js";
import { ContextMenu } from "../../ui/context-menu.js";
import { MenuChoice, MenuGroup, MenuItem } from "../../ui/menu.js";
import { modeChoices } from "./mode-choices.js";
import { closeModeMenu, type ModeMenuAt, useModeMenu } from "./mode-menu-store.js";
import { switchMode } from "./switch-mode.js";
import "./modes.css";

export function ModeMenu() {
  const at = useModeMenu((store) => store.at);
  // What it was about stays on the screen while it closes.
  const shown = useRef<ModeMenuAt | null>(null);
  if (at) shown.current = at;
  const path = shown.current?.path ?? "";
  return (
    <ContextMenu
      label={`Mode of ${baseOf(path)}`}
      at={at}
      onClose={closeModeMenu}
      returnTo={() => shown.current?.from ?? null}
    >
      <Choices path={path} />
    </ContextMenu>
  );
}

function Choices({ path }: { readonly path: string }) {
  const entry = useFiles(({ byPath }) => byPath.get(path));
  if (!entry?.mode) return null;
  const choices = modeChoices(entry).map((mode) => ({
    value: mode,
    title: (
      <>
        {modeTraits[mode].label} <span className="ui-dim mode-what">{modeTraits[mode].summary}</span>
      </>
    ),
  }));
  return (
    <>
      {choices.length > 0 && (
        <MenuGroup title={`Run ${baseOf(path)} as`}>
          <MenuChoice
            title="Modes"
            value={entry.mode}
            choices={choices}
            onChange={(mode) => void switchMode(path, mode)}
          />
        </MenuGroup>
      )}
      {entry.target !== null && (
        <MenuItem onSelect={() => openModeComparison(path)} aside={shortcutOf("script.waysToRun")}>
          Ways to run…
        </MenuItem>
      )}
    </>
  );
}
