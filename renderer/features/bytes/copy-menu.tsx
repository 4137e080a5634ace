// Copies the selection, or everything, as text, hex or base64, and saves it as a file.
import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.js";
import { CopyIcon } from "../../ui/icon.js";
import { Menu, MenuGroup, MenuItem } from "../../ui/menu.js";
import { type ByteForm, byteForms } from "./byte-format.js";

const titles: Record<ByteForm, string> = { text: "Text", hex: "Hex", base64: "Base64" };
const hints: Record<ByteForm, string> = { text: "as shown", hex: "0d 0a", base64: "DQo=" };

/** How a copy went; `copied` and `failed` for a moment. */
export type CopyState = "idle" | "copying" | "copied" | "failed";
const toldMs = 1500;

/** Runs copies and reports their state; a new copy cancels the previous one. */
export function useCopy(): readonly [CopyState, (make: (signal: AbortSignal) => Promise<string>) => Promise<void>] {
  const [state, setState] = useState<CopyState>("idle");
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => {
    if (state !== "copied" && state !== "failed") return;
    const timer = setTimeout(() => setState("idle"), toldMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (make: (signal: AbortSignal) => Promise<string>): Promise<void> => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState("copying");
    try {
      await navigator.clipboard.writeText(await make(mine.signal));
      if (!mine.signal.aborted) setState("copied");
    } catch (error) {
      if (mine.signal.aborted) return;
      console.warn("Nothing was copied.", error);
      setState("failed");
    }
  };
  return [state, copy];
}

const words: Record<CopyState, string> = { idle: "Copy", copying: "Copying…", copied: "Copied", failed: "Not copied" };

interface CopyMenuProps {
  readonly state: CopyState;
  /** What would be copied: "Selection, 12 bytes". */
  readonly title: string;
  readonly isDisabled: boolean;
  /** Both report their own failures. */
  readonly onCopy: (form: ByteForm) => Promise<void>;
  readonly onSave: () => Promise<void>;
}

export function CopyMenu({ state, title, isDisabled, onCopy, onSave }: CopyMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" disabled={isDisabled}>
          <CopyIcon />
          <span aria-live="polite">{words[state]}</span>
        </Button>
      }
    >
      <MenuGroup title={title}>
        {byteForms.map((form) => (
          <MenuItem key={form} onSelect={() => void onCopy(form)} aside={hints[form]}>
            {titles[form]}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => void onSave()}>Save as a file…</MenuItem>
      </MenuGroup>
    </Menu>
  );
}
