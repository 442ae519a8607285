/** The ways to one calendar. Google hides cancelled events, so it has a calendar of its own. */
export function calendarOf(origin: string, name: string, google: string | undefined = name) {
  const address = `${origin}/calendars/${name}.ics`;
  const webcal = (to: string) => to.replace(/^https?:/, 'webcal:');
  const googleAddress = google ? `${origin}/calendars/google/${google}.ics` : address;
  return {
    address,
    webcal: webcal(address),
    google: `https://calendar.google.com/calendar/render?cid=${encodeURIComponent(webcal(googleAddress))}`,
  };
}
