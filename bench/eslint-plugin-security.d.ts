declare module 'eslint-plugin-security' {
  const plugin: { configs: { recommended: { rules: Record<string, unknown> } } };
  export default plugin;
}
