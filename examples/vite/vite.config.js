export default {
  base: './',
  // While developing: the package finds its files beside its modules, where Vite's copies of modules have none.
  optimizeDeps: { exclude: ['kl-explorer'] },
};
