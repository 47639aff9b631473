// The page: GraphiQL, which asks `/graphql` on the server that the page came from.
// `?query=…&variables=…` open in a tab before all others; whoever comes for the first time finds the examples.
import './workers.js';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { EXAMPLES, tab } from './examples.js';
import { Figures } from './figures.jsx';
import { SHELF } from './shelf.jsx';
import { fetcher } from './transport.js';
import './style.css';

const parameters = new URLSearchParams(location.search);
const query = parameters.get('query') ?? undefined;
const variables = query === undefined ? undefined : (parameters.get('variables') ?? undefined);
const asked = query === undefined ? [] : [{ query, variables: variables && indented(variables) }];

/** Variables as a person would write them; as they are, if they are no JSON. */
function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

createRoot(document.getElementById('graphiql')).render(
  // Headers may hold secrets, so they are not kept in the browser's storage.
  <GraphiQL
    defaultEditorToolsVisibility="variables"
    defaultTabs={[...asked, ...EXAMPLES.map(tab)]}
    fetcher={fetcher}
    initialQuery={query}
    initialVariables={asked[0]?.variables}
    plugins={[SHELF, HISTORY_PLUGIN]}
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <a className="graphiql-logo-link" href="/reference">
        jobgraph
      </a>
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <Figures />
    </GraphiQL.Footer>
  </GraphiQL>,
);
