// The reader's choice of light or dark: as the system says, or one of the two. Kept for the next visit where the
// browser allows it (files opened from a disk may have no storage).
const button = document.getElementById('theme');
const NAMES = { auto: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' };
const ORDER = ['auto', 'light', 'dark'];

const read = () => {
  try {
    return localStorage.getItem('carryover-theme') ?? 'auto';
  } catch {
    return 'auto';
  }
};

const apply = (theme) => {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  button.textContent = NAMES[theme] ?? NAMES.auto;
};

let theme = ORDER.includes(read()) ? read() : 'auto';
apply(theme);
button.hidden = false;
button.addEventListener('click', () => {
  theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
  apply(theme);
  try {
    localStorage.setItem('carryover-theme', theme);
  } catch {
    // No storage: the choice holds until the page is left.
  }
});
