/** `<script src="…/embed.js" data-district="southend" async></script>`: a district's next events on any site. */
type Listed = {
  id: string;
  title: string;
  start: string;
  status: string;
  allDay: boolean;
  timeZone: string;
  venue?: { name: string };
  url?: string;
};

const script = document.currentScript as HTMLScriptElement;
const origin = new URL(script.src).origin;

const style = `:host{display:block;font-family:inherit;line-height:1.4}h2{font-size:1.25em;margin:0 0 .5em}
ul{list-style:none;margin:0;padding:0}li{padding:.5em 0;border-top:1px solid #8a9196}p{margin:.75em 0 0}
a{color:inherit}b{display:block}`;

class PoliceEvents extends HTMLElement {
  async connectedCallback() {
    const district = this.getAttribute('district') ?? '';
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const page = `${origin}/${encodeURIComponent(district)}`;
    const all = element('p', link(page, this.getAttribute('more') ?? 'All police events'));
    try {
      const answer = await fetch(`${origin}/calendars/${encodeURIComponent(district)}.json`);
      const { items } = (await answer.json()) as { items: Listed[] };
      const now = new Date().toISOString();
      const next = items
        .filter(({ start, status }) => start >= now.slice(0, start.length) && status !== 'completed')
        .sort((one, other) => one.start.localeCompare(other.start))
        .slice(0, Number(this.getAttribute('count') ?? 5));
      root.append(
        element('h2', this.getAttribute('heading') ?? 'Police events'),
        element('ul', ...next.map(item)),
        all,
      );
    } catch {
      root.append(all);
    }
  }
}

function item({ id, title, start, status, allDay, venue }: Listed) {
  const when = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...(allDay ? {} : { hour: 'numeric', minute: '2-digit' }),
  }).format(new Date(`${start.slice(0, 16)}${allDay ? '' : ':00Z'}`));
  const off = status === 'cancelled' || status === 'postponed' ? `${status.toUpperCase()}: ` : '';
  const place = venue ? `, ${venue.name}` : '';
  return element('li', element('b', link(`${origin}/events/${id}`, `${off}${title}`)), `${when}${place}`);
}

function link(href: string, text: string) {
  const anchor = element('a', text);
  anchor.setAttribute('href', href);
  return anchor;
}

function element(name: string, ...content: (Node | string)[]) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

if (!customElements.get('police-events')) customElements.define('police-events', PoliceEvents);
if (script.dataset.district) {
  const list = document.createElement('police-events');
  for (const [name, value] of Object.entries(script.dataset)) list.setAttribute(name, value ?? '');
  script.after(list);
}
