/** What a list was cut at; anything else begins at the start. */
export const cursorIn = (query: URLSearchParams) =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z#[\w-]+$/.exec(query.get('after') ?? '')?.[0];
