// The stream of events. A browser asks again by itself for one that broke off, and not for one that was refused.

const AFTER_A_REFUSAL_MS = 3000;

export function stream(url, hear) {
  const source = new EventSource(url);
  source.onmessage = ({ data }) => hear(data);
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(stream, AFTER_A_REFUSAL_MS, url, hear);
  };
}
