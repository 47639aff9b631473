// How the page asks: questions over HTTP, subscriptions over a socket of their own, which ends with them. What an answer
// took is kept for the line below it.
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';

const ENDPOINT = '/graphql';

let figures = null;
const watchers = new Set();

/** What the latest answer took: `{cost, status, bytes, ms}` over HTTP, `{events}` of a subscription; null before. */
export const latestFigures = {
  get: () => figures,
  subscribe(watcher) {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
};

function tell(next) {
  figures = next;
  watchers.forEach((watcher) => watcher());
}

export function fetcher(parameters, options) {
  const operations = operationsOf(parameters.query);
  // GraphiQL notices the operation of a tab a moment after the tab is opened.
  const operation = operations.find(({ name }) => name?.value === parameters.operationName) ?? operations[0];
  const asked = { ...parameters, operationName: operation?.name?.value };
  return operation?.operation === 'subscription' ? follow(asked, options?.headers) : ask(asked, options?.headers);
}

/** None if the text is no document: the server tells what is wrong with it. */
function operationsOf(text) {
  try {
    return parse(text).definitions.filter(({ kind }) => kind === 'OperationDefinition');
  } catch {
    return [];
  }
}

async function ask(parameters, headers) {
  const begin = performance.now();
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: {
      ...headers,
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
    },
    body: JSON.stringify(parameters),
  });
  const text = await response.text();
  const ms = performance.now() - begin;
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    // A proxy between the page and the server may answer with a page of its own.
    throw new Error(`${ENDPOINT} answered ${response.status} without JSON: ${text.slice(0, 500)}`);
  }
  // The page itself asks for the schema when it opens; nobody wants to know what that took.
  if (parameters.operationName !== 'IntrospectionQuery') {
    tell({ cost: answer.extensions?.cost, status: response.status, bytes: new Blob([text]).size, ms });
  }
  return answer;
}

/** A browser cannot set the headers of a socket, so they go with its first message. */
function follow(parameters, headers) {
  const url = new URL(ENDPOINT, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  // An observable, as GraphiQL cannot stop an iteration that waits.
  return {
    subscribe(sink) {
      // Not tried again: what happens meanwhile would be missed without a word.
      const client = createClient({ url: url.href, connectionParams: headers, retryAttempts: 0 });
      let events = 0;
      const next = (result) => {
        events += 1;
        tell({ events });
        sink.next(result);
      };
      tell({ events });
      client.subscribe(parameters, { ...sink, next, error: (error) => sink.error(reasonOf(error)) });
      return { unsubscribe: () => client.dispose() };
    },
  };
}

/** What the server says, or why there is nothing from it. */
function reasonOf(error) {
  if (Array.isArray(error)) return error;
  if (error instanceof CloseEvent) return new Error(`the socket was closed: ${error.code} ${error.reason}`.trim());
  return error instanceof Error ? error : new Error('the socket could not be opened');
}
