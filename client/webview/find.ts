/** Ctrl+F and ⌘F go to the page's own filter: only what is in sight is in the page. */
export function onFind(find: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    find();
  });
}
