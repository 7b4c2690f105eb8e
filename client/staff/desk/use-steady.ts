import { useCallback, useRef, useState, type PointerEventHandler, type FocusEventHandler } from 'react';

interface Steady<T> {
  readonly shown: T;
  /** Put these on the element around the list. */
  readonly hold: {
    readonly onPointerDownCapture: PointerEventHandler;
    readonly onPointerUp: PointerEventHandler;
    readonly onPointerCancel: PointerEventHandler;
    readonly onPointerLeave: PointerEventHandler;
    readonly onFocusCapture: FocusEventHandler;
    readonly onBlurCapture: FocusEventHandler;
  };
}

/**
 * A list that does not move while a row is pressed or has the keyboard's focus: what changes meanwhile
 * is shown on letting go, so that a press acts on the person that was pressed.
 */
export function useSteady<T>(latest: T): Steady<T> {
  const frozen = useRef<T | undefined>(undefined);
  const [, redraw] = useState(0);
  const latestRef = useRef(latest);
  latestRef.current = latest;
  const freeze = useCallback(() => {
    frozen.current ??= latestRef.current;
  }, []);
  const release = useCallback(() => {
    if (frozen.current === undefined) return;
    frozen.current = undefined;
    // After the click that follows the release, not before it.
    setTimeout(() => redraw((turn) => turn + 1), 0);
  }, []);
  const hold: Steady<T>['hold'] = {
    onPointerDownCapture: freeze,
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: release,
    onFocusCapture: (event) => {
      if (event.target.matches(':focus-visible')) freeze();
    },
    onBlurCapture: release,
  };
  return { shown: frozen.current ?? latest, hold };
}
