// A block of JSON as it came, which can be folded.

export function JsonBlock({ title, value }: { title: string; value: unknown }) {
  const text = JSON.stringify(value ?? null, null, 2);
  const lines = text.split('\n').length;
  return (
    <details className="json" open>
      <summary>
        <h3>{title}</h3>
        <span className="quiet">{lines === 1 ? 'one line' : `${lines} lines`}</span>
      </summary>
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </details>
  );
}
