// The line in which words to search for are given.
import { useState, type FormEvent } from 'react';

type Asked = { label: string; words?: string; isLarge?: boolean; search: (words: string) => void };

export function Words({ label, words: before = '', isLarge = false, search }: Asked) {
  const [words, setWords] = useState(before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(words.trim());
  };
  return (
    <form role="search" className={isLarge ? 'search search-large' : 'search'} onSubmit={submit}>
      <label htmlFor="words">{label}</label>
      <div className="search-line">
        <input
          id="words"
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          placeholder="rust -manager"
          maxLength={500}
        />
        <button type="submit" className="button-main">
          Search
        </button>
      </div>
    </form>
  );
}
