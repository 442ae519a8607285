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
