// The list of examples in the sidebar; each opens in a tab of its own.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { EXAMPLES, tab } from './examples.js';

function Icon(props) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" height="1em" {...props}>
      <path d="M4 5h7v14H4zM13 5h7v14h-7zM6.5 9h2M15.5 9h2" />
    </svg>
  );
}

function Shelf() {
  const { addTab, updateActiveTabValues } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const open = (example) => {
    const { query, variables } = tab(example);
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables ?? '');
    updateActiveTabValues({ query, variables });
  };
  return (
    <section className="shelf" aria-label="Examples">
      <h2>Examples</h2>
      <ul>
        {EXAMPLES.map((example) => (
          <li key={example.title}>
            <button type="button" onClick={() => open(example)}>
              {example.title}
            </button>
          </li>
        ))}
      </ul>
      <p>
        <a href="/reference">All types and fields of the graph</a>
      </p>
    </section>
  );
}

export const SHELF = { title: 'Examples', icon: Icon, content: Shelf };
