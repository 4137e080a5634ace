// The one button: text, primary or quiet icon. An icon button must have a label; it is its name and its tooltip.
import type { ComponentPropsWithRef } from "react";
import type { Icon } from "./icon.js";
import { Tooltip } from "./tooltip.js";
import "./button.css";

interface ButtonProps extends ComponentPropsWithRef<"button"> {
  readonly look?: "plain" | "primary" | "quiet" | "danger";
  readonly size?: "small" | "normal" | "large";
  /** Shown on hover and focus. */
  readonly hint?: string | undefined;
}

export function Button({ look = "plain", size = "normal", hint, className, ...rest }: ButtonProps) {
  const button = (
    <button
      type="button"
      className={`ui-button ui-button-${look} ui-button-${size}${className ? ` ${className}` : ""}`}
      {...rest}
    />
  );
  return hint === undefined ? button : <Tooltip hint={hint}>{button}</Tooltip>;
}

export interface IconButtonProps extends Omit<ButtonProps, "hint" | "aria-label"> {
  /** The accessible name, and the tooltip unless `hint` is given. */
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon?: Icon;
}

/** A small button that shows only an icon, or a sign in its place (its child). */
export function IconButton({
  label,
  hint,
  icon: Shown,
  children,
  look = "quiet",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Button
      look={look}
      size="small"
      hint={hint ?? label}
      aria-label={label}
      className={`ui-button-icon${className ? ` ${className}` : ""}`}
      {...rest}
    >
      {Shown ? <Shown /> : children}
    </Button>
  );
}
