// A CloudFront function (JavaScript runtime 2.0) for calendars. Addresses of a district that ended lead to its
// successor's: people's phones ask for them for ever. Each calendar has a gzip twin beside it, because CloudFront's
// own list of what it compresses lacks text/calendar.

// District: when it ended, in milliseconds, and its successor. Filled in from the force's file.
const successors = {};

function successorOf(district) {
  let current = district;
  for (let next = successors[current]; next && next.endedAt <= Date.now(); next = successors[current])
    current = next.id;
  return current;
}

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  const parts = /^(\/calendars\/(?:google\/)?)([a-z0-9-]+)((?:\/[a-z0-9-]+)?\.[a-z]+)$/.exec(request.uri);
  const successor = parts && successorOf(parts[2]);
  if (parts && successor !== parts[2])
    return {
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: {
        location: { value: parts[1] + successor + parts[3] },
        'cache-control': { value: 'public, max-age=300' },
      },
    };
  const accepted = request.headers['accept-encoding'];
  if (accepted && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted.value)) request.uri += '.gz';
  return request;
}
