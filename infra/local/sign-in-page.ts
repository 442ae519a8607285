import { html } from './developer-page.ts';
import { personaNames, personas } from './personas.ts';

/** Instead of a password: choose who you are. */
export const signInPage = (path: string) =>
  html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sign in as</title></head>
<body><main><h1>Sign in as</h1>
<form method="post" action="${path}">` +
  personaNames
    .map(
      (persona) =>
        html`<p><button name="persona" value="${persona}">${personas[persona].name} (${persona})</button></p>\n`,
    )
    .join('') +
  '</form></main></body></html>\n';
