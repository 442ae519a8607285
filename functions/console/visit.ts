import type { HttpRequest } from '../../shared/http/request.ts';
import type { HttpResponse } from '../../shared/http/response.ts';
import type { Officer, Role } from '../../shared/identity/officer.ts';
import type { Template } from '../../shared/views/template.ts';
import type { Form } from './form.ts';
import type { Content } from './look/pages.ts';

/** An officer asks for something: signed in, allowed to, and, with a form, from one of our own pages. */
export type Visit = {
  request: HttpRequest;
  officer: Officer;
  /** What was filled in; empty for a GET. */
  form: Form;
  /** What only this browser knows. For signing out. */
  secret: string;
  /** A page with what every page for this officer shows. */
  page: (template: Template, content: Content, status?: number) => HttpResponse;
};

export type ConsoleRoute = {
  method: 'GET' | 'POST';
  /** `/console` and below. */
  path: string;
  /** Who may: every officer, unless it says so. */
  who?: Role;
  /** Most bytes of a form with a file. */
  mostBytes?: number;
  answer: (visit: Visit) => Promise<HttpResponse> | HttpResponse;
};

/** After a form was accepted: another page, by GET, so that going back or reloading sends nothing twice. */
export const goTo = (address: string): HttpResponse => ({
  status: 303,
  headers: { location: address, 'cache-control': 'no-store' },
});
