// The page: GraphiQL, which asks `/graphql` on the server that the page came from.
// The query of the `?query=` URL parameter opens in a tab, else an example does.
import './workers.js';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import './style.css';

const EXAMPLE = `{
  jobs(first: 3) {
    nodes {
      title
      org { name }
      source { provider boardToken }
      events(first: 3) { nodes { type observedAt } }
    }
  }
}
`;

async function fetcher(parameters, options) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      ...options?.headers,
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
    },
    body: JSON.stringify(parameters),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // A proxy between the page and the server may answer with a page of its own.
    throw new Error(`/graphql answered ${response.status} without JSON: ${text.slice(0, 500)}`);
  }
}

const query = new URLSearchParams(location.search).get('query') ?? undefined;

createRoot(document.getElementById('graphiql')).render(
  // Headers may hold secrets, so they are not kept in the browser's storage.
  <GraphiQL
    defaultQuery={EXAMPLE}
    fetcher={fetcher}
    initialQuery={query}
    shouldPersistHeaders={false}
  />,
);
