import { Button, createAll, ErrorSummary, NotificationBanner } from 'govuk-frontend';

// Where the components look whether they may run.
document.body.classList.add('govuk-frontend-supported');
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(Button, { preventDoubleClick: true });

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? '');
    const said = button.parentElement?.querySelector('[role=status]');
    if (said) said.textContent = button.dataset.copied ?? '';
  });
}

// Phones offer what is on them; computers often cannot.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-share]')) {
  const { share: url, text } = button.dataset;
  button.hidden = !('share' in navigator);
  button.addEventListener('click', () => navigator.share({ url, text }).catch(() => {}));
}
