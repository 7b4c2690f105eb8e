import { findReading, yuanWithUnit } from '../format/money.ts';
import { usePreferences } from '../state/preferences.ts';

/** An amount in full, with its reading in 万 or 亿 beside it. */
export function Amount({ fen }: { readonly fen: string }) {
  const { language } = usePreferences();
  const reading = findReading(fen, language);
  return (
    <span className="amount">
      <span className="amount__figure">{yuanWithUnit(fen, language)}</span>
      {reading !== undefined && <span className="amount__reading">（{reading}）</span>}
    </span>
  );
}
