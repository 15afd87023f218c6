export const App = () => <main>Acme shop, now with sorting</main>;
