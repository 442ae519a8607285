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

/** What a browser is sent, at an address that changes with it. */
declare module '*?asset' {
  const asset: { path: string; type: string; body: string };
  export default asset;
}
