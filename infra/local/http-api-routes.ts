import { CannotRun } from './cannot-run.ts';

export type Route = { key: string; method: string; segments: string[] };

/** @throws CannotRun naming a route that cannot be matched here */
export function readRoute(key: string, logicalId: string): Route {
  if (key === '$default') return { key, method: 'ANY', segments: ['{proxy+}'] };
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(key) ?? [];
  if (!method || path === undefined) throw new CannotRun(`${logicalId}: the route ${key} cannot be matched`);
  return { key, method, segments: split(path) };
}

/**
 * The route API Gateway would take: a full match before one with variables, those before a greedy one, a named
 * method before ANY, `$default` last.
 */
export function chooseRoute<Candidate extends Route>(routes: Candidate[], method: string, path: string) {
  const asked = split(path);
  const fitting = routes.flatMap((route) => {
    if (route.method !== 'ANY' && route.method !== method) return [];
    const parameters = route.key === '$default' ? {} : match(route.segments, asked);
    return parameters ? [{ route, parameters, rank: rank(route) }] : [];
  });
  return fitting.sort((a, b) => (a.rank < b.rank ? -1 : 1))[0];
}

const split = (path: string) => path.split('/').slice(1);

function match(pattern: string[], asked: string[]) {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const name = /^\{([^}]+?)\+?\}$/.exec(segment)?.[1];
    const value = asked[index];
    if (segment.endsWith('+}')) {
      const rest = asked.slice(index).join('/');
      return name && rest !== '' ? { ...parameters, [name]: rest } : undefined;
    }
    if (value === undefined || (name ? value === '' : value !== segment)) return undefined;
    if (name) parameters[name] = value;
  }
  return asked.length === pattern.length ? parameters : undefined;
}

/** Sorts before what is less exact. */
function rank({ key, method, segments }: Route) {
  if (key === '$default') return '9';
  const kinds = segments.map((segment) =>
    segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0',
  );
  return `${kinds.join('')}${method === 'ANY' ? '1' : '0'}`;
}
