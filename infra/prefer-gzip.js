// A CloudFront function (JavaScript runtime 2.0): each calendar has a gzip twin beside it, because CloudFront's
// own list of what it compresses lacks text/calendar.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  const accepted = request.headers['accept-encoding'];
  if (accepted && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted.value)) request.uri += '.gz';
  return request;
}
