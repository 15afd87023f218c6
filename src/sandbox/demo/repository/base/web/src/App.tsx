export const App = () => <main>Acme shop</main>;
