// What is in the hand: where a slider stands, or a number as it is typed. The file's notation has no "1.0", and no place for
// a field that is empty for a moment; so the field shows what was typed until it is left.

import { useRef, useState } from "preact/hooks";
import { catchUp } from "../drafts.js";
import { commitSoon } from "../editing.js";
import { brandId } from "../store.js";

const NO_NUMBER = null; // "1e" or "-": browsers tell of an empty text, and what was there last is still meant

const textOf = ({ validity, value }) => (validity.badInput ? NO_NUMBER : value);

/** `{value, begin, events, letGo, leave}`; the value is null while nothing is held, and what was held of another brand is nothing. */
export function useHeld() {
  const [held, setHeld] = useState(null);
  const isBegun = useRef(false); // told at once, unlike what is drawn
  const id = brandId.value;
  const letGo = () => {
    catchUp();
    isBegun.current = false;
    setHeld(null);
    commitSoon();
  };
  return {
    value: held?.id === id ? held.value : null,
    begin(value) {
      isBegun.current = true;
      setHeld({ id, value });
    },
    events: (take) => ({
      onInput: ({ target }) => take(textOf(target), target.type === "range"), // what is typed is shown at once, a slider as fast as frames paint
      onChange({ target }) {
        if (brandId.peek() === id) take(textOf(target), target.type === "range");
        letGo();
      },
    }),
    letGo,
    /** Browsers tell of no change where what was there first was typed again. */
    leave({ target }) {
      if (target.validity.badInput) target.value = "";
      if (isBegun.current) letGo();
    },
  };
}
