import type { Route } from '../../shared/http/http-handler.ts';

/**
 * Routes whose code is loaded when somebody first asks for one of them: most visits are of pages that all see, and
 * need not wait for it.
 * @param load the routes of these addresses, no more and no fewer; asked again after it failed
 */
export function whenAsked(
  addresses: Pick<Route, 'method' | 'path'>[],
  load: () => Promise<Route[]>,
): Route[] {
  let loading: Promise<Route[]> | undefined;

  async function loaded(): Promise<Route[]> {
    loading ??= load();
    try {
      const routes = await loading;
      const [wanted, found] = [addresses, routes].map((each) => each.map(nameOf).sort().join(', '));
      if (wanted !== found) throw new Error(`there should be routes ${wanted}, there are ${found}`);
      return routes;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  }

  return addresses.map(({ method, path }) => ({
    method,
    path,
    answer: async (request) => {
      const route = (await loaded()).find((each) => each.method === method && each.path === path);
      return (route as Route).answer(request);
    },
  }));
}

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`;
