// What the scripts of a deck find in the page: reveal.js, its notes, and the deck's own scheme.js.
interface Deck {
  initialize(settings: object): Promise<void>;
  addKeyBinding(key: { keyCode: number; key: string; description: string }, action: () => void): void;
  getPlugin(name: "notes"): { open(): void };
  toggleOverview(): void;
  toggleHelp(): void;
}

declare const Reveal: Deck;
declare const RevealNotes: object;
declare const scheme: { toggle(): void };
