/** What a script adds to the form of an event: it saves a draft as you go, and asks about school visits at once. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-edit]')) {
  askAboutSchools(form);
  if (form.dataset.autosave) saveAsYouGo(form, Number(form.dataset.autosave));
}

function askAboutSchools(form: HTMLFormElement) {
  const question = form.querySelector<HTMLElement>('[data-school]');
  if (!question) return;
  const look = () => {
    const data = new FormData(form);
    question.hidden = !(data.get('kind') === 'school-visit' && data.get('audience') === 'public');
  };
  form.addEventListener('change', look);
  look();
}

function saveAsYouGo(form: HTMLFormElement, quietMilliseconds: number) {
  const said = form.querySelector<HTMLElement>('[data-saved]');
  const say = (words: string) => {
    if (said && said.textContent !== words) said.textContent = words;
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | undefined;
  let isOver = false;

  const later = () => {
    clearTimeout(waiting);
    if (!isOver) waiting = setTimeout(save, quietMilliseconds);
  };

  function save() {
    if (saving) return later();
    saving = send().finally(() => {
      saving = undefined;
    });
  }

  /** What was sent and not answered: it may be kept or not, and is sent again before anything newer. */
  let unanswered: { address: string; body: URLSearchParams } | undefined;

  async function send() {
    const isAgain = unanswered !== undefined;
    const sent = unanswered ?? { address: form.action, body: filledIn() };
    unanswered = sent;
    try {
      const answer = await fetch(sent.address, { method: 'POST', body: sent.body, redirect: 'error' });
      if (answer.status === 401 || answer.status === 403) {
        unanswered = undefined;
        return say('Not saved: you have been signed out. Press Save to sign in again. Nothing is lost.');
      }
      const reply = await answer.json();
      unanswered = undefined;
      if (answer.ok) kept(reply);
      else if (answer.status === 422) say('Not saved yet: something is missing.');
      else if (answer.status === 412)
        stop('Somebody else changed this event. Press Save to see both versions.');
      else say('Not saved yet.');
      if (isAgain) later();
    } catch {
      say('Not saved yet: there is no connection.');
    }
  }

  function filledIn() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    body.set('autosave', 'yes');
    return body;
  }

  function kept({ address, version }: { address: string; version: number }) {
    set('version', String(version));
    form.querySelector('input[name=once]')?.remove();
    form.action = address;
    history.replaceState(null, '', address);
    say(`Draft saved at ${new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}.`);
  }

  function set(name: string, value: string) {
    const field =
      form.querySelector<HTMLInputElement>(`input[name=${name}]`) ??
      form.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name }));
    field.value = value;
  }

  function stop(words: string) {
    isOver = true;
    say(words);
  }

  form.addEventListener('input', later);
  form.addEventListener('change', later);
  addEventListener('online', () => unanswered && later());
  // What the button sends must not race with what is saved as you go.
  form.addEventListener('submit', (event) => {
    clearTimeout(waiting);
    if (unanswered && !saving && !isOver) save();
    isOver = true;
    if (!saving) return;
    event.preventDefault();
    const { submitter } = event;
    saving.finally(() => form.requestSubmit(submitter));
  });
}
