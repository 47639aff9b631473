// What surrounds every page: the head with its links, the place for the page, the foot.
import { useEffect, useRef, useState } from 'react';
import { Link, NavLink, Outlet, useLocation, useNavigationType } from 'react-router';
import { HAS_GRAPHIQL } from '../graph';
import { keep, kept } from '../kept';
import { forget, useAccess } from '../key';
import { KeyForm } from './key';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const THEME_KEY = 'jobgraph-theme';

function storedTheme(): Theme {
  const stored = kept('localStorage', THEME_KEY);
  return THEMES.find((theme) => theme === stored) ?? 'auto';
}

function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    keep('localStorage', THEME_KEY, theme);
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  const sign = { auto: '◐', light: '○', dark: '●' }[theme];
  return (
    <button
      type="button"
      className="theme"
      onClick={() => setTheme(next)}
      aria-label={`Colors: ${theme}. Change to ${next}`}
      title={`Colors: ${theme}`}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

const PAGES = [
  ['/jobs', 'Jobs'],
  ['/orgs', 'Companies'],
  ['/sources', 'Sources'],
  ['/events', 'Events'],
] as const;

/** Moves to the top and tells screen readers when another page is shown, as a browser does by itself. */
function useArrival(isShown: boolean) {
  const { pathname } = useLocation();
  const isReturn = useNavigationType() === 'POP';
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // The form for a key has the focus.
    if (!isShown) return;
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    // Who goes back is where they were.
    if (!isReturn) window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
    // Only another page is an arrival, however it was come to.
  }, [pathname, isShown]);
  return main;
}

export function Layout() {
  const { key, wanted } = useAccess();
  const isOpen = wanted === 'nothing';
  const main = useArrival(isOpen);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <div className="wrap">
          <Link to="/" className="brand">
            <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
              <path d="M8 23 16 9l9 10" fill="none" stroke="currentColor" strokeWidth="2.4" />
              <circle cx="8" cy="23" r="4.2" />
              <circle cx="16" cy="9" r="4.2" />
              <circle cx="25" cy="19" r="4.2" />
            </svg>
            jobgraph
          </Link>
          <nav aria-label="Pages">
            {PAGES.map(([address, label]) => (
              <NavLink key={address} to={address}>
                {label}
              </NavLink>
            ))}
            {HAS_GRAPHIQL ? <a href="/graphiql">GraphiQL</a> : null}
          </nav>
          <ThemeSwitch />
        </div>
      </header>
      <main id="main" className="wrap" tabIndex={-1} ref={main}>
        {isOpen ? <Outlet /> : <KeyForm isRefused={wanted === 'another'} />}
      </main>
      <footer className="foot">
        <div className="wrap">
          <span>Times are UTC. What a posting does not say is shown as unknown, never guessed.</span>
          <span>
            {/* A link shows no key. */}
            {key ? null : (
              <>
                <a href="/feed.json">JSON Feed</a>
                {' · '}
              </>
            )}
            <a href="/web/LICENSES.txt">Licenses</a>
            {key ? (
              <>
                {' · '}
                <button type="button" onClick={forget}>
                  Forget the API key
                </button>
              </>
            ) : null}
          </span>
        </div>
      </footer>
    </>
  );
}
