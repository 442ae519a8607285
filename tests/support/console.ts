import type { Persona } from './officer.ts';

type Fields = Record<string, string | string[]>;
type Page = { status: number; url: URL; html: string; headers: Headers };

/** The console of a running system in a browser without JavaScript: cookies, redirects, and forms as pages have them. */
export function consoleAt(url: string) {
  const jar = new Map<string, { path: string; value: string }>();

  async function ask(address: string, init: RequestInit = {}, hops = 0): Promise<Page> {
    const at = new URL(address, url);
    const cookie = [...jar]
      .filter(([, { path }]) => at.pathname.startsWith(path))
      .map(([name, { value }]) => `${name.split(' ')[0]}=${value}`)
      .join('; ');
    const response = await fetch(at, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string>), ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) keep(line);
    const location = response.headers.get('location');
    if (location && response.status >= 300 && response.status < 400 && hops < 10)
      return ask(new URL(location, at).href, {}, hops + 1);
    return { status: response.status, url: at, html: await response.text(), headers: response.headers };
  }

  function keep(line: string) {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf('=');
    const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
    const value = pair.slice(at + 1);
    const isGone = /max-age=0\b|expires=thu, 01 jan 1970/i.test(line);
    const name = `${pair.slice(0, at)} ${path}`;
    if (isGone) jar.delete(name);
    else jar.set(name, { path, value });
  }

  const get = (address: string) => ask(address);

  /** Fills a form of a page in and sends it as a browser does, with what the page put into it. */
  async function submit(page: Page, action: string, fields: Fields = {}): Promise<Page> {
    const found = [...page.html.matchAll(/<form\b[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].find(
      ([, to]) => to === action,
    );
    if (!found) throw new Error(`no form leads to ${action}:\n${page.html}`);
    const hidden = [...(found[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const sent = new URLSearchParams();
    for (const [, name = '', value = ''] of hidden) sent.append(name, value);
    for (const [name, value] of Object.entries(fields)) {
      sent.delete(name);
      for (const each of [value].flat()) sent.append(name, each);
    }
    return ask(new URL(action, page.url).href, {
      method: 'POST',
      body: sent,
      headers: { origin: page.url.origin, 'sec-fetch-site': 'same-origin' },
    });
  }

  async function signIn(persona: Persona, address = '/console'): Promise<Page> {
    const page = await get(address);
    return submit(page, page.url.pathname, { persona });
  }

  return { get, submit, signIn, ask };
}
