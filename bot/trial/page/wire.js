// The line to the trial server: acts go out, the state and its changes come in.
export async function act(name, person, chat, more = {}) {
  const response = await fetch(`/page/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person, chat, ...more }),
  });
  return answered(response);
}

export async function upload(person, chat, file) {
  const form = new FormData();
  form.set("person", person);
  form.set("chat", chat);
  form.set("file", file, file.name);
  return answered(await fetch("/page/upload", { method: "POST", body: form }));
}

async function answered(response) {
  const body = await response.json().catch(() => ({ ok: false, why: response.statusText }));
  if (!body.ok) throw new Error(body.why);
  return body;
}

export async function readState() {
  const response = await fetch("/page/state");
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

// The state is read when the stream is open, so no change can fall between the two.
export function listen({ opened, changed, lost }) {
  const stream = new EventSource("/page/events");
  stream.onopen = opened;
  stream.onmessage = (event) => changed(JSON.parse(event.data));
  stream.onerror = () => {
    lost();
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ opened, changed, lost }), 2000);
    }
  };
}
