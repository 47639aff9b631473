// Asks a jobgraph server: questions over HTTP, subscriptions as an event stream. What comes has the document's types.
import { createClient } from 'graphql-sse';
import type { TypedDocumentString } from './generated/graphql.js';

/** Longer than the server takes for any question. */
const TIME_OUT_MS = 30_000;

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export class Graph {
  readonly #url: string;
  readonly #stream;

  constructor(url: string) {
    this.#url = url;
    this.#stream = createClient({ url });
  }

  async ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { accept: 'application/graphql-response+json', 'content-type': 'application/json' },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: AbortSignal.timeout(TIME_OUT_MS),
    });
    const { data, errors = [] } = (await response.json()) as Answer<Data>;
    if (errors.length > 0 || data == null) {
      const lines = errors.map(({ message, extensions }) => `${extensions?.code ?? 'no code'}: ${message}`);
      throw new Error(`${response.status} ${lines.join('\n')}`);
    }
    return data;
  }

  /** What comes, until whoever iterates stops. */
  async *follow<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): AsyncGenerator<Data> {
    for await (const { data, errors } of this.#stream.iterate<Data>({ query: document.toString(), variables })) {
      if (errors || data == null) throw new Error(errors?.map(({ message }) => message).join('\n') ?? 'no data');
      yield data;
    }
  }

  close(): void {
    this.#stream.dispose();
  }
}
