// A part of a text with the words marked that were searched for.
import type { ReactNode } from 'react';

interface Highlight {
  text: string;
  spans: { start: number; end: number }[];
}

export function Marked({ highlight }: { highlight: Highlight }) {
  // The graph counts characters; JavaScript would count halves of some.
  const letters = [...highlight.text];
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of highlight.spans) {
    parts.push(letters.slice(at, start).join(''), <mark key={start}>{letters.slice(start, end).join('')}</mark>);
    at = end;
  }
  parts.push(letters.slice(at).join(''));
  return <>{parts}</>;
}
