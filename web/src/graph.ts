// Asks the graph: one function that sends a typed document, and hooks that keep its answer for a page.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TypedDocumentString } from './gql/graphql';
import { UNAUTHENTICATED, authorization, heldKey, turnedAway } from './key';

/** Longer than the server itself takes before it gives up. */
const TIMEOUT_MS = 20_000;

/** Whether the server has GraphiQL too; an operator may have switched it off. */
export const HAS_GRAPHIQL = document.querySelector('meta[name="graphiql"]')?.getAttribute('content') !== 'off';

/** What an answer without data says. */
export class GraphError extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

interface Response<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Sends a document. Throws `GraphError` when the graph refuses it, does not answer or answers in part. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const key = heldKey();
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      ...authorization(key),
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    const late = limit.aborted;
    throw new GraphError(late ? 'The server took too long to answer.' : 'The server cannot be reached.', 'NETWORK');
  });
  const answer = (await response.json().catch(() => ({}))) as Response<Result>;
  const refused = answer.errors?.[0];
  if (refused || !answer.data) {
    const message = refused?.message ?? `The server answered ${response.status} without data.`;
    const code = refused?.extensions?.code ?? 'UNKNOWN';
    if (code === UNAUTHENTICATED) turnedAway(key);
    throw new GraphError(message, code);
  }
  return answer.data;
}

export interface Asked<Result> {
  /** The latest answer; of the question before, while `isLoading`. */
  data: Result | undefined;
  error: GraphError | undefined;
  isLoading: boolean;
  retry: () => void;
}

function asError(error: unknown): GraphError {
  return error instanceof GraphError ? error : new GraphError(String(error), 'UNKNOWN');
}

/** The answer to a document. Asked anew when a variable changes; what is no longer wanted is dropped. */
export function useQuery<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Asked<Result> {
  const key = JSON.stringify(variables);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ data?: Result; error?: GraphError; key?: string }>({});
  useEffect(() => {
    const gone = new AbortController();
    ask(document, JSON.parse(key) as Variables, gone.signal)
      .then((data) => setState({ data, key }))
      .catch((error: unknown) => {
        if (!gone.signal.aborted) setState({ error: asError(error), key });
      });
    return () => gone.abort();
  }, [document, key, attempt]);
  const retry = useCallback(() => {
    setState({});
    setAttempt((before) => before + 1);
  }, []);
  const isLoading = state.key !== key;
  return { data: state.data, error: isLoading ? undefined : state.error, isLoading, retry };
}

export interface Connection<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

export interface Pages<Node> {
  nodes: Node[];
  hasMore: boolean;
  isLoadingMore: boolean;
  error: GraphError | undefined;
  more: () => void;
}

/** The pages that follow a first one, each after the cursor of the one before. Begins anew with another first page. */
export function usePages<Result, Variables extends { after?: string | null | undefined }, Node>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  first: Connection<Node> | undefined,
  pick: (result: Result) => Connection<Node> | undefined,
): Pages<Node> {
  const [later, setLater] = useState<{ of: typeof first; pages: Connection<Node>[]; error?: GraphError }>();
  const [loadingOf, setLoadingOf] = useState<typeof first>();
  const gone = useRef<AbortController>(undefined);
  useEffect(() => () => gone.current?.abort(), [first]);

  const pages = later && later.of === first ? later.pages : [];
  const last = pages.at(-1) ?? first;
  const isLoadingMore = loadingOf !== undefined && loadingOf === first;
  const more = () => {
    if (!first || isLoadingMore || !last?.pageInfo.hasNextPage) return;
    const controller = new AbortController();
    gone.current = controller;
    setLoadingOf(first);
    ask(document, { ...variables, after: last.pageInfo.endCursor ?? null }, controller.signal)
      .then((result) => {
        const page = pick(result);
        if (page) setLater({ of: first, pages: [...pages, page] });
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setLater({ of: first, pages, error: asError(error) });
      })
      .finally(() => setLoadingOf(undefined));
  };
  return {
    nodes: [first, ...pages].flatMap((page) => page?.nodes ?? []),
    hasMore: last?.pageInfo.hasNextPage ?? false,
    isLoadingMore,
    error: later && later.of === first ? later.error : undefined,
    more,
  };
}
