import { Button, createAll, ErrorSummary, NotificationBanner, Radios } from 'govuk-frontend';

createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(Radios);
createAll(Button, { preventDoubleClick: true });

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? '');
    const said = button.parentElement?.querySelector('[role=status]');
    if (said) said.textContent = button.dataset.copied ?? '';
  });
}
