// A CloudFront function (JavaScript runtime 2.0) for answers on their way to who asked. The edge keeps a page for a
// minute, and shows it a little longer while it is made anew. A browser must not add to that: who looks again after an
// event was cancelled asks, and mostly hears that nothing has changed.

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const response = event.response;
  const kept = response.headers['cache-control'] || { value: '' };
  if (kept.value.includes('stale-while-revalidate')) kept.value = 'no-cache';
  return response;
}
