// The question behind a page: its text, its variables, and where to ask it by hand.
import { useState } from 'react';
import { HAS_GRAPHIQL } from '../graph';
import { heldKey } from '../key';

export function QuerySource({ query, variables }: { query: string; variables: unknown }) {
  const [isCopied, setCopied] = useState(false);
  const text = query.trim();
  const values = JSON.stringify(variables, null, 2);
  const address = `/graphiql?${new URLSearchParams({ query: text, variables: values })}`;
  const copy = () => {
    const body = JSON.stringify({ query: text, variables });
    const quoted = body.replaceAll("'", "'\\''");
    const key = heldKey() ? ' -H "authorization: Bearer $JOBGRAPH_KEY"' : '';
    const command = `curl -s ${location.origin}/graphql${key} -H 'content-type: application/json' -d '${quoted}'`;
    void navigator.clipboard?.writeText(command).then(() => setCopied(true));
  };
  return (
    <section aria-labelledby="get-this-page">
      <h2 id="get-this-page">Get this page with GraphQL</h2>
      <p className="quiet">
        This page is the answer to one question. Open it by hand, or send it to <code>/graphql</code>.
      </p>
      <p className="actions">
        {HAS_GRAPHIQL ? (
          <a className="button" href={address}>
            Open in GraphiQL
          </a>
        ) : null}
        <button type="button" onClick={copy}>
          Copy as curl
        </button>
        <span role="status" className="quiet">
          {isCopied ? 'Copied.' : ''}
        </span>
      </p>
      <pre className="query" tabIndex={0} aria-label="Query">
        {text}
      </pre>
      <pre className="query" tabIndex={0} aria-label="Variables">
        {values}
      </pre>
    </section>
  );
}
