import { useId, type ReactNode } from 'react';
import { Link } from 'react-router';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  readonly type?: 'button' | 'submit';
  readonly look?: 'primary' | 'plain' | 'quiet';
  /** Why the button cannot be pressed; shown below it. The button stays reachable for screen readers. */
  readonly disabledReason?: string | undefined;
  readonly isBusy?: boolean;
}

const LOOKS = { primary: 'button button--primary', plain: 'button', quiet: 'button button--quiet' } as const;

export function Button({
  children,
  onClick,
  type = 'button',
  look = 'plain',
  disabledReason,
  isBusy = false,
}: ButtonProps) {
  const reasonId = useId();
  const isDisabled = disabledReason !== undefined || isBusy;
  return (
    <>
      <button
        type={type}
        className={LOOKS[look]}
        aria-disabled={isDisabled}
        aria-busy={isBusy}
        aria-describedby={disabledReason === undefined ? undefined : reasonId}
        onClick={(event) => {
          if (isDisabled) event.preventDefault();
          else onClick?.();
        }}
      >
        {children}
      </button>
      {disabledReason !== undefined && (
        <p id={reasonId} className="button__reason">
          {disabledReason}
        </p>
      )}
    </>
  );
}

interface LinkButtonProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly look?: 'primary' | 'plain' | 'quiet';
}

export function LinkButton({ to, children, look = 'plain' }: LinkButtonProps) {
  return (
    <Link className={LOOKS[look]} to={to}>
      {children}
    </Link>
  );
}
