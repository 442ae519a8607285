import type { IncomingMessage, ServerResponse } from 'node:http';
import { type IdentityPart, signInPath } from './identity.ts';
import { isPersona } from './personas.ts';
import { signInPage } from './sign-in-page.ts';

/** The step of an interactive sign-in where a person says who they are. Whether the request was for it. */
export async function serveSignIn(
  identity: IdentityPart,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const [path = ''] = (request.url ?? '').split('?');
  if (!path.startsWith(`${signInPath}/`)) return false;
  if (request.method === 'POST') {
    let form = '';
    for await (const chunk of request) form += chunk;
    const persona = new URLSearchParams(form).get('persona') ?? undefined;
    if (isPersona(persona)) {
      await identity.signIn(request, response, persona).catch(() => {
        response
          .writeHead(400, { 'content-type': 'text/plain' })
          .end('This sign-in is over. Start again from the console.');
      });
      return true;
    }
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(signInPage(path));
  return true;
}
