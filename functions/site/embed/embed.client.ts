/** `<script src="…/embed.js" data-district="southend" async></script>`: a district's next events on any site. */
type List = { heading: string; more: string; items: Item[] };
type Item = { href: string; title: string; when: string; place?: string; off?: string };

const script = document.currentScript as HTMLScriptElement;
const origin = new URL(script.src).origin;

const style = `:host{display:block;font-family:inherit;line-height:1.4}h2{font-size:1.25em;margin:0 0 .5em}
ul{list-style:none;margin:0;padding:0}li{padding:.5em 0;border-top:1px solid #8a9196}p{margin:.75em 0 0}
a{color:inherit}b{display:block}`;

class PoliceEvents extends HTMLElement {
  async connectedCallback() {
    const district = encodeURIComponent(this.getAttribute('district') ?? '');
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const all = (text: string) =>
      element('p', link(`${origin}/${district}`, this.getAttribute('more') ?? text));
    try {
      const answer = await fetch(`${origin}/embed/${district}.json`);
      const { heading, more, items } = (await answer.json()) as List;
      root.append(
        element('h2', this.getAttribute('heading') ?? heading),
        element('ul', ...items.slice(0, Number(this.getAttribute('count') ?? 5)).map(line)),
        all(more),
      );
    } catch {
      root.append(all('Police events'));
    }
  }
}

const line = ({ href, title, when, place, off }: Item) =>
  element(
    'li',
    element('b', link(href, off ? `${off}: ${title}` : title)),
    place ? `${when}, ${place}` : when,
  );

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
