// User and password for this request (Basic, RFC 7617), and whether the script is told as if a server had checked them.
import { useState } from "react";
import { composeSignIn, useComposer } from "../../model/request/composer-store.js";
import { runCommand } from "../../platform/command-registry.js";
import { Button } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { TextField } from "../../ui/text-field.js";

export function SignInPart() {
  const { user, password, tellScript } = useComposer((composer) => composer.signIn);
  const [isShown, setShown] = useState(false);
  return (
    <form
      className="ui-row composer-sign-in"
      aria-label="Sign-in"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        runCommand("request.send");
      }}
    >
      <TextField
        aria-label="User"
        placeholder="User"
        value={user}
        onChange={(typed) => composeSignIn({ user: typed })}
      />
      <TextField
        type={isShown ? "text" : "password"}
        aria-label="Password"
        placeholder="Password"
        value={password}
        onChange={(typed) => composeSignIn({ password: typed, isPasswordLost: false })}
      />
      <Button size="small" look="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        Show
      </Button>
      <Check
        className="composer-check"
        title="Sets AUTH_TYPE and REMOTE_USER, as a server does once it has checked the password."
        isOn={tellScript}
        onChange={(isTold) => composeSignIn({ tellScript: isTold })}
      >
        Set AUTH_TYPE and REMOTE_USER
      </Check>
    </form>
  );
}
