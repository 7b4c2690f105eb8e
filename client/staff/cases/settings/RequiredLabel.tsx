interface RequiredLabelProps {
  readonly text: string;
  readonly children: React.ReactNode;
}

/** A field that must be filled in: marked by a sign that the field itself says to who cannot see it. */
export function RequiredLabel({ text, children }: RequiredLabelProps) {
  return (
    <label className="labelled">
      <span>
        {text}{' '}
        <span className="required-mark" aria-hidden="true">
          ＊
        </span>
      </span>
      {children}
    </label>
  );
}
