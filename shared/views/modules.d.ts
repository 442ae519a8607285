declare module '*.njk' {
  const template: import('./template.ts').Template;
  export default template;
}

declare module 'nunjucks/browser/nunjucks-slim.js' {
  const slim: {
    Environment: new (
      loaders: object[],
      options: { autoescape: boolean },
    ) => { render: (name: string, context: object) => string };
  };
  export default slim;
}

/** The address of what a browser is sent, which changes with it; the file is in the bucket. */
declare module '*?asset' {
  const path: string;
  export default path;
}

/** The same as text, to be answered at an address that does not change. */
declare module '*?text' {
  const text: string;
  export default text;
}
