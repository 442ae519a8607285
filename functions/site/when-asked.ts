import type { Route } from '../../shared/http/http-handler.ts';

/**
 * Routes whose code is loaded when somebody first asks for one of them: most visits are of pages that all see, and
 * need not wait for it.
 * @param load the routes, those of these addresses among them; asked again after it failed
 */
export function whenAsked(
  addresses: Pick<Route, 'method' | 'path'>[],
  load: () => Promise<Route[]>,
): Route[] {
  let loading: Promise<Route[]> | undefined;

  async function loaded(): Promise<Route[]> {
    loading ??= load();
    try {
      return await loading;
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
      if (!route) throw new Error(`there is no route ${method} ${path}`);
      return route.answer(request);
    },
  }));
}
