/**
 * Numbers of police, coast guard and rescue that the generated table lacks, by ISO 3166-1 alpha-2 country.
 * Own list of 2026-11-23, from the public national numbering plans (ITU-T E.129 notifications).
 */
export const MORE_EMERGENCY_NUMBERS: Readonly<Record<string, string>> = {
  CL: "134 149",
  CN: "122 12110 12119 12395",
  ES: "061 062 080 091 092",
  FR: "114 191 196 197",
  GB: "101",
  GN: "117 442020",
  GQ: "113 114 115",
  GR: "108",
  IN: "1033 1070 1073 1078",
  IT: "114 117 1515 1530",
  JP: "118",
  KR: "111 113 117 122 182",
  KW: "112",
  NZ: "105",
  RU: "104 121",
  TR: "122 151 156 158",
  UA: "104",
  UY: "104 106 109",
};

/**
 * Lines for people in crisis or danger, by ISO 3166-1 alpha-2 country; some are full-length numbers, as they are
 * dialed at home. A machine that rings there takes somebody's place.
 *
 * Own list of 2026-11-23, from the public national numbering plans and the operators' own pages. The block 116000
 * to 116123 is harmonised in the EU and beyond (Commission Decision 2007/116/EC) and treated as one everywhere.
 */
export const CRISIS_LINES: Readonly<Record<string, string>> = {
  AR: "102 135 137 144",
  AT: "128 133 140 141 142 147",
  AU: "131114 1800551800 1800737732",
  BE: "102 103 106 107 1712 1813",
  BR: "100 180 181 188",
  CA: "211 811 988",
  CH: "140 143 145 147 1414 1415",
  CL: "1455 4141",
  CN: "12338 12355 12356",
  CO: "106 141 155",
  CR: "1322",
  CZ: "1212",
  DE: "115 08001110111 08001110222 08001110550 08000116016",
  DK: "114 1813",
  ES: "016 017 024",
  FI: "0800116117",
  FR: "115 119 3018 3114 3117 3919 3977",
  GB: "105 111 08001111",
  GR: "197 1018 15900",
  HK: "18281",
  HR: "195 1987",
  HU: "1830",
  ID: "129",
  IE: "1800247247",
  IL: "105 118 1201",
  IN: "139 155260 181 1091 1093 1098 1930 14416",
  IT: "1518 1522 1544 19696",
  JP: "171 188 189 9110 0570064556 0120783556",
  KE: "116 1192 1195",
  KR: "118 129 1339 1366 1388 1393",
  LT: "117",
  MX: "088 089 8009112000",
  MY: "15999 15555",
  NL: "113 08000113 08002000",
  NZ: "1737",
  PH: "1553",
  PK: "1121 1124",
  PL: "800702222",
  PT: "117 144 1411 808242424",
  RO: "119",
  RU: "122 8002000122",
  SE: "113 11414 1177 90101",
  SG: "1767 1771 1777 1995",
  SI: "1116",
  SK: "18155",
  TH: "1155 1300 1323 1554",
  TR: "114 183",
  TW: "112 113 165 1922 1925 1966 1980 1995",
  UA: "7333 1547",
  US: "211 988 8002738255",
  VN: "111 112",
  ZA: "116",
};

/** 116000, 116006, 116016, 116111, 116117, 116123 and their like. */
export const HARMONISED_SOCIAL = /^116[01]\d\d$/;
