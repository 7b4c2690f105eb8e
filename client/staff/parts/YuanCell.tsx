import { findReading, yuan } from '../../format/money.ts';
import { useWords } from './use-words.ts';

/** An amount in a table whose heading names the unit: grouped, right-aligned, the 万/亿 reading below. */
export function YuanCell({ fen }: { readonly fen: string }) {
  const { language } = useWords();
  const reading = findReading(fen, language);
  return (
    <span className="yuan-cell">
      {yuan(fen)}
      {reading === undefined ? null : <small>{reading}</small>}
    </span>
  );
}
