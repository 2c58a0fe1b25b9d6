// Read aloud, only with a voice that lives on the device: others send the words to their makers.

/** @param {string} lang */
const localVoice = (lang) =>
  speechSynthesis.getVoices().find((voice) => voice.localService === true && voice.lang.toLowerCase().startsWith(lang));

/** Her own words are not read out: the people around her would hear them. */
const SPOKEN = ".headline .lead, .headline h2, .headline .harm-line, .urgency, .headline .line, .emergency h3, .call-big, #steps li, #steps h4, .helper h4, .helper .call";

/** What of an answer is read out. @param {HTMLElement} result */
export const spokenOf = (result) => [...result.querySelectorAll(SPOKEN)].map((part) => part.textContent ?? "");

/** @param {HTMLElement} button @param {string} lang @param {() => string[]} partsNow */
export function offerReading(button, lang, partsNow) {
  if (!("speechSynthesis" in globalThis)) return;
  const offer = () => { button.hidden = !localVoice(lang); };
  offer();
  // Voices arrive late in some browsers.
  speechSynthesis.addEventListener("voiceschanged", offer, { once: true });
  const name = button.textContent;
  const rest = () => { button.textContent = name; };
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      return rest();
    }
    const voice = localVoice(lang);
    if (!voice) return;
    const parts = partsNow();
    parts.forEach((part, i) => {
      const words = new SpeechSynthesisUtterance(part);
      words.voice = voice;
      words.lang = voice.lang;
      words.rate = 0.95;
      if (i === parts.length - 1) words.addEventListener("end", rest);
      speechSynthesis.speak(words);
    });
    button.textContent = button.dataset.stop ?? name;
  });
  addEventListener("pagehide", () => speechSynthesis.cancel(), { once: true });
}
