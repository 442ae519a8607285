import type { Force } from '../../../shared/force/force.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { isAtLeast, type Officer, type Role } from '../../../shared/identity/officer.ts';
import { lookOf } from '../../../shared/views/look.ts';
import { personalHeaders, policyOf } from '../../../shared/views/security.ts';
import type { Template } from '../../../shared/views/template.ts';
import { english } from '../../../shared/words/english.ts';
import script from './console.client.ts?asset';
import styles from './console.scss?asset';

export type Content = { title: string; [name: string]: unknown };
/** A place in the navigation: its address begins the addresses of all its pages. */
export type Place = { text: string; href: string; who?: Role };
export type ConsolePages = ReturnType<typeof consolePages>;

type Shell = { officer?: Officer; token?: string; path?: string; status?: number };

const words = {
  ...english,
  shell: { error: 'Error', problem: 'There is a problem', skip: 'Skip to main content' },
};

const headers = {
  ...personalHeaders,
  // Scripts save drafts; a preview is a frame.
  'content-security-policy': policyOf(["connect-src 'self'", "frame-src 'self'"]),
  // With `no-referrer` browsers would not say which site a form comes from.
  'referrer-policy': 'same-origin',
};

/** Templates made into answers for one officer, each with what every page of the console shows. */
export function consolePages({ force, origin, places }: { force: Force; origin: string; places: Place[] }) {
  const look = lookOf(force, { styles, script });

  function page(
    template: Template,
    content: Content,
    { officer, token, path = '', status = 200 }: Shell = {},
  ) {
    const current = places
      .filter(({ href }) => path === href || path.startsWith(`${href}/`))
      .toSorted((one, other) => other.href.length - one.href.length)[0];
    const body = template({
      ...content,
      ...{ force, origin, words, look, officer, formToken: token },
      where: officer && whereOf(officer, force),
      places: officer
        ? places
            .filter(({ who = 'officer' }) => isAtLeast(officer, who))
            .map((place) => ({ text: place.text, href: place.href, active: place === current }))
        : [],
    });
    return { status, headers, body } satisfies HttpResponse;
  }

  return { page };
}

/** The districts of an officer in a line. */
function whereOf({ districts }: Officer, force: Force) {
  if (districts.length === force.districts.length) return 'All districts';
  const names = districts.flatMap((id) => force.district.get(id)?.name ?? []);
  return names.length > 3 ? `${names.length} districts` : names.join(', ') || 'No district';
}
