import type { Faults } from './faults.ts';
import type { Outbox, OutboxMessage } from './outbox.ts';
import { personaNames, personas } from './personas.ts';

export type PageDeps = { outbox: Outbox; faults: Faults; siteOrigin: string; now: string };

/** The page for whoever runs the system on a laptop: what was sent, what time it is, who there is, where to look. */
export const developerPage = ({ outbox, faults, siteOrigin, now }: PageDeps) => html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Streetmeet on this machine</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<h1>Streetmeet on this machine</h1>
<section aria-labelledby="links"><h2 id="links">Look at</h2>
<ul>
<li><a href="/">The residents’ pages</a></li>
<li><a href="/calendars/all.ics">Every public event as a calendar</a></li>
<li><a href="/api/v1/events">Events through the API</a></li>
<li><a href="/openapi.json">What the API offers</a></li>
<li><a href="/console">The officers’ console</a></li>
<li><a href="/_local/preview">Every message, as a sample</a></li>
<li><a href="/_local/topics">What machines heard on the topics of districts</a></li>
</ul></section>
<section aria-labelledby="clock"><h2 id="clock">Clock</h2>
<p>It is <time datetime="${now}">${now}</time> here. The clock never goes back.</p>
<form method="post" action="/_local/clock"><label for="advance">Put it forward by</label>
<select id="advance" name="advance">${raw(
  ['PT1M', 'PT15M', 'PT1H', 'PT12H', 'PT24H', 'P7D', 'P30D']
    .map((step) => `<option>${step}</option>`)
    .join(''),
)}</select> <button>Put forward</button></form></section>
<section aria-labelledby="personas"><h2 id="personas">Personas</h2>
<table><thead><tr><th scope="col">Persona</th><th scope="col">Name</th><th scope="col">Groups</th></tr></thead><tbody>
${raw(
  personaNames
    .map(
      (persona) =>
        html`<tr><th scope="row"><code>${persona}</code></th><td>${personas[persona].name}</td><td>${personas[persona].groups.join(', ')}</td></tr>`,
    )
    .join(''),
)}</tbody></table>
<p>A token: <code>curl -d '{"persona":"admin"}' ${siteOrigin}/_local/token</code></p></section>
<section aria-labelledby="faults"><h2 id="faults">Faults</h2>
<pre>${JSON.stringify(faults.list(), null, 1)}</pre></section>
<section aria-labelledby="outbox"><h2 id="outbox">Outbox</h2>
${raw(messages(outbox))}</section>
</main>
</body>
</html>
`;

const mostShown = 200;

function messages(outbox: Pick<Outbox, 'count' | 'latest'>) {
  const count = outbox.count();
  if (count === 0) return '<p>Nothing was sent yet.</p>';
  const shown = outbox.latest(mostShown).reverse();
  return html`<p>${count} sent; the newest first${count > mostShown ? `, ${mostShown} shown` : ''}. <a href="/_local/messages">All as JSON</a></p>
${raw(shown.map(message).join('\n'))}`;
}

const message = ({ at, channel, to, from, subject, text, headers }: OutboxMessage) => html`<details>
<summary><time datetime="${at}">${at}</time> ${channel} to ${to}: ${subject ?? text.slice(0, 80)}</summary>
<p>From ${from}</p>
<pre>${Object.entries(headers ?? {})
  .map(([name, value]) => `${name}: ${value}\n`)
  .join('')}${text}</pre>
</details>`;

class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export const raw = (text: string) => new Raw(text);

/** Escapes whatever is put into the text, except what is marked as markup. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Raw)[]) {
  return parts.reduce((text, part, index) => {
    const value = values[index - 1];
    return text + (value instanceof Raw ? value.text : escapeHtml(String(value))) + part;
  });
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; color: #0b0c0c; background: #fff }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f2f1; padding: .5rem }
details { border-top: 1px solid #b1b4b6; padding: .25rem 0 }
summary { cursor: pointer; overflow-wrap: anywhere }
table { border-collapse: collapse } th, td { text-align: left; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid #b1b4b6 }
:focus-visible { outline: 3px solid #0b0c0c; outline-offset: 2px }
`;
