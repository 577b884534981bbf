// Draws the mermaid diagrams of a page of the reference. mermaid.min.js lies beside this file; nothing comes from elsewhere.
const folder = document.currentScript.src;

document.addEventListener('DOMContentLoaded', () => {
  const diagrams = [...document.querySelectorAll('code.mermaid')];
  if (diagrams.length === 0) return;
  const script = document.createElement('script');
  script.src = new URL('mermaid.min.js', folder).href;
  script.addEventListener('load', () => {
    const isDark = getComputedStyle(document.body).colorScheme === 'dark' || matchMedia('(prefers-color-scheme: dark)').matches;
    window.mermaid.initialize({ startOnLoad: false, theme: isDark ? 'dark' : 'neutral' });
    for (const code of diagrams) {
      const drawing = document.createElement('div');
      drawing.className = 'mermaid';
      drawing.textContent = code.textContent;
      code.closest('pre').replaceWith(drawing);
    }
    window.mermaid.run({ querySelector: 'div.mermaid' });
  });
  document.head.append(script);
});
