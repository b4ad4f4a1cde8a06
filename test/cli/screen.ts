const ESC = String.fromCharCode(0x1b);
const TOKEN = new RegExp(`${ESC}\\[([?0-9;]*)([A-Za-z])|[\\s\\S]`, "gu");

/** What a terminal shows in the end, line by line: enough of ECMA-48 for what the command and its prompts print. */
export function screenOf(output: string): string {
  const rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  for (const [whole, parameter = "", command] of output.matchAll(TOKEN)) {
    const count = Number(parameter) || 1;
    rows[row] ??= [];
    const line = rows[row] ?? [];
    if (command === undefined) {
      if (whole === "\n") row++;
      else if (whole === "\r") column = 0;
      else line[column++] = whole;
    } else if (command === "A") row = Math.max(0, row - count);
    else if (command === "B") row += count;
    else if (command === "C") column += count;
    else if (command === "D") column = Math.max(0, column - count);
    else if (command === "G") column = count - 1;
    else if (command === "K") line.splice(parameter === "2" ? 0 : column);
    else if (command === "J") {
      line.splice(column);
      rows.splice(row + 1);
    }
  }
  return rows
    .map((line) =>
      Array.from(line, (character) => character ?? " ")
        .join("")
        .trimEnd(),
    )
    .join("\n")
    .trim();
}
