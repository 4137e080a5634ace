// Drop-down menus: Base UI's roles and keys, our looks. They are used through menu.tsx, which loads them.
import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { CheckIcon, ChevronRightIcon } from "./icon.js";
import { useFinalFocus } from "./use-final-focus.js";

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly align?: "start" | "end";
  /** What gets the focus that the menu has when it closes; the button without it. */
  readonly finalFocus?: () => HTMLElement | true;
  readonly children: ReactNode;
}

/** `isOpen`: from the beginning. */
export function Menu({
  trigger,
  align = "start",
  finalFocus,
  isOpen,
  children,
}: MenuProps & { readonly isOpen: boolean }) {
  const final = useFinalFocus(finalFocus ?? (() => true));
  return (
    <Base.Root modal={false} defaultOpen={isOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal ref={final.portal}>
        <Base.Positioner className="ui-popup-place" align={align} sideOffset={4} collisionPadding={6}>
          <Base.Popup className="ui-popup ui-menu" {...(finalFocus && { finalFocus: final.finalFocus })}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  readonly onSelect: () => void;
  readonly disabled?: boolean;
  /** At the right end: a shortcut, a detail. */
  readonly aside?: ReactNode;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

export function MenuItem({ onSelect, disabled = false, aside, title, children }: MenuItemProps) {
  return (
    <Base.Item className="ui-menu-item" disabled={disabled} onClick={onSelect} title={title}>
      <span className="ui-cut">{children}</span>
      {aside !== undefined && <span className="ui-menu-aside">{aside}</span>}
    </Base.Item>
  );
}

export interface MenuCheckProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** One that is on or off; the menu stays open, so that several can be changed. */
export function MenuCheck({ isOn, onChange, aside, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem
      checked={isOn}
      onCheckedChange={(next) => onChange(next)}
      className="ui-menu-item ui-menu-choice"
    >
      <Base.CheckboxItemIndicator className="ui-menu-mark" keepMounted>
        <CheckIcon />
      </Base.CheckboxItemIndicator>
      <span className="ui-cut">{children}</span>
      {aside !== undefined && <span className="ui-menu-aside">{aside}</span>}
    </Base.CheckboxItem>
  );
}

export interface MenuGroupProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** Items of one kind behind one item: opened by the pointer or the right arrow key. */
export function Submenu({ title, children }: MenuGroupProps) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className="ui-menu-item">
        <span className="ui-cut">{title}</span>
        <span className="ui-menu-aside">
          <ChevronRightIcon />
        </span>
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner className="ui-popup-place" sideOffset={2} alignOffset={-4} collisionPadding={6}>
          <Base.Popup className="ui-popup ui-menu">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}

export const MenuSeparator = () => <Base.Separator className="ui-menu-separator" />;

export function MenuGroup({ title, children }: MenuGroupProps) {
  return (
    <Base.Group>
      <Base.GroupLabel className="ui-label ui-menu-title">{title}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export interface MenuChoiceProps<V extends string> {
  readonly title: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly title: ReactNode; readonly aside?: ReactNode }[];
  readonly onChange: (value: V) => void;
}

/** A group of which one is on. */
export function MenuChoice<V extends string>({ title, value, choices, onChange }: MenuChoiceProps<V>) {
  const choose = (next: unknown): void => {
    const choice = choices.find((candidate) => candidate.value === next);
    if (choice) onChange(choice.value);
  };
  return (
    <Base.RadioGroup value={value} onValueChange={choose} aria-label={title}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} className="ui-menu-item ui-menu-choice" closeOnClick>
          <Base.RadioItemIndicator className="ui-menu-mark" keepMounted>
            <CheckIcon />
          </Base.RadioItemIndicator>
          <span className="ui-cut">{choice.title}</span>
          {choice.aside !== undefined && <span className="ui-menu-aside">{choice.aside}</span>}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
