// The form to log in with, and the way to a provider where there is one.

import { useEffect, useState } from "preact/hooks";
import { html } from "../dom.js";
import * as calls from "./calls.js";
import { loginHint, loginRefusal, session } from "./state.js";

export function Login({ onDone }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [message, setMessage] = useState(loginRefusal.value);
  const [isBusy, setBusy] = useState(false);
  const [provider, setProvider] = useState("");
  useEffect(() => {
    calls.readProvider().then(
      (found) => setProvider(found.name),
      (error) => setMessage(error.message),
    );
  }, []);
  const onProvider = async () => {
    setBusy(true);
    setMessage("");
    try {
      location.assign((await calls.beginAtProvider()).url);
    } catch (error) {
      setMessage(error.message);
      setBusy(false);
    }
  };
  const onSubmit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setMessage("");
    try {
      session.value = await calls.login(name, password);
      await onDone();
    } catch (error) {
      setMessage(error.message);
      setPassword("");
    } finally {
      setBusy(false);
    }
  };
  return html`
    <main class="login">
      <form onSubmit=${onSubmit} aria-labelledby="login-title">
        <h1 id="login-title">Gateway policies</h1>
        ${loginHint.value && html`<p class="muted">${loginHint.value}</p>`}
        <label class="label" for="login-name">Name</label>
        <input class="input" id="login-name" autocomplete="username" required value=${name} spellcheck=${false} onInput=${(event) => setName(event.target.value)} />
        <label class="label" for="login-password">Password</label>
        <input class="input" id="login-password" type="password" autocomplete="current-password" required value=${password} onInput=${(event) => setPassword(event.target.value)} />
        <p class="inline-problem is-error" role="alert">${message}</p>
        <button type="submit" class="button is-primary" disabled=${isBusy}>Log in</button>
        ${provider && html`<button type="button" class="button" disabled=${isBusy} onClick=${onProvider}>Sign in with ${provider}</button>`}
        <a class="link" href="/">Back to the brands</a>
      </form>
    </main>
  `;
}
