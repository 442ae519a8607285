import { Button, createAll, ErrorSummary, NotificationBanner, ServiceNavigation } from 'govuk-frontend';
import '../edit/edit.client.ts';

// Where the components look whether they may run.
document.body.classList.add('govuk-frontend-supported');
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(ServiceNavigation);
createAll(Button, { preventDoubleClick: true });
