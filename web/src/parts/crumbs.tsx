// The way to a page, from the first.
import { Link } from 'react-router';

/** `way` leads past the first page; the last step is the page itself. */
export function Crumbs({ way, here }: { way: [label: string, to: string][]; here: string }) {
  return (
    <nav aria-label="Breadcrumb" className="crumbs">
      <ol>
        {[['Home', '/'] as const, ...way].map(([label, to]) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}
