export type MarkShape = 'done' | 'warning' | 'blocks' | 'waiting' | 'unknown' | 'live' | 'paused';

const SHAPES: Record<MarkShape, string> = {
  done: '✓',
  warning: '!',
  blocks: '✕',
  waiting: '○',
  unknown: '?',
  live: '▣',
  paused: '‖',
};

/** A status as a shape and a word; the word carries the meaning, no colour does. */
export function Mark({ shape, word }: { readonly shape: MarkShape; readonly word: string }) {
  return (
    <span className={`mark mark-${shape}`}>
      <span className="mark-shape" aria-hidden="true">
        {SHAPES[shape]}
      </span>
      {word}
    </span>
  );
}
