/** Many enough for the longest screen at the distance that the style keeps. */
const LINES = 12;

/** Who looks at the claims table and when, drawn faintly over the page, so that a picture of it names its maker. */
export function Watermark({ text }: { readonly text: string }) {
  return (
    <div className="watermark" aria-hidden="true">
      {Array.from({ length: LINES }, (_, line) => (
        <span key={line}>{text}</span>
      ))}
    </div>
  );
}
