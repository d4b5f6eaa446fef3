// FINESS numbers, as readers type them.

// finessOf is the FINESS number that a text is, spaces apart; null when it is none.
export function finessOf(text) {
  const number = text.replace(/\s/gu, "").toUpperCase();
  return /^[0-9][0-9AB][0-9]{7}$/.test(number) ? number : null;
}

// departmentOf is the code of the department that a FINESS number begins with. Overseas it begins with 9701 to 9704
// for 971 to 974, with 98 for Mayotte, or with the three characters of the department.
export function departmentOf(number) {
  const two = number.slice(0, 2);
  if (two === "98") return "976";
  if (two !== "97") return two;
  return number[2] === "0" ? two + number[3] : number.slice(0, 3);
}
