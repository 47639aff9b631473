// What stands in a page's place while the server wants an API key.
import { useState, type FormEvent } from 'react';
import { enter } from '../key';
import { useTitle } from './states';

export function KeyForm({ isRefused }: { isRefused: boolean }) {
  const [text, setText] = useState('');
  useTitle('An API key is needed');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter(text.trim());
  };
  return (
    <form className="state search" onSubmit={submit}>
      <h1>An API key is needed</h1>
      <p id="key-why">
        This server answers only those who have a key, which its operator gives out. Yours is kept in this tab alone, until
        you close it.
      </p>
      {isRefused ? (
        <p id="key-refused" className="state-failed" role="alert">
          The server refused this key: it is not known, was revoked or has expired.
        </p>
      ) : null}
      <label htmlFor="key">API key</label>
      <div className="search-line">
        <input
          id="key"
          type="password"
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
          autoFocus
          required
          maxLength={200}
          aria-invalid={isRefused}
          aria-describedby={isRefused ? 'key-refused' : 'key-why'}
        />
        <button type="submit" className="button-main">
          Show the page
        </button>
      </div>
    </form>
  );
}
