import type { District } from '../../../shared/force/force.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import type { PageDeps } from '../deps.ts';
import template from './find.njk';

/** The outward and the inward part. A missing space is forgiven. */
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})$/;

/**
 * From a postcode or a place to its district. By POST, so that a postcode is in no address, history or cache; and
 * with every district to choose from where it leads nowhere.
 */
export function findRoutes({ pages, force, lookUp }: PageDeps): Route[] {
  const { words } = pages;

  async function find(request: HttpRequest) {
    const typed = (request.form().get('place') ?? '').trim().slice(0, 100);
    const [only, ...others] = typed ? await districtsFor(typed) : [];
    if (only && !others.length)
      return { status: 303, headers: { location: `/${only.id}`, 'cache-control': 'no-store' } };
    const errors = typed
      ? {}
      : {
          errors: [{ text: words.find.empty, href: '#place' }],
          fieldErrors: { place: { text: words.find.empty } },
        };
    return pages.personal(
      template,
      {
        title: only ? words.find.several : words.find.title,
        typed,
        isFound: only !== undefined,
        districts: only ? [only, ...others] : force.districts,
        ...errors,
      },
      typed ? 200 : 422,
    );
  }

  async function districtsFor(typed: string): Promise<District[]> {
    const [, outward, inward] = POSTCODE.exec(typed.toUpperCase().replace(/\s+/g, ' ')) ?? [];
    if (outward && inward) {
      const gss = await lookUp?.(`${outward} ${inward}`);
      return force.districts.filter((district) => district.gss === gss);
    }
    const wanted = plain(typed);
    const exact = force.districts.filter(({ name }) => plain(name) === wanted);
    if (exact.length) return exact;
    return wanted.length < 3 ? [] : force.districts.filter(({ name }) => plain(name).includes(wanted));
  }

  return [{ method: 'POST', path: '/find', answer: find }];
}

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
