/** What a failed fetch tells about whether the request left. */
export interface NetworkFailure {
  /** True only if the failure proves that not one byte of the request was sent. */
  nothingSent: boolean;
  /** Whether it may pass: a certificate does not get better by waiting. */
  passing: boolean;
  /** In words, to end "no reply: …". */
  words: string;
}

/** Errors of looking up, connecting and shaking hands come before any byte of the request. */
const BEFORE_SENDING: Record<string, string> = {
  ECONNREFUSED: "the connection was refused",
  ENOTFOUND: "the host name was not found",
  EAI_AGAIN: "the host name could not be looked up",
  UND_ERR_CONNECT_TIMEOUT: "no connection could be made in time",
};

/** These may come at any time; with `syscall: "connect"` they come before sending. */
const WHILE_CONNECTING: Record<string, string> = {
  ETIMEDOUT: "no connection could be made in time",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  EADDRNOTAVAIL: "the network cannot be reached",
};

const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH)/;

const AFTER_SENDING: Record<string, string> = {
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was reset",
  UND_ERR_SOCKET: "the connection was closed",
  UND_ERR_HEADERS_TIMEOUT: "no reply came in time",
  UND_ERR_BODY_TIMEOUT: "the reply stopped half-way",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "the reply is too long",
};

/** Reads undici's and Node's codes, through the TypeError that fetch wraps them in. */
export function readNetworkFailure(error: unknown): NetworkFailure {
  if (error instanceof Error && error.cause instanceof Error && error.cause.message === "bad port") {
    return { nothingSent: true, passing: false, words: "fetch does not connect to this port" };
  }
  const causes = rootCauses(error);
  const readings = causes.map(({ code, syscall }): NetworkFailure => {
    const early = BEFORE_SENDING[code] ?? (syscall === "connect" ? WHILE_CONNECTING[code] : undefined);
    if (early !== undefined) return { nothingSent: true, passing: true, words: `${early} (${code})` };
    if (CERTIFICATE.test(code)) {
      return { nothingSent: true, passing: false, words: `the certificate was not accepted (${code})` };
    }
    const words = AFTER_SENDING[code] ?? "the connection failed";
    return { nothingSent: false, passing: true, words: code === "" ? words : `${words} (${code})` };
  });
  const worst = readings.find((reading) => !reading.nothingSent) ?? readings[0];
  return worst ?? { nothingSent: false, passing: true, words: "the connection failed" };
}

interface Coded {
  code: string;
  syscall: string;
}

/** The innermost errors that carry a code; several where several addresses were tried. */
function rootCauses(error: unknown, depth = 0): Coded[] {
  if (!(error instanceof Error) || depth > 5) return [];
  if (error instanceof AggregateError) {
    return error.errors.flatMap((inner: unknown) => {
      const causes = rootCauses(inner, depth + 1);
      return causes.length > 0 ? causes : [{ code: "", syscall: "" }];
    });
  }
  const inner = rootCauses(error.cause, depth + 1);
  if (inner.length > 0) return inner;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const syscall = "syscall" in error && typeof error.syscall === "string" ? error.syscall : "";
  return code === "" ? [] : [{ code, syscall }];
}
