const LINK = /https?:\/\/[^\s<>"'`|\\{}「」【】()（）。、，]{4,500}/g;
const RECORDING = /recording|\/audio|\.(?:mp3|wav|ogg|m4a|opus|webm)\b/i;
const RECORDING_LABEL =
  /recording|listen|audio|mitschnitt|aufnahme|aufzeichnung|grabaci|enregistrement|[ée]coute|録音|录音|錄音|🎧|🎙/iu;
const DETAIL = /\/calls?\/|\/details?\/|\/reports?\/|\/c\/|\/sessions?\/|\/logs?\//i;
const OTHER =
  /top-?up|\/pricing|\/billing|\/share|\/invite|\/dashboard|SKILL\.md|^https?:\/\/agent\.[^/]+\/?$|^https?:\/\/(?:www\.)?pollyreach\.ai\/?$/i;

export interface Links {
  detailUrl?: string;
  recordingUrl?: string;
}

/** The links to the call's details and to its recording. Links in the callee's words are not among them. */
export function readLinks(message: string, spoken: (place: number) => boolean): Links {
  const links: Links = {};
  for (const found of message.matchAll(LINK)) {
    if (spoken(found.index)) continue;
    const url = found[0].replace(/[.,;:!?*_)\]]+$/, "");
    if (OTHER.test(url)) continue;
    const before = message.slice(Math.max(0, found.index - 28), found.index);
    const label = before.slice(before.lastIndexOf("\n") + 1);
    if (RECORDING.test(url) || RECORDING_LABEL.test(label)) links.recordingUrl ??= url;
    else if (DETAIL.test(url) || /pollyreach\.ai\/./.test(url)) links.detailUrl ??= url;
  }
  return links;
}
