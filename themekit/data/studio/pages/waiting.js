// On the page that says "Rendering…": waits for the real one, then shows it in its own place.
const wait = async () => {
  for (;;) {
    try {
      const answer = await fetch(location.href, { headers: { "X-Themekit-Wait": "1" }, cache: "no-store" });
      if (answer.status !== 202) break;
    } catch {
      await new Promise((done) => setTimeout(done, 500));
    }
  }
  location.reload();
};
wait();
